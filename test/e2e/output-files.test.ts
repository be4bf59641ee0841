import {
  existsSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { said } from '../support/run-here.ts';

const TOKEN = 'y0_AgAAAABkT0KeNsEcReT1234567890abcdefGHIJKL';

const someBad = `ClientId,DateTime\n1,${String(recently())}\nx,1\n`;

describe('a file that a run reads', () => {
  const bad = 'ClientId,DateTime\nx,1\n';

  it.each(['its name', 'another way to it', 'a link', 'a hard link', 'a pattern'])(
    'is never overwritten, by %s',
    async (way) => {
      const folder = temporaryFolder();
      const path = writeCalls(folder, 'up.csv', bad);
      const other = join(folder, 'other.csv');
      if (way === 'a link') symlinkSync(path, other);
      if (way === 'a hard link') linkSync(path, other);
      const ways: Readonly<Record<string, string>> = {
        'another way to it': join(folder, '.', 'nothing', '..', 'up.csv'),
        'a link': other,
        'a hard link': other,
      };
      const output = ways[way] ?? path;
      const operand = way === 'a pattern' ? join(folder, 'u*.csv') : path;
      const lines = [
        ['validate', operand, '--report', output],
        ['upload', '--sandbox', '--skip-invalid', '--rejects', output, operand],
        ...(way === 'a pattern' ? [] : [['convert', operand, '-o', output]]),
      ];
      for (const words of lines) {
        const { code, text } = await said([...words]);
        expect([code, text.includes('reads or writes as well')], words.join(' ')).toEqual([
          2,
          true,
        ]);
        expect(readFileSync(path, 'utf8')).toBe(bad);
      }
    },
  );

  it('is never overwritten if it has a token, a recipe or certificates', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'up.csv', bad);
    const secret = writeCalls(folder, 'secret', TOKEN);
    for (const option of ['--token-file', '--ca-file']) {
      const words = ['upload', '-c', '1', option, secret, '--report', secret, path];
      expect((await said(words)).code).toBe(2);
      expect(readFileSync(secret, 'utf8')).toBe(TOKEN);
    }
    await said(['convert', path, '--mapping', secret, '-o', secret]);
    expect(readFileSync(secret, 'utf8')).toBe(TOKEN);
  });

  it('does not change if the output is a link to a missing file, and the link stays', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'up.csv', goodCalls(1));
    const link = join(folder, 'link.csv');
    symlinkSync('target.csv', link);
    expect((await said(['convert', path, '-o', link])).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(statSync(join(folder, 'target.csv')).mode & 0o777).toBe(0o600);
  });

  it('may be missing, and then the report is not opened', async () => {
    const folder = temporaryFolder();
    const report = join(folder, 'report.csv');
    await said(['validate', join(folder, 'missing.csv'), '--nothing', '--report', report]);
    expect(existsSync(report)).toBe(false);
  });
});

describe('a run that can read no file', () => {
  const lines = [
    ['validate', 'IN', '--report', 'OUT'],
    ['validate', 'IN', '--html', 'OUT'],
    ['inspect', 'IN', '--html', 'OUT'],
    ['convert', 'IN', '--report', 'OUT'],
    ['convert', 'IN', '-o', 'OUT'],
    ['convert', 'IN', '-o', 'other.csv', '--save-mapping', 'OUT'],
    ['upload', '--sandbox', 'IN', '--report', 'OUT'],
    ['upload', '--sandbox', 'IN', '--skip-invalid', '--rejects', 'OUT'],
  ];

  it.each(lines)('changes and makes no file: %s %s %s %s', async (...words) => {
    const folder = temporaryFolder();
    const packed = gzipSync(goodCalls(20_000));
    const half = packed.subarray(0, packed.length / 2);
    const damaged = writeCalls(folder, 'damaged.csv.gz', half);
    const precious = writeCalls(folder, 'precious.txt', 'precious\n');
    const nothing = join(folder, 'nothing.csv');
    for (const input of [join(folder, 'missing.csv'), damaged]) {
      for (const output of [precious, nothing]) {
        const places = new Map([
          ['IN', input],
          ['OUT', output],
          ['other.csv', join(folder, 'other.csv')],
        ]);
        const { code } = await said(words.map((word) => places.get(word) ?? word));
        expect(code).toBe(3);
      }
    }
    expect(readFileSync(precious, 'utf8')).toBe('precious\n');
    expect(readdirSync(folder).sort()).toEqual(['damaged.csv.gz', 'precious.txt']);
  });

  it('still writes a report and a page if it can read another file', async () => {
    const folder = temporaryFolder();
    const missing = join(folder, 'missing.csv');
    const bad = writeCalls(folder, 'bad.csv', someBad);
    for (const option of ['--report', '--html']) {
      const output = writeCalls(folder, `old${option}`, 'precious\n');
      expect((await said(['validate', missing, bad, option, output])).code).toBe(3);
      expect(readFileSync(output, 'utf8')).toContain('bad.csv');
    }
  });
});

describe('a single - as the name of an output', () => {
  it('is no file', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', someBad);
    for (const words of [
      ['validate', path, '--report', '-'],
      ['convert', path, '--report', '-'],
      ['convert', path, '--save-mapping', '-', '-o', 'x.csv'],
      ['upload', '--sandbox', path, '--report', '-'],
      ['upload', '--sandbox', path, '--skip-invalid', '--rejects', '-'],
    ]) {
      const { code, text } = await said(words, { cwd: folder });
      expect([code, text.includes('must be the name of a file')], text).toEqual([2, true]);
    }
    expect(readdirSync(folder)).toEqual(['calls.csv']);
  });

  it('is standard output for the calls and for a page', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(2));
    const calls = await said(['convert', path, '-o', '-'], { cwd: folder });
    expect([calls.code, calls.stdout]).toEqual([0, readFileSync(path, 'utf8')]);
    expect((await said(['convert', path, '-o', '-', '--json'], { cwd: folder })).code).toBe(2);
    const page = await said(['validate', path, '--html', '-'], { cwd: folder });
    expect(page.stdout).toMatch(/^<!doctype html>/);
    expect(readdirSync(folder)).toEqual(['calls.csv']);
  });
});

describe.skipIf(process.platform === 'win32')('an output file', () => {
  it('is written where a link leads, and the link stays', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(2));
    const bad = writeCalls(folder, 'bad.csv', someBad);
    for (const [link, words] of [
      ['out', ['convert', path, '-o', `${folder}/out`]],
      ['rejects', ['upload', '--sandbox', '--skip-invalid', '--rejects', `${folder}/rejects`, bad]],
    ] as const) {
      writeFileSync(`${folder}/${link}.csv`, '');
      symlinkSync(`${folder}/${link}.csv`, `${folder}/${link}`);
      const ended = await run(words);
      expect(ended.code, ended.stderr).toBe(0);
      expect(lstatSync(`${folder}/${link}`).isSymbolicLink()).toBe(true);
      expect(readFileSync(`${folder}/${link}.csv`, 'utf8')).toContain('ClientId,DateTime');
    }
  });

  it('may be a device that discards everything', async () => {
    const bad = writeCalls(temporaryFolder(), 'bad.csv', someBad);
    const ended = await run(['validate', '--report', '/dev/null', bad]);
    expect(ended.code, ended.stderr).toBe(3);
  });
});
