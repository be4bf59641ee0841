import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  convertCalls,
  Failure,
  findUpload,
  inspectCalls,
  listCounters,
  listUploads,
  uploadCalls,
  validateCalls,
  waitForUpload,
} from '../../src/index.ts';
import { type FunctionName, OPTIONS_OF } from '../../src/library/options/front-door.ts';
import { type OptionKey, RULES } from '../../src/library/options/rules.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';

const SOURCE = [Buffer.from(goodCalls(1))];

/** Runs each function with the tested option, and with the options that the function requires. */
const FUNCTIONS: Readonly<Record<FunctionName, (options: object) => Promise<unknown>>> = {
  validateCalls: (options) => validateCalls(SOURCE, options),
  convertCalls: (options) => convertCalls(SOURCE, options),
  inspectCalls: (options) => inspectCalls(SOURCE, options),
  uploadCalls: (options) => uploadCalls(SOURCE, { counter: 1, token: 'y0_a-token', ...options }),
  findUpload: (options) => findUpload('1', { counter: 1, token: 'y0_a-token', ...options }),
  listUploads: (options) => listUploads({ counter: 1, token: 'y0_a-token', ...options }),
  listCounters: (options) => listCounters({ token: 'y0_a-token', ...options }),
  waitForUpload: (options) => waitForUpload('1', { counter: 1, token: 'y0_a-token', ...options }),
};

/** The command that corresponds to each function. */
const COMMANDS: Readonly<Record<FunctionName, readonly string[]>> = {
  validateCalls: ['validate'],
  convertCalls: ['convert', '--preview'],
  inspectCalls: ['inspect'],
  uploadCalls: ['upload', '--token', 'y0_a-token'],
  findUpload: ['status', '--token', 'y0_a-token'],
  listUploads: ['list', '--token', 'y0_a-token'],
  listCounters: ['counters', '--token', 'y0_a-token'],
  waitForUpload: ['status', '--wait', '--token', 'y0_a-token'],
};

const NAMES = Object.keys(OPTIONS_OF) as FunctionName[];

async function refused(call: Promise<unknown>): Promise<Failure> {
  const ended: unknown = await call.then(
    () => 'no failure',
    (error: unknown) => error,
  );
  if (ended instanceof Failure) return ended;
  throw new Error(`not refused: ${String(ended)}`, { cause: ended });
}

async function commandError(
  name: FunctionName,
  words: readonly string[],
): Promise<{ code: string; exit_code: number; message: string; hint: string }> {
  const file = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1));
  const operand = { listUploads: [], listCounters: [], findUpload: ['1'], waitForUpload: ['1'] };
  const operands = name in operand ? operand[name as keyof typeof operand] : [file];
  const needsCounter = name.endsWith('Upload') || name === 'uploadCalls' || name === 'listUploads';
  const counter = needsCounter && !words.some((one) => one.startsWith('--counter')) ? ['-c1'] : [];
  const line = [...COMMANDS[name], '--json', ...counter, ...words, ...operands];
  const { stdout } = await runHere(line);
  return (JSON.parse(stdout) as { error: Awaited<ReturnType<typeof commandError>> }).error;
}

type Row = readonly [key: OptionKey, value: unknown, words: readonly string[]];

/** Wrong values that are possible both in the library and on the command line. */
const CARRIED_BY_BOTH: readonly Row[] = [
  ['maxErrors', NaN, ['--max-errors', 'NaN']],
  ['maxErrors', -1, ['--max-errors=-1']],
  ['maxErrors', 1.5, ['--max-errors', '1.5']],
  ['maxErrors', 1_000_001, ['--max-errors', '1000001']],
  ['encoding', 'klingon', ['--encoding', 'klingon']],
  ['encoding', 'constructor', ['--encoding', 'constructor']],
  ['encoding', '__proto__', ['--encoding', '__proto__']],
  ['encoding', '', ['--encoding', '']],
  ['delimiter', 'pipe', ['--delimiter', 'pipe']],
  ['delimiter', '', ['--delimiter', '']],
  ['lang', 'de', ['--lang', 'de']],
  ['maxInvalid', { records: -1 }, ['--max-invalid=-1']],
  ['maxInvalid', { records: 1.5 }, ['--max-invalid', '1.5']],
  ['maxInvalid', { share: 1.01 }, ['--max-invalid', '101%']],
  ['rejects', '', ['--rejects', '']],
  ['preset', 'nothing', ['--preset', 'nothing']],
  ['columns', { When: 'Moment' }, ['--map', 'When=Moment']],
  ['set', { Money: 'RUB' }, ['--set', 'Money=RUB']],
  ['values', { Missed: { no: '0' } }, ['--map-value', 'Missed: no=0']],
  ['joinColumns', { Phone: 'Number' }, ['--join-map', 'Phone=Number']],
  ['headerLine', 0, ['--header-line', '0']],
  ['headerLine', 1.5, ['--header-line', '1.5']],
  ['only', ['Direction'], ['--only', 'Direction']],
  ['skip', ['=x'], ['--skip', '=x']],
  ['direction', 'out', ['--direction', 'out']],
  ['legs', 'split', ['--legs', 'split']],
  ['unidentified', 'dynamic', ['--unidentified', 'dynamic']],
  ['phones', 'last', ['--phones', 'last']],
  ['durationUnit', 'days', ['--duration-unit', 'days']],
  ['timezone', 'Mars/Olympus', ['--timezone', 'Mars/Olympus']],
  ['dateFormat', 'dd', ['--date-format', 'dd']],
  ['defaultRegion', 'XX', ['--default-region', 'XX']],
  ['counter', 0, ['--counter', '0']],
  ['counter', 1.5, ['--counter', '1.5']],
  ['counter', 2 ** 31, ['--counter', String(2 ** 31)]],
  ['timeout', 0, ['--timeout', '0']],
  ['timeout', -1, ['--timeout=-1']],
  ['timeout', Infinity, ['--timeout', 'Infinity']],
  ['timeout', 100_000, ['--timeout', '100000']],
  ['retries', 101, ['--retries', '101']],
  ['retries', 0.5, ['--retries', '0.5']],
  ['comment', 'x'.repeat(256), ['--comment', 'x'.repeat(256)]],
  ['goalName', ' ', ['--goal-name', ' ']],
  ['partSize', 0, ['--part-size', '0']],
  ['partSize', 2 ** 31, ['--part-size', '2GiB']],
  ['waitTimeout', 0, ['--wait-timeout', '0s']],
  ['waitTimeout', 30 * 86_400, ['--wait-timeout', '30d']],
  ['pollInterval', -1, ['--poll-interval=-1']],
  ['limit', 0, ['--limit', '0']],
];

