import { existsSync, readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { encode } from '../support/encode.ts';
import { run, temporaryFolder } from '../support/run.ts';

const badRows = Array.from(
  { length: 500 },
  (_, at) => `id-7916111${String(2000 + at)},${String(recently())},7`,
);
const badFile = `ClientId,DateTime,Price\n${badRows.join('\n')}\n`;

describe('--format github', () => {
  it('shows ten annotations of a kind, worst first, and the total', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'calls.csv', badFile);
    const summary = `${folder}/summary.md`;
    const ended = await run(
      ['validate', '--format', 'github', '--max-errors', '600', 'calls.csv'],
      {
        cwd: folder,
        env: { GITHUB_WORKSPACE: folder, GITHUB_STEP_SUMMARY: summary },
      },
    );
    expect(ended.code).toBe(3);
    const lines = ended.stdout.trim().split('\n');
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
    expect(lines[1]).toMatch(/^::error file=calls\.csv,line=2,col=1,title=client-id-invalid::/);
    expect(lines.at(-1)).toMatch(
      /^::notice title=metrika-calls::500 errors and 500 warnings in all/,
    );
    expect(ended.stdout).not.toContain('7916111');
    expect(readFileSync(summary, 'utf8')).toContain('| calls.csv | 500 | 500 | 500 | not passed |');
  });

  it('gives the column of the value in its line', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'calls.csv', `ClientId,Tag,DateTime\n5,"a, ""b""",soon\n`);
    const ended = await run(['validate', '--format', 'github', 'calls.csv'], { cwd: folder });
    expect(ended.stdout).toContain('line=2,col=14,title=datetime-invalid');
  });

  it('makes failures annotations too, and obeys no file', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, '::set-env name=X::y.csv', badFile);
    const upload = await run(
      ['upload', '--format', 'github', '--sandbox', '--', '::set-env name=X::y.csv'],
      { cwd: folder },
    );
    expect(upload.code).toBe(3);
    expect(upload.stdout).toContain('title=validation-failed::');
    expect(upload.stdout + upload.stderr).not.toMatch(/^\s*::set-env/m);
    const usage = await run(['upload', '--format', 'github', 'x.csv']);
    expect(usage.code).toBe(2);
    expect(usage.stdout).toMatch(/^::error title=counter-missing::/);
  });
});

describe('--report', () => {
  it('has every finding of every file, whatever is listed', async () => {
    const folder = temporaryFolder();
    const bad = writeCalls(folder, 'bad.csv', badFile);
    const good = writeCalls(folder, 'good.csv', goodCalls(2));
    const other = writeCalls(folder, 'other.csv', 'ClientId,DateTime,Tag\n=SUM(1),1,x\n');
    const report = `${folder}/report.csv`;
    const ended = await run([
      'validate',
      '--max-errors',
      '0',
      '--report',
      report,
      bad,
      good,
      other,
    ]);
    expect(ended.code).toBe(3);
    const { data } = Papa.parse<string[]>(readFileSync(report, 'utf8').trimEnd());
    expect(data[0]).toEqual([
      'File',
      'Line',
      'Record',
      'Column',
      'Severity',
      'Code',
      'Value',
      'Message',
      'Hint',
      'Cell',
    ]);
    const of = (file: string): string[][] => data.filter(([name]) => name === file);
    expect(of(bad)).toHaveLength(1000);
    expect(of(good)).toHaveLength(0);
    expect(of(other).map(([, line, , , severity, code]) => [line, severity, code])).toEqual([
      ['2', 'error', 'client-id-invalid'],
      ['2', 'warning', 'call-too-old'],
    ]);
    expect(readFileSync(report, 'utf8')).not.toContain('7916111');
  });

  it('has findings once when the encoding turns out late to be another', async () => {
    const folder = temporaryFolder();
    const early = Array.from(
      { length: 9000 },
      (_, at) => `x${String(at)},${String(recently())},plain`,
    ).join('\n');
    const file = encode(
      `ClientId,DateTime,Tag\n${early}\n5,${String(recently())},Повторная заявка\n`,
      'windows-1251',
    );
    const path = writeCalls(folder, 'calls.csv', file);
    const report = `${folder}/report.csv`;
    await run(['validate', '--report', report, path]);
    const { data } = Papa.parse<string[]>(readFileSync(report, 'utf8').trimEnd());
    expect(data).toHaveLength(1 + 9000 + 1);
  });

  it('that cannot be written is a usage error', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(1));
    const ended = await run(['validate', '--report', `${folder}/no/report.csv`, path]);
    expect(ended.code).toBe(2);
    expect(existsSync(`${folder}/no`)).toBe(false);
  });
});

describe('--encoding and --delimiter', () => {
  it('overrule the guess', async () => {
    const folder = temporaryFolder();
    const when = String(recently());
    const path = writeCalls(
      folder,
      'calls.csv',
      encode(`ClientId,DateTime,Tag\n1,${when},я\n`, 'windows-1251'),
    );
    expect((await run(['validate', path])).code).toBe(3);
    expect((await run(['validate', '--encoding', 'windows-1251', path])).code).toBe(0);
    const tabs = writeCalls(folder, 'tabs.csv', `ClientId\tDateTime\n1\t${when}\n`);
    expect((await run(['validate', '--delimiter', 'tab', tabs])).code).toBe(0);
    expect((await run(['validate', '--delimiter', ';', tabs])).code).toBe(3);
    for (const wrong of [
      ['--encoding', 'koi9-r'],
      ['--delimiter', 'x'],
    ]) {
      expect((await run(['validate', ...wrong, tabs])).code).toBe(2);
    }
  });
});
