/**
 * Defines rules for the values of options. The library checks values directly. The command line
 * first converts texts to values.
 */
import type { InvalidLimit } from '../../calls/check/check-file.ts';
import { DURATION_UNITS, SEVERAL_PHONES } from '../../convert/cells/cell-choices.ts';
import { DIRECTIONS, LEGS, UNIDENTIFIED } from '../../convert/recipe/recipe-choices.ts';
import { type Delimiter, DELIMITERS } from '../../csv/dialect.ts';
import { type Encoding, encodingNamed, ENCODINGS } from '../../csv/encoding.ts';
import { LARGEST_COUNTER, LARGEST_FILE, LONGEST_COMMENT } from '../../limits.ts';
import type { Wanted, WantedType } from '../../words/failure-parameters.ts';
import { LANGUAGES } from '../../words/languages.ts';

/** The rule for the values of an option. */
export interface Rule<Value> {
  /** A description of valid values, for the message about a wrong value. */
  readonly wanted: Wanted;
  /** @returns the normalized value; `undefined` if `value` is invalid */
  readonly read: (value: unknown) => Value | undefined;
}

/** Times are in seconds. Timers of the platform support waits of about 24 days at most. */
const DAY = 86_400;
const LONGEST_WAIT = 20 * DAY;
const SHORTEST = 0.001;
const MANY = 1_000_000;
const MOST_RETRIES = 100;

/** The rule of each option, by its key in the library. */
export const RULES = {
  encoding: {
    wanted: { kind: 'one-of', names: ENCODINGS },
    read: (value): Encoding | undefined =>
      typeof value === 'string' ? encodingNamed(value) : undefined,
  },
  delimiter: {
    wanted: { kind: 'one-of', names: Object.values(DELIMITERS) },
    read: (value): Delimiter | undefined => {
      const text = value === '\\t' ? '\t' : typeof value === 'string' ? value.toLowerCase() : '';
      return DELIMITER_NAMES.find(([character, name]) => text === character || text === name)?.[0];
    },
  },
  sheet: text(),
  records: text(),
  name: text(),
  lang: oneOf(LANGUAGES),
  signal: object(['addEventListener', 'removeEventListener']),
  clock: object(['now', 'sleep']),
  strict: flag(),
  maxErrors: wholeNumber(0, MANY),
  showValues: flag(),
  convert: flag(),
  allowEmpty: flag(),
  mapping: object(),
  skipInvalid: flag(),
  rejects: name(),
  maxInvalid: { wanted: { kind: 'number-or-share' }, read: invalidLimit },
  output: {
    wanted: { kind: 'type', type: 'text' },
    read: (value) => (typeof value === 'function' ? value : name().read(value)),
  },
  preset: text(),
  columns: record(),
  set: record(),
  values: {
    wanted: { kind: 'type', type: 'object' },
    read: (value) =>
      isObject(value) && Object.values(value).every((words) => record().read(words) !== undefined)
        ? value
        : undefined,
  },
  sourceColumns: texts(1),
  headerLine: wholeNumber(1, MANY),
  only: texts(),
  skip: texts(),
  direction: oneOf(DIRECTIONS),
  legs: oneOf(LEGS),
  unidentified: oneOf(UNIDENTIFIED),
  phones: oneOf(SEVERAL_PHONES),
  durationUnit: oneOf(DURATION_UNITS),
  timezone: text(),
  dateFormat: text(),
  defaultRegion: text(),
  join: name(),
  joinColumns: record(),
  counter: wholeNumber(1, LARGEST_COUNTER),
  token: text(),
  sandbox: flag(),
  apiUrl: text(),
  trustApiHost: text(),
  timeout: seconds(DAY, 'seconds'),
  retries: wholeNumber(0, MOST_RETRIES),
  authorities: texts(),
  environment: object(),
  fetch: func(),
  random: func(),
  comment: {
    wanted: { kind: 'characters' },
    read: (value) =>
      // This limit counts code points. If marks are on, `fullComment` later applies a stricter
      // limit: it counts UTF-16 code units.
      typeof value === 'string' && [...value].length <= LONGEST_COMMENT ? value : undefined,
  },
  goalName: name(),
  dryRun: flag(),
  skipExisting: flag(),
  again: flag(),
  filter: text(),
  splitById: flag(),
  partSize: { ...wholeNumber(1, LARGEST_FILE), wanted: { kind: 'size' } },
  split: flag(),
  mark: flag(),
  repeat: flag(),
  wait: flag(),
  waitTimeout: seconds(LONGEST_WAIT, 'time'),
  pollInterval: seconds(LONGEST_WAIT, 'time'),
  limit: wholeNumber(1, MANY),
  onProgress: func(),
} as const satisfies Readonly<Record<string, Rule<unknown>>>;

/** The key of an option in the library. */
export type OptionKey = keyof typeof RULES;

const DELIMITER_NAMES = Object.entries(DELIMITERS) as (readonly [Delimiter, string])[];

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typed<Value>(type: WantedType, is: (value: unknown) => value is Value): Rule<Value> {
  return { wanted: { kind: 'type', type }, read: (value) => (is(value) ? value : undefined) };
}

function flag(): Rule<boolean> {
  return typed('boolean', (value) => typeof value === 'boolean');
}

function text(): Rule<string> {
  return typed('text', (value) => typeof value === 'string');
}

/** Accepts a text with at least one character that is not a space. */
export function name(): Rule<string> {
  return {
    wanted: { kind: 'name' },
    read: (value) => (typeof value === 'string' && value.trim() !== '' ? value : undefined),
  };
}

function texts(fewest = 0): Rule<readonly string[]> {
  return typed(
    'texts',
    (value): value is readonly string[] =>
      Array.isArray(value) &&
      value.length >= fewest &&
      value.every((one) => typeof one === 'string'),
  );
}

function record(): Rule<Readonly<Record<string, string>>> {
  return typed(
    'record',
    (value): value is Readonly<Record<string, string>> =>
      isObject(value) && Object.values(value).every((one) => typeof one === 'string'),
  );
}

function func(): Rule<unknown> {
  return typed('function', (value): value is unknown => typeof value === 'function');
}

/** The methods of objects that programs pass as options. */
type Method = 'addEventListener' | 'removeEventListener' | 'now' | 'sleep';

/**
 * Accepts an object.
 *
 * @param methods the methods that the object must have
 */
function object(methods: readonly Method[] = []): Rule<object> {
  return typed(
    'object',
    (value): value is object =>
      isObject(value) && methods.every((method) => typeof value[method] === 'function'),
  );
}

/** Accepts one of several names. */
export function oneOf<Name extends string>(names: readonly Name[]): Rule<Name> {
  return { wanted: { kind: 'one-of', names }, read: (value) => names.find((one) => one === value) };
}

/** Accepts a whole number between two bounds, both included. */
export function wholeNumber(from: number, to: number): Rule<number> {
  return {
    wanted: { kind: 'whole-number', from, to },
    read: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
        ? value
        : undefined,
  };
}

function seconds(most: number, kind: 'seconds' | 'time'): Rule<number> {
  return {
    wanted: { kind },
    read: (value) =>
      typeof value === 'number' && value >= SHORTEST && value <= most ? value : undefined,
  };
}

function invalidLimit(value: unknown): InvalidLimit | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined;
  const { records, share } = value;
  if (typeof records === 'number') {
    return Number.isInteger(records) && records >= 0 ? { records } : undefined;
  }
  return typeof share === 'number' && share >= 0 && share <= 1 ? { share } : undefined;
}