/** Options that cannot have a wrong value on the command line: their values are not texts. */
const ONLY_IN_PROGRAMS: readonly OptionKey[] = [
  'name',
  'signal',
  'clock',
  'mapping',
  'environment',
  'fetch',
  'random',
  'authorities',
  'onProgress',
];

/**
 * For these options, the library first checks only the type. It finds other faults when it uses the
 * value.
 */
const ANY_TEXT: readonly OptionKey[] = [
  'filter',
  'records',
  'sheet',
  'strict',
  'showValues',
  'convert',
  'allowEmpty',
  'skipInvalid',
  'output',
  'sourceColumns',
  'join',
  'token',
  'sandbox',
  'apiUrl',
  'trustApiHost',
  'dryRun',
  'skipExisting',
  'again',
  'splitById',
  'split',
  'mark',
  'repeat',
  'wait',
];

const SKIPPING: readonly OptionKey[] = ['maxInvalid', 'rejects'];

function functionsWith(key: OptionKey): FunctionName[] {
  return NAMES.filter((name) => (OPTIONS_OF[name] as readonly OptionKey[]).includes(key));
}

describe('the table of wrong values', () => {
  it('has every option', () => {
    const named = new Set<OptionKey>([
      ...CARRIED_BY_BOTH.map(([key]) => key),
      ...ONLY_IN_PROGRAMS,
      ...ANY_TEXT,
    ]);
    expect([...named].sort()).toEqual(Object.keys(RULES).sort());
  });
});

describe('a wrong value', () => {
  const rows = CARRIED_BY_BOTH.flatMap(([key, value, words]) =>
    functionsWith(key).map((name) => [name, key, value, words] as const),
  );

  it.each(rows)(
    'is refused by %s and by its command, for the option %s: %j',
    async (name, key, value, words) => {
      const skipping = SKIPPING.includes(key);
      const failure = await refused(
        FUNCTIONS[name]({ ...(skipping ? { skipInvalid: true } : {}), [key]: value }),
      );
      expect(failure).toMatchObject({ code: 'setting-invalid', exitCode: 2 });
      expect(failure.message).toContain(`options.${key}`);
      expect(failure.hint).not.toContain('--');
      const error = await commandError(name, skipping ? ['--skip-invalid', ...words] : words);
      expect(error).toMatchObject({ code: 'setting-invalid', exit_code: 2 });
      expect(error.message).toMatch(/^--[a-z-]+[: ]/);
    },
  );
});

describe('a value of another type', () => {
  const candidates: readonly unknown[] = [null, 'false', '3', 1, true, NaN, [], [1], {}, { a: 1 }];
  const rows = (Object.keys(RULES) as OptionKey[]).flatMap((key) =>
    functionsWith(key).map((name) => [name, key] as const),
  );

  it.each(rows)('is refused by %s for the option %s', async (name, key) => {
    const wrong = candidates.filter((value) => RULES[key].read(value) === undefined);
    expect(wrong).toContain(null);
    for (const value of wrong) {
      const failure = await refused(FUNCTIONS[name]({ skipInvalid: undefined, [key]: value }));
      expect(failure, String(value)).toMatchObject({ code: 'setting-invalid', exitCode: 2 });
      expect(failure.message).toContain(`options.${key}`);
    }
  });

  it('is refused in place of the options', async () => {
    for (const options of [null, [], 'strict', 7]) {
      const failure = await refused(validateCalls(SOURCE, options as object));
      expect(failure).toMatchObject({ code: 'setting-invalid', exitCode: 2 });
    }
  });

  it('is refused in place of a source', async () => {
    for (const source of [null, 7, {}, undefined]) {
      const failure = await refused(validateCalls(source as never));
      expect(failure).toMatchObject({ code: 'setting-invalid', exitCode: 2 });
    }
  });
});

