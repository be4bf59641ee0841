/**
 * Checks all options of library functions and commands. So the library and the commands refuse the
 * same values with the same codes. The names of options differ: `options.maxErrors` in the library,
 * `--max-errors` in the command.
 */
import { Failure } from '../../failure.ts';
import { quoted } from '../../safe-text/quoted.ts';
import { RENAMED_OPTIONS } from '../../words/said.ts';
import { nearestKey } from './nearest-key.ts';
import { type OptionKey, type Rule, RULES } from './rules.ts';

/** The origin of a value, for messages about the value. */
export interface OptionSource {
  /** The name of the option, variable or key, as the user knows it. */
  readonly text: string;
  /** The command-line name of the option in camelCase, for examples in messages. */
  readonly option: string;
}

/** Returns the name that the library or the command line has for an option. */
export type NamesOptions = (key: OptionKey) => OptionSource;

const DOWNLOADING = ['timeout', 'retries', 'authorities', 'environment', 'random'] as const;
const READING = [
  ...DOWNLOADING,
  'encoding',
  'delimiter',
  'sheet',
  'records',
  'name',
  'lang',
  'signal',
  'clock',
] as const;
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
  'phones',
  'durationUnit',
  'timezone',
  'dateFormat',
  'defaultRegion',
  'join',
  'joinColumns',
] as const satisfies readonly OptionKey[];

const ACCOUNT = [
  'token',
  'sandbox',
  'apiUrl',
  'trustApiHost',
  ...DOWNLOADING,
  'fetch',
  'showValues',
  'lang',
  'signal',
  'clock',
] as const;
const SERVICE = ['counter', ...ACCOUNT] as const;

/** The options of each library function. */
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
    'again',
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
  listCounters: [...ACCOUNT, 'filter'],
  waitForUpload: [...SERVICE, 'waitTimeout', 'pollInterval'],
} as const satisfies Readonly<Record<string, readonly OptionKey[]>>;

/** The name of a library function. */
export type FunctionName = keyof typeof OPTIONS_OF;

/**
 * Checks the options of one function. Each option must be known and valid. Two options must not
 * contradict each other.
 *
 * @param options the options from outside; a key with the value `undefined` is treated as missing
 * @param nameOf returns the name of an option, as the user of the command or the library knows it
 * @returns the same options, with normalized values
 * @throws Failure (exit 2): `usage` for an unknown key, `setting-invalid` for a wrong value, or
 *   another code for options that contradict each other
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
  // The rule of each key has checked the value, so every value has the declared type.
  return checked as Options;
}

/** Returns the name of an option in the library, and its name on the command line. */
export function sourceOf(key: OptionKey): OptionSource {
  return { text: `options.${key}`, option: FLAG_NAMES.get(key) ?? key };
}

/** Returns the library's name for a key of the option `mapping`. */
export function sourceInMapping(key: OptionKey): OptionSource {
  return { ...sourceOf(key), text: `options.mapping.${key}` };
}

/** The command-line names of options that have another name in the library. */
const FLAG_NAMES: ReadonlyMap<OptionKey, string> = new Map(
  RENAMED_OPTIONS.map(([flag, key]) => [key, flag]),
);

function checkedValues(
  options: object,
  known: readonly OptionKey[],
  prefix: string,
  nameOf: NamesOptions,
): Record<string, unknown> {
  // A program without types may pass any value.
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
  const problem = {
    kind: 'unknown-option',
    word: JSON.stringify(word.slice(0, LONGEST_KEY)),
    near: nearestKey(key, known),
  } as const;
  return new Failure('usage', { problem, command: undefined, example: undefined });
}

/** The longest key that a message shows, in characters. Longer keys are cut. */
const LONGEST_KEY = 40;

/** @returns the failure for a wrong value of an option */
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

/** Options that exclude each other, or need another option. */
interface Exclusive {
  readonly rejects?: unknown;
  readonly maxInvalid?: unknown;
  readonly skipInvalid?: unknown;
  readonly mapping?: unknown;
  readonly convert?: unknown;
  readonly sandbox?: unknown;
  readonly apiUrl?: unknown;
  readonly skipExisting?: unknown;
  readonly again?: unknown;
  readonly mark?: unknown;
}

/**
 * Checks that options do not contradict each other.
 *
 * @throws Failure (exit 2) if options exclude each other, or one needs a missing option
 */
function refuseExclusions(options: Exclusive): void {
  if (options.skipInvalid !== true) {
    for (const option of ['rejects', 'maxInvalid'] as const) {
      if (options[option] !== undefined) throw new Failure('skip-invalid-missing', { option });
    }
  }
  if (options.mapping !== undefined && options.convert === false) {
    throw new Failure('mapping-not-wanted', { option: 'mapping' });
  }
  if (options.sandbox === true && options.apiUrl !== undefined) {
    throw new Failure('two-addresses', {});
  }
  if (options.skipExisting === true && options.again === true) {
    throw new Failure('again-or-not', {});
  }
  if (options.skipExisting === true && options.mark === false) {
    throw new Failure('mark-needed', {});
  }
}
