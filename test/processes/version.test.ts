import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BIN, run } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';

const WORDS = { en: 'Installed in', ru: 'Установлена в' } as const;

describe('the version with --verbose', () => {
  it.each([
    ['--version', '-v'],
    ['-v', '--version'],
    ['-V', '-v'],
    ['--verbose', '-V'],
    ['--version', '--verbose'],
  ])('says where the program runs: %s %s', async (...words) => {
    const folder = temporaryFolder();
    const place = join(folder, 'metrika-calls/settings.json');
    const env = { XDG_CONFIG_HOME: folder, APPDATA: folder };
    for (const lang of ['en', 'ru'] as const) {
      const { code, stdout, stderr } = await run([...words, '--lang', lang], { env });
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^metrika-calls \d+\.\d+\.\d+\n/);
      expect(stdout).toContain(process.versions.node);
      expect(stdout).toContain(`${process.platform} ${process.arch}`);
      expect(stdout).toContain(`${WORDS[lang]}  ${dirname(dirname(BIN))}\n`);
      expect(stdout).toContain(`${place} (`);
    }
  });

  it('says whether there are settings', async () => {
    const folder = temporaryFolder();
    const env = { XDG_CONFIG_HOME: folder, APPDATA: folder };
    expect((await run(['--version', '-v'], { env })).stdout).toContain('(does not exist)');
    mkdirSync(join(folder, 'metrika-calls'));
    writeFileSync(join(folder, 'metrika-calls/settings.json'), '{}');
    const { stdout } = await run(['--version', '-v'], { env });
    expect(stdout).toContain(`${join(folder, 'metrika-calls/settings.json')}\n`);
  });
});

describe('the version alone', () => {
  it('is one line', async () => {
    for (const words of [['--version'], ['-V'], ['--version', '--no-color']]) {
      expect((await run(words)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    }
  });
});