describe('an unknown option', () => {
  it.each(NAMES)('is refused by %s, and the most similar one is suggested', async (name) => {
    const [first = 'lang'] = OPTIONS_OF[name];
    const failure = await refused(FUNCTIONS[name]({ [`${first}s`]: 1 }));
    expect(failure).toMatchObject({ code: 'usage', exitCode: 2 });
    expect(failure.message).toContain(`"${first}s"`);
    expect(failure.message).toContain(`Did you mean "${first}"?`);
    const error = await commandError(name, ['--langs', 'en']);
    expect(error).toMatchObject({ code: 'usage', exit_code: 2 });
  });

  it('is refused inside the recipe too', async () => {
    for (const call of [validateCalls, uploadCalls, inspectCalls]) {
      const options = { mapping: { colums: {} }, sandbox: true } as object;
      const own = call === uploadCalls ? options : { mapping: { colums: {} } };
      const failure = await refused(call(SOURCE, own));
      expect(failure).toMatchObject({ code: 'usage', exitCode: 2 });
      expect(failure.message).toBe('Unknown option "mapping.colums". Did you mean "columns"?');
    }
  });

  it('may have the name of an object member, and is still refused', async () => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const options = Object.fromEntries([[key, 1]]);
      expect(await refused(validateCalls(SOURCE, options))).toMatchObject({ code: 'usage' });
    }
  });

  it('may be any text, and is always refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 30 }), async (key) => {
        fc.pre(!(key in RULES));
        const failure = await refused(validateCalls(SOURCE, Object.fromEntries([[key, 1]])));
        expect(failure.code).toBe('usage');
      }),
      { numRuns: 50 },
    );
  });
});

describe('an option that is undefined', () => {
  it('is treated as missing', async () => {
    const undefinedOnes = Object.fromEntries(
      OPTIONS_OF.validateCalls.map((key) => [key, undefined]),
    );
    expect(await validateCalls(SOURCE, undefinedOnes)).toEqual(await validateCalls(SOURCE));
  });
});

describe('options that do not fit together', () => {
  const rows: readonly (readonly [
    code: string,
    name: FunctionName,
    options: object,
    words: readonly string[],
  ])[] = [
    ['skip-invalid-missing', 'uploadCalls', { rejects: 'r.csv' }, ['--rejects', 'r.csv']],
    ['skip-invalid-missing', 'convertCalls', { rejects: 'r.csv' }, ['--rejects', 'r.csv']],
    ['skip-invalid-missing', 'uploadCalls', { maxInvalid: { records: 1 } }, ['--max-invalid', '1']],
    ['skip-invalid-missing', 'convertCalls', { maxInvalid: { share: 0.1 } }, ['--max-invalid=10%']],
    [
      'mapping-not-wanted',
      'uploadCalls',
      { mapping: {}, convert: false },
      ['--mapping', 'r.json', '--no-convert'],
    ],
    [
      'mapping-not-wanted',
      'validateCalls',
      { mapping: {}, convert: false },
      ['--mapping', 'r.json', '--no-convert'],
    ],
    [
      'again-or-not',
      'uploadCalls',
      { skipExisting: true, again: true },
      ['--skip-existing', '--again'],
    ],
    [
      'mark-needed',
      'uploadCalls',
      { skipExisting: true, mark: false },
      ['--skip-existing', '--no-mark'],
    ],
    ...(['uploadCalls', 'findUpload', 'listUploads', 'waitForUpload'] as const).map(
      (name) =>
        [
          'two-addresses',
          name,
          { sandbox: true, apiUrl: 'http://127.0.0.1:1' },
          ['--sandbox', '--api-url', 'http://127.0.0.1:1'],
        ] as const,
    ),
  ];

  it.each(rows)(
    'are refused with the code %s by %s and by its command',
    async (code, name, options, words) => {
      const failure = await refused(FUNCTIONS[name](options));
      expect(failure).toMatchObject({ code, exitCode: 2 });
      expect(failure.message + failure.hint).not.toContain('--');
      expect(await commandError(name, words)).toMatchObject({ code, exit_code: 2 });
    },
  );
});

describe('a missing option', () => {
  it.each(['uploadCalls', 'findUpload', 'listUploads', 'waitForUpload'] as const)(
    'is reported by %s',
    async (name) => {
      const call = FUNCTIONS[name];
      expect(await refused(call({ counter: undefined }))).toMatchObject({
        code: 'counter-missing',
      });
      expect(await refused(call({ token: undefined }))).toMatchObject({ code: 'token-missing' });
      expect(await refused(call({ token: 'два слова' }))).toMatchObject({ code: 'token-invalid' });
    },
  );
});
