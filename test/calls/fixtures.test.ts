import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conversionsFor } from '../../src/calls/check/file-form.ts';
import { EXAMPLE_NOW, exampleFile, FINDING_CODES } from '../../src/cli/output/explanations.ts';
import { check, sent } from '../support/check.ts';

interface Expected {
  readonly rows: number;
  readonly conversions: readonly string[];
  readonly findings: readonly (string | number | null)[][];
}

function expectedOf(folder: string): Record<string, Expected> {
  return JSON.parse(readFileSync(`fixtures/${folder}/expected.json`, 'utf8')) as Record<
    string,
    Expected
  >;
}

describe.each(['mistakes', 'dialects'])('fixtures/%s', (folder) => {
  const expected = expectedOf(folder);

  it('has a report for every file', () => {
    const files = readdirSync(`fixtures/${folder}`).filter((name) => name !== 'expected.json');
    expect(files.sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))('%s has exactly the expected report', async (name, report) => {
    const bytes = readFileSync(`fixtures/${folder}/${name}`);
    const { validation, counts, form } = await check(bytes, { now: EXAMPLE_NOW });
    expect({
      rows: counts.records,
      conversions: form === undefined ? [] : conversionsFor(form),
      findings: validation.findings.map(({ code, line, record, column, value }) => [
        code,
        line,
        record,
        column,
        value,
      ]),
    }).toEqual(report);
  });
});

describe('the fixtures', () => {
  it('have a file for every mistake that the content of a file can have', () => {
    const shown = FINDING_CODES.filter((code) => exampleFile(code) !== undefined);
    expect(Object.keys(expectedOf('mistakes'))).toEqual(shown.map((code) => `${code}.csv`));
    for (const [name, { findings }] of Object.entries(expectedOf('mistakes'))) {
      expect(findings.map(([code]) => `${String(code)}.csv`)).toContain(name);
    }
  });

  it('are sent as the same calls in every dialect', async () => {
    const plain = readFileSync('fixtures/dialects/plain.csv', 'utf8');
    for (const name of Object.keys(expectedOf('dialects'))) {
      const bytes = await sent(readFileSync(`fixtures/dialects/${name}`));
      const text = bytes.toString();
      expect(name === 'no-last-line-end.csv' ? `${text}\n` : text, name).toBe(plain);
    }
  });
});
