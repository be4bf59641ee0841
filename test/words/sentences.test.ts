import { describe, expect, it } from 'vitest';
import { FINDING_SEVERITIES } from '../../src/calls/findings/kinds.ts';
import { explanations } from '../../src/cli/output/explanations.ts';
import { FAILURE_EXIT_CODES } from '../../src/failure.ts';
import { en } from '../../src/words/en.ts';
import { ru } from '../../src/words/ru.ts';

/** Parameters that every sentence finds something in. */
const ANYTHING: Readonly<Record<string, unknown>> = new Proxy(
  {},
  {
    get: (_, name) =>
      ({
        shown: '"x"',
        said: { kind: 'message', message: 'no', location: undefined },
        state: { kind: 'nothing-sent' },
        known: { kind: 'not-listed' },
        problem: { kind: 'no-command' },
        wanted: { kind: 'seconds' },
        quota: 'user',
        reason: 'ENOENT',
        cause: 'file-errors',
        why: { message: 'lost', hint: 'look' },
        columns: ['a', 'b'],
        currencies: ['RUB', 'USD'],
        keys: ['a'],
        sheets: ['a', 'b'],
        container: 'archive',
        identifiers: ['a'],
        kind: 'html',
        ids: ['41', '42'],
        phase: 'answer',
        command: { line: 'metrika-calls list', tokenIn: 'METRIKA_TOKEN' },
        readings: [{ encoding: 'koi8-r', text: 'отдел' }],
      })[String(name)] ?? 7,
  },
);

/** Parameters whose names mean something else in other sentences. */
const PARAMETERS_OF: Readonly<Record<string, unknown>> = {
  'quota-day': { quota: 'user', freed: 0, status: 429, said: { kind: 'nothing' } },
  usage: { problem: { kind: 'no-command' }, command: 'upload', example: undefined },
  'file-not-regular': { kind: 'pipe' },
  'preset-does-not-fit': {
    preset: 'didww',
    system: 'DIDWW',
    missing: [{ column: 'Source', near: 'Source Number' }, { column: 'Start' }],
  },
  'header-foreign': { columns: [{ heading: 'Телефон', means: 'PhoneNumber' }], file: 'a.csv' },
  'headings-ambiguous': { choices: [{ column: 'PhoneNumber', among: ['a', 'b'] }] },
  'export-without-calls': { errors: 2, mapping: 'recipe.json' },
  'ca-file-invalid': { path: 'ca.pem', problem: 'empty', reason: '' },
};

const OF_LISTS = new Set(['api-url-untrusted']);

describe.each([
  ['English', en],
  ['Russian', ru],
])('the sentences in %s', (_, words) => {
  const all = [...Object.entries(words.findings), ...Object.entries(words.failures)];

  it.each(all.filter(([code]) => !OF_LISTS.has(code)))('about %s are whole', (code, entry) => {
    for (const [part, sentence] of Object.entries(entry)) {
      const text =
        typeof sentence === 'string'
          ? sentence
          : (sentence as (parameters: unknown) => string)(PARAMETERS_OF[code] ?? ANYTHING);
      expect(text, `${code} ${part}`).not.toMatch(/undefined|\[object|\{|\}/);
      expect(text.length, `${code} ${part}`).toBeGreaterThan(3);
      if (words !== ru) continue;
      const isName = code === 'encoding-utf-32' || (code === 'join-unreadable' && part === 'hint');
      if (!isName) expect(text, `${code} ${part}`).toMatch(/[а-яё]|^$/i);
      expect(text, `${code} ${part}`).not.toMatch(/[а-яё][a-z]|[a-z][а-яё]/i);
    }
  });

  it('about every code of finding and failure are explained, once', () => {
    const codes = explanations(words).map(({ code }) => code);
    const known = new Set([...Object.keys(FINDING_SEVERITIES), ...Object.keys(FAILURE_EXIT_CODES)]);
    expect(new Set(codes)).toEqual(known);
    expect(codes.length).toBe(known.size);
    for (const { code, title, meaning, fix } of explanations(words)) {
      for (const text of [title, meaning, fix]) {
        expect(text, code).not.toMatch(/undefined|…|\{|\}/);
        expect(text.length, code).toBeGreaterThan(3);
      }
    }
  });
});
