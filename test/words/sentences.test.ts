import { describe, expect, it } from 'vitest';
import { FINDING_SEVERITIES } from '../../src/calls/findings/kinds.ts';
import { explanations } from '../../src/cli/output/explanations.ts';
import { FAILURE_EXIT_CODES } from '../../src/failure.ts';
import { en, wordsFor } from '../../src/words/en.ts';
import { ru } from '../../src/words/ru.ts';
import {
  command,
  commandLineNotation,
  functionNotation,
  type Notation,
  option,
  type Text,
  written,
} from '../../src/words/said.ts';

/** Parameters with a suitable value for every sentence. */
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
        option: option('map', 'a=DateTime'),
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
        command: command('list', { tokenIn: 'METRIKA_TOKEN' }),
        readings: [{ encoding: 'koi8-r', text: 'отдел' }],
      })[String(name)] ?? 7,
  },
);

/** Parameters for codes whose sentences cannot use the values in `ANYTHING`. */
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
  'datetime-column-missing': { candidates: ['a', 'b'] },
  'address-forbidden': { why: 'private', host: '10.0.0.1' },
  'json-excess': { line: 7, what: 'depth', most: 32 },
  'html-excess': { what: 'depth', most: 32 },
  'workbook-excess': { what: 'unpacked', most: 32, ratio: 7 },
  'zip-excess': { what: 'entries', most: 32, ratio: 7 },
  'json-several': { arrays: [{ path: 'a.b', records: 7 }], documents: 7 },
  'records-unknown': { wanted: 'calls', arrays: [{ path: 'a.b', records: 7 }] },
  'layout-of-json': { layout: 'delimiter' },
  'zip-several': { names: ['a.csv', 'b.csv'], count: 7 },
  'codes-left-out': {
    column: 'Type',
    codes: [{ code: 'x', count: 2, meaning: 'out' }],
    open: ['x'],
  },
  'codes-open': {
    columns: [
      {
        column: 'Type',
        codes: [{ code: 'x', count: 2, meaning: 'out' }],
        open: ['x'],
        more: 0,
        isOutcome: true,
      },
    ],
  },
  'headings-ambiguous': { choices: [{ column: 'PhoneNumber', among: ['a', 'b'] }] },
  'export-without-calls': { errors: 2, mapping: 'recipe.json' },
  'mapping-invalid': { path: 'recipe.json', problem: { kind: 'key', key: 'a', keys: ['b'] } },
  'skip-invalid-missing': { option: 'rejects' },
  'mapping-not-wanted': { option: 'mapping' },
  'settings-damaged': { place: 'a.json:1:2', problem: 'not-json' },
  'settings-of-stranger': { path: 'a.json', cause: 'folder' },
  'settings-path-outside': { place: 'a.json:1:2', key: 'join', to: 'outside' },
  'settings-placeholder': { place: 'a.json:1:2', word: 'tody', known: ['today', 'yesterday'] },
  'profile-unknown': { profile: 'nort', near: 'north', profiles: ['north', 'south'] },
  'setting-invalid': {
    source: '--timeout',
    option: 'timeout',
    wanted: { kind: 'seconds' },
    shown: '"x"',
  },
  'ca-file-invalid': { path: 'ca.pem', problem: 'empty', reason: '' },
};

/** Failures that occur only on the command line. */
const OF_COMMAND_LINE = new Set([
  'token-twice',
  'stdin-is-terminal',
  'output-missing',
  // `setting-invalid` is in this set because its parameters in `PARAMETERS_OF` contain a flag.
  'setting-invalid',
]);

/**
 * Matches flags of Node and the first lines of certificates, which look like flags of the program.
 */
const OF_NODE = /--jitless|--disable-wasm-trap-handler|-----[A-Z ]+-----/g;

/** Failures that are thrown, and are not in any result. Their messages name options. */
const OF_OPTIONS = new Set([
  'token-twice',
  'two-addresses',
  'ca-file-invalid',
  'skip-invalid-missing',
  'rejects-of-many',
  'mark-needed',
  'output-missing',
  'mapping-not-wanted',
  'html-with-document',
]);

const OF_LISTS = new Set(['api-url-untrusted']);

const DOORS = { user: commandLineNotation('posix'), program: functionNotation } as const;

/** Returns a sentence as the command line or the library shows it. */
function textOf(sentence: unknown, parameters: unknown, notation: Notation): string {
  const made =
    typeof sentence === 'function'
      ? (sentence as (parameters: unknown) => Text)(parameters)
      : (sentence as Text);
  return written(made, notation);
}

describe.each([
  ['English', en],
  ['Russian', ru],
])('the sentences in %s', (_, words) => {
  const all = [...Object.entries(words.findings), ...Object.entries(words.failures)];

  it.each(all.filter(([code]) => !OF_LISTS.has(code)))('about %s are complete', (code, entry) => {
    for (const [part, sentence] of Object.entries(entry)) {
      const text = textOf(sentence, PARAMETERS_OF[code] ?? ANYTHING, DOORS.user);
      expect(text, `${code} ${part}`).not.toMatch(/undefined|\[object|\{|\}/);
      expect(text.length, `${code} ${part}`).toBeGreaterThan(3);
      if (words !== ru) continue;
      const isName = code === 'encoding-utf-32' || (code === 'join-unreadable' && part === 'hint');
      if (!isName) expect(text, `${code} ${part}`).toMatch(/[а-яё]|^$/i);
      expect(text, `${code} ${part}`).not.toMatch(/[а-яё][a-z]|[a-z][а-яё]/i);
    }
  });

  it.each(all.filter(([code]) => !OF_LISTS.has(code)))(
    'about %s contain no flags if they are for a program',
    (code, entry) => {
      for (const [part, sentence] of Object.entries(entry)) {
        const text = textOf(sentence, PARAMETERS_OF[code] ?? ANYTHING, DOORS.program);
        // A sentence for programs may name flags of Node, but no flags of the command.
        if (!OF_COMMAND_LINE.has(code)) {
          expect(text.replaceAll(OF_NODE, ''), `${code} ${part}`).not.toMatch(
            /(?<![\w-])--?[a-z]{2}/,
          );
        }
      }
    },
  );

  it.each(all.filter(([code]) => !OF_OPTIONS.has(code)))(
    'about %s have the same message for every reader',
    (code, entry) => {
      const parameters = PARAMETERS_OF[code] ?? ANYTHING;
      const { message } = entry;
      expect(textOf(message, parameters, DOORS.program)).toBe(
        textOf(message, parameters, DOORS.user),
      );
    },
  );

  it('explain every code of a finding or a failure once', () => {
    const all = explanations(wordsFor(DOORS.user, words));
    const codes = all.flatMap(({ code, kind }) => (kind === 'situation' ? [] : [code]));
    const known = new Set([...Object.keys(FINDING_SEVERITIES), ...Object.keys(FAILURE_EXIT_CODES)]);
    expect(new Set(codes)).toEqual(known);
    expect(codes.length).toBe(known.size);
    for (const { code, title, meaning, hint } of all) {
      for (const text of [title, meaning, hint]) {
        expect(text, code).not.toMatch(/undefined|…(?!\))|\{|\}/);
        expect(text.length, code).toBeGreaterThan(3);
      }
    }
  });
});
