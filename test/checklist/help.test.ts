import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, COMMANDS } from '../../src/cli/commands/index.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const LANGUAGES = ['en', 'ru'] as const;

describe.each(LANGUAGES)('help in %s', (language) => {
  const env = { METRIKA_LANG: language, COLUMNS: '80' };
  const ask = async (...words: string[]) => await runHere(words, { env });

  it('is a short usage on standard error if there is no command', async () => {
    const { code, stdout, stderr } = await ask();
    expect([code, stdout]).toEqual([2, '']);
    for (const name of COMMAND_NAMES) expect(stderr).toMatch(new RegExp(` ${name}\\b`));
    expect(stderr.trimEnd().split('\n').length).toBeLessThan(16);
  });

  it('is the same text for each way to request it', async () => {
    const [first, ...others] = [await ask('--help'), await ask('-h'), await ask('help')];
    expect(first).toMatchObject({ code: 0, stderr: '' });
    for (const other of others) expect(other).toEqual(first);
  });

  it.each(COMMAND_NAMES)(
    'of %s is the same with the option before and after its name',
    async (name) => {
      const asked = await ask(name, '--help');
      expect(await ask('help', name)).toEqual(asked);
      expect(asked).toMatchObject({ code: 0, stderr: '' });
      expect(asked.stdout).toContain(COMMANDS[name].examples[0]);
    },
  );

  it.each([[], ...COMMAND_NAMES.map((name) => [name])])(
    'of %s fits the screen, and ends with the next step',
    async (...name) => {
      const { stdout } = await ask('help', ...name);
      for (const line of stdout.split('\n')) {
        // A command to paste is never cut.
        if (!line.startsWith('  $ ')) expect(line.length, line).toBeLessThanOrEqual(80);
      }
      const narrow = await runHere(['help', ...name], { env: { ...env, COLUMNS: '40' } });
      const flags = stdout.match(/--[a-z-]+/g) ?? [];
      for (const flag of flags) expect(narrow.stdout).toContain(flag);
      const end = stdout.trimEnd().split('\n').slice(-3).join('\n');
      expect(end).toMatch(/help exit-codes\n.*#readme\n.*\/issues$/);
    },
  );

  it.each([
    [['uplod', 'f.csv'], 'upload'],
    [['upload', '--formt', 'json', 'f.csv'], '--format'],
  ])('for the typing error %j names the intended word', async (words, meant) => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{}');
    });
    const { code, stderr } = await ask(...words, ...service.target);
    expect(code).toBe(2);
    expect(stderr).toContain(`"${meant}"`);
    expect(service.requests).toEqual([]);
  });
});

describe('the command line', () => {
  it('prints the version in one line', async () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    for (const flag of ['--version', '-V']) {
      expect(await runHere([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    }
  });

  it('accepts common options before and after the command', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1));
    const clock = new FakeClock(Date.now());
    const behind = await runHere(['validate', '--json', path], { clock });
    expect(await runHere(['--json', 'validate', path], { clock })).toEqual(behind);
    expect(behind.code).toBe(0);
  });

  it.each([
    ['README.md', 'en', 'exit-codes'],
    ['README.ru.md', 'ru', 'exit-codes'],
    ['README.md', 'en', 'environment'],
    ['README.ru.md', 'ru', 'environment'],
  ])('prints in %s what help prints in %s of %s', async (page, language, topic) => {
    const readme = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8');
    const plain = readme.replaceAll(/[`\s]+/g, ' ').replaceAll('\\|', '|');
    const env = { METRIKA_LANG: language, COLUMNS: '1000' };
    const { stdout } = await runHere(['help', topic], { env });
    for (const line of stdout.trimEnd().split('\n')) {
      const [, name = '', meaning = ''] = /^(\S+) +(.*)$/.exec(line) ?? [];
      expect(plain, line).toContain(`${name} | ${meaning.replaceAll(/\s+/g, ' ')}`);
    }
  });
});
