import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { encode } from '../support/encode.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { said } from '../support/run-here.ts';

const badRows = Array.from(
  { length: 500 },
  (_, at) => `id-7916111${String(2000 + at)},${String(recently())},7`,
);

const badFile = `ClientId,DateTime,Price\n${badRows.join('\n')}\n`;

describe('--report', () => {
  it('has every finding of every file, even if only a few are listed', async () => {
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

  it('has each finding once if the encoding turns out to be another one', async () => {
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

  it('is a usage error if it cannot be written', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(1));
    const ended = await run(['validate', '--report', `${folder}/no/report.csv`, path]);
    expect(ended.code).toBe(2);
    expect(existsSync(`${folder}/no`)).toBe(false);
  });
});

describe('a report for spreadsheets', () => {
  it.each([
    'x;=HYPERLINK("http://e";1)',
    ' =1+1',
    '\u00a0=1+1',
    '＝1+1',
    '\t=1+1',
    '@SUM(1)',
    'a\n=1+1',
    'a|=1+1',
    '-1+cmd|x',
  ])('has no formula, with any delimiter: %j', async (cell) => {
    const folder = temporaryFolder();
    const quoted = `"${cell.replaceAll('"', '""')}"`;
    const path = writeCalls(folder, 'calls.csv', `ClientId,DateTime,Price\n1,1,${quoted}\n`);
    const report = join(folder, 'report.csv');
    await said(['validate', path, '--report', report, '--show-values']);
    const text = readFileSync(report, 'utf8');
    expect(text).toContain('price');
    for (const delimiter of [',', ';', '\t', '|']) {
      const pieces = text.split(/\r?\n/).flatMap((line) => line.split(delimiter));
      for (const piece of pieces) {
        expect(piece.replace(/^"+/, '')).not.toMatch(/^[\s\p{Z}]*[=+@＝＋＠]|^[\s\p{Z}]*-\d/u);
      }
    }
  });
});
