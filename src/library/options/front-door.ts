/**
 * The one door for options: the functions for programs and the commands both go through it, so that they refuse the
 * same values with the same codes. Only the names differ, `options.maxErrors` here and `--max-errors` there.
 */
import { distance } from 'fastest-levenshtein';
import { Failure } from '../../failure.ts';
import { quoted } from '../../safe-text/quoted.ts';
import { type OptionKey, type Rule, RULES } from './rules.ts';

/** Where an option comes from, for messages. */
export interface OptionSource {
  /** The option, the variable or the key, as its user knows it. */
  readonly text: string;
  /** The name that the option has on the command line, in camelCase, for examples. */
  readonly option: string;
}

/** How one of the two doors names its options. */
export type NamesOptions = (key: OptionKey) => OptionSource;

const READING = ['encoding', 'delimiter', 'sheet', 'name', 'lang', 'signal', 'clock'] as const;
const CHECKING = [...READING, 'strict', 'maxErrors', 'showValues'] as const;
const SKIPPING = ['skipInvalid', 'rejects', 'maxInvalid'] as const;

/** The keys of a recipe. */
export const RECIPE_KEYS = [
  'preset',
  'columns',
  'set',
  'values',
  'sourceColumns',
  'headerLine',
  'only',
  'skip',
  'direction',
  'legs',
  'unidentified',
  'timezone',
  'dateFormat',
  'defaultRegion',
  'join',
  'joinColumns',
] as const satisfies readonly OptionKey[];

const SERVICE = [
  'counter',
  'token',
  'sandbox',
  'apiUrl',
  'trustApiHost',
  'timeout',
  'retries',
  'authorities',
  'environment',
  'fetch',
  'random',
  'showValues',
  'lang',
  'signal',
  'clock',
] as const;

/** The options of each function for programs. */
export const OPTIONS_OF = {
  validateCalls: [...CHECKING, 'convert', 'allowEmpty', 'mapping'],
  convertCalls: [...CHECKING, ...RECIPE_KEYS, ...SKIPPING, 'output'],
  inspectCalls: [...READING, 'timezone', 'mapping', 'showValues'],
  uploadCalls: [
    ...CHECKING,
    ...SKIPPING,
    ...SERVICE,
    'convert',
    'allowEmpty',
    'mapping',
    'comment',
    'goalName',
    'dryRun',
    'skipExisting',
    'splitById',
    'partSize',
    'split',
    'mark',
    'repeat',
    'wait',
    'waitTimeout',
    'pollInterval',
    'onProgress',
  ],
  findUpload: SERVICE,
  listUploads: [...SERVICE, 'limit'],
  waitForUpload: [...SERVICE, 'waitTimeout', 'pollInterval'],
} as const satisfies Readonly<Record<string, readonly OptionKey[]>>;

/** The name of a function for programs. */
export type FunctionName = keyof typeof OPTIONS_OF;

/**
 * Checks the options of one function: that each is known and right, and that none excludes another.
 *
 * @param options what the caller gave; a key with `undefined` is not given
 * @param nameOf how the caller knows an option
 * @returns the same options, each in one form where it has several
 * @throws Failure (exit 2): `usage` for an unknown key, `setting-invalid` for a wrong value, or the code of the rule
 *   between options that is broken
 */
export function admitted<Options extends object>(
  name: FunctionName,
  options: Options,
  nameOf: NamesOptions,
): Options {
  const checked = checkedValues(options, OPTIONS_OF[name], '', nameOf);
  const { mapping } = checked;
  if (typeof mapping === 'object' && mapping !== null) {
    checked['mapping'] = checkedValues(mapping, RECIPE_KEYS, 'mapping.', sourceInMapping);
  }
  refuseExclusions(checked);
  // Each key was read by the rule of its own name, which makes the type that the options declare.
  return checked as Options;
}

/** How the library names an option. */
export function sourceOf(key: OptionKey): OptionSource {
  return { text: `options.${key}`, option: FLAG_NAMES[key] ?? key };
}

/** How the library names a key of the recipe in its option `mapping`. */
export function sourceInMapping(key: OptionKey): OptionSource {
  return { ...sourceOf(key), text: `options.mapping.${key}` };
}

/** The options that the command line calls otherwise. */
const FLAG_NAMES: Readonly<Partial<Record<OptionKey, string>>> = {
  columns: 'map',
  values: 'mapValue',
  sourceColumns: 'columns',
  joinColumns: 'joinMap',
  authorities: 'caFile',
};

function checkedValues(
  options: object,
  known: readonly OptionKey[],
  prefix: string,
  nameOf: NamesOptions,
): Record<string, unknown> {
  // Programs without types may give anything.
  if (typeof options !== 'object' || Array.isArray(options) || (options as unknown) === null) {
    const source = { text: 'options', option: 'options' };
    throw wrongValue(source, { kind: 'type', type: 'object' }, options);
  }
  const checked: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const found = known.find((one) => one === key);
    if (found === undefined) throw unknownKey(`${prefix}${key}`, key, known);
    const rule: Rule<unknown> = RULES[found];
    const read = rule.read(value);
    if (read === undefined) throw wrongValue(nameOf(found), rule.wanted, value);
    checked[found] = read;
  }
  return checked;
}

function unknownKey(word: string, key: string, known: readonly string[]): Failure {
  const near = [...known].sort((left, right) => distance(key, left) - distance(key, right))[0];
  const isNear = near !== undefined && distance(key, near) <= Math.max(1, key.length / 3);
  const problem = {
    kind: 'unknown-option',
    word: JSON.stringify(word.slice(0, LONGEST_KEY)),
    near: isNear ? near : undefined,
  } as const;
  return new Failure('usage', { problem, command: undefined, example: undefined });
}

/** A longer key is no name that somebody mistyped, in characters. */
const LONGEST_KEY = 40;

/** @returns the failure of a value that is not what an option takes */
function wrongValue(
  { text, option }: OptionSource,
  wanted: Rule<unknown>['wanted'],
  value: unknown,
): Failure {
  return new Failure('setting-invalid', { source: text, option, wanted, shown: shown(value) });
}

function shown(value: unknown): ReturnType<typeof quoted> {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return quoted(String(value));
  return Array.isArray(value) ? 'a list' : 'an object';
}

/** What of the options excludes, or needs, another one. */
interface Exclusive {
  readonly rejects?: unknown;
  readonly maxInvalid?: unknown;
  readonly skipInvalid?: unknown;
  readonly mapping?: unknown;
  readonly convert?: unknown;
  readonly sandbox?: unknown;
  readonly apiUrl?: unknown;
  readonly skipExisting?: unknown;
  readonly mark?: unknown;
}

/** @throws Failure (exit 2) for options that exclude one another, or that need another one */
function refuseExclusions(options: Exclusive): void {
  if (options.skipInvalid !== true) {
    for (const option of ['rejects', 'maxInvalid'] as const) {
      if (options[option] !== undefined) throw new Failure('skip-invalid-missing', { option });
    }
  }
  if (options.mapping !== undefined && options.convert === false) {
    throw new Failure('mapping-not-wanted', {});
  }
  if (options.sandbox === true && options.apiUrl !== undefined) {
    throw new Failure('two-addresses', {});
  }
  if (options.skipExisting === true && options.mark === false) {
    throw new Failure('mark-needed', {});
  }
}
