/** Every option of the command line, a row each. Their descriptions stand in `src/words`. */
import { DIRECTIONS, LEGS, UNIDENTIFIED } from '../../convert/recipe/recipe.ts';
import { LARGEST_FILE, PARALLEL_REQUESTS } from '../../limits.ts';
import { FORMAT_NAMES } from '../output/formats.ts';
import { LANGUAGES } from './language.ts';
import { flag, list, negation, type Option, value, type ValueOf, valueOr } from './option.ts';
import {
  comment,
  counterId,
  delimiter,
  encoding,
  name,
  names,
  numberOrShare,
  oneOf,
  seconds,
  size,
  span,
  text,
  wholeNumber,
} from './parsers.ts';

const MANY = 1_000_000;
const HIGHEST_PORT = 65_535;

/** The options by the names that commands use; each name follows from the long flag. */
export const OPTIONS = {
  output: value('-o, --output <file>', text, { group: 'conversion' }),
  preset: value('--preset <system>', text, { group: 'conversion' }),
  map: list('--map <column=name>', { group: 'conversion' }),
  mapping: value('--mapping <file>', text, { group: 'conversion' }),
  saveMapping: value('--save-mapping <file>', text, { group: 'conversion' }),
  auto: flag('--auto', { group: 'conversion' }),
  set: list('--set <name=value>', { group: 'conversion' }),
  mapValue: list('--map-value <words>', { group: 'conversion' }),
  columns: value('--columns <names>', names, { group: 'conversion' }),
  headerLine: value('--header-line <n>', wholeNumber(1, MANY), { group: 'conversion' }),
  only: list('--only <column=value>', { group: 'records' }),
  skip: list('--skip <column=value>', { group: 'records' }),
  direction: value('--direction <which>', oneOf(DIRECTIONS), { group: 'records' }),
  legs: value('--legs <how>', oneOf(LEGS), { group: 'records' }),
  unidentified: value('--unidentified <how>', oneOf(UNIDENTIFIED), { group: 'records' }),
  timezone: value('--timezone <zone>', text, { group: 'conversion' }),
  dateFormat: value('--date-format <format>', text, { group: 'conversion' }),
  defaultRegion: value('--default-region <code>', text, { group: 'conversion' }),
  join: value('--join <file>', text, { group: 'conversion' }),
  joinMap: list('--join-map <column=name>', { group: 'conversion' }),
  joinOn: value('--join-on <name>', text, { group: 'conversion', isHidden: true }),
  preview: flag('--preview', { group: 'conversion' }),
  counter: value('-c, --counter <id>', counterId, {
    group: 'target',
    environment: 'METRIKA_COUNTER',
  }),
  token: value('--token <token>', text, { group: 'target', environment: 'METRIKA_TOKEN' }),
  tokenFile: value('--token-file <path>', text, {
    group: 'target',
    environment: 'METRIKA_TOKEN_FILE',
  }),
  apiUrl: value('--api-url <url>', text, { group: 'target', environment: 'METRIKA_API_URL' }),
  caFile: value('--ca-file <file>', text, { group: 'target' }),
  trustApiHost: value('--trust-api-host <host>', text, { group: 'target' }),
  sandbox: flag('--sandbox', { group: 'target' }),
  comment: value('-m, --comment <text>', comment, { group: 'sending' }),
  goalName: value('-g, --goal-name <name>', name, {
    group: 'sending',
    alias: '--new-goal-name <name>',
  }),
  dryRun: flag('--dry-run', { group: 'sending' }),
  skipExisting: flag('--skip-existing', { group: 'sending' }),
  splitById: flag('--split-by-id', { group: 'sending' }),
  partSize: valueOr('--part-size <size>', size, {
    group: 'sending',
    default: `${String(LARGEST_FILE / 1024 ** 3)}GiB`,
  }),
  split: negation('--no-split', { group: 'sending' }),
  concurrency: valueOr('--concurrency <n>', wholeNumber(1, PARALLEL_REQUESTS), {
    group: 'sending',
    default: '1',
  }),
  timeout: valueOr('--timeout <s>', seconds, { group: 'sending', default: '60' }),
  retries: valueOr('--retries <n>', wholeNumber(0, 100), { group: 'sending', default: '5' }),
  mark: negation('--no-mark', { group: 'sending' }),
  repeat: negation('--no-repeat', { group: 'sending' }),
  skipInvalid: flag('--skip-invalid', { group: 'check' }),
  rejects: value('--rejects <file>', text, { group: 'check' }),
  maxInvalid: value('--max-invalid <n|n%>', numberOrShare, { group: 'check' }),
  strict: flag('--strict', { group: 'check' }),
  convert: negation('--no-convert', { group: 'check' }),
  maxErrors: valueOr('--max-errors <n>', wholeNumber(0, MANY), { group: 'check', default: '20' }),
  showValues: flag('--show-values', { group: 'check' }),
  allowEmpty: flag('--allow-empty', { group: 'check' }),
  encoding: value('--encoding <name>', encoding, { group: 'check' }),
  delimiter: value('--delimiter <name>', delimiter, { group: 'check' }),
  sheet: value('--sheet <name|number>', text, { group: 'check' }),
  html: value('--html <file>', text, { group: 'check' }),
  report: value('--report <file>', text, { group: 'check' }),
  wait: flag('--wait', { group: 'waiting' }),
  waitTimeout: valueOr('--wait-timeout <time>', span, { group: 'waiting', default: '2h' }),
  pollInterval: valueOr('--poll-interval <time>', span, { group: 'waiting', default: '30s' }),
  limit: valueOr('--limit <n>', wholeNumber(1, MANY), { group: 'target', default: '20' }),
  port: valueOr('--port <n>', wholeNumber(0, HIGHEST_PORT), { group: 'sandbox', default: '8080' }),
  stageTime: valueOr('--stage-time <time>', span, { group: 'sandbox', default: '5s' }),
  format: valueOr('--format <name>', oneOf(FORMAT_NAMES), { group: 'output', default: 'text' }),
  json: flag('--json', { group: 'output' }),
  quiet: flag('-q, --quiet', { group: 'output' }),
  verbose: flag('-v, --verbose', { group: 'output' }),
  color: negation('--no-color', { group: 'output', environment: 'NO_COLOR' }),
  progress: negation('--no-progress', { group: 'output' }),
  lang: value('--lang <language>', oneOf(LANGUAGES), {
    group: 'output',
    environment: 'METRIKA_LANG',
  }),
} as const;

export type OptionName = keyof typeof OPTIONS;

/** The values of some options. */
export type OptionValues<Name extends OptionName = OptionName> = {
  readonly [One in Name]: ValueOf<(typeof OPTIONS)[One]>;
};

/** The options in the order of the help, with their types forgotten. */
export const OPTION_ROWS: readonly (readonly [OptionName, Option<unknown>])[] = Object.entries(
  OPTIONS,
) as [OptionName, Option<unknown>][];

// The options that several commands share.

/** How results are written. */
export const OUTPUT = ['format', 'json', 'quiet', 'verbose', 'color', 'progress', 'lang'] as const;

/** How to reach the service. */
export const REMOTE = [
  'counter',
  'token',
  'tokenFile',
  'apiUrl',
  'caFile',
  'trustApiHost',
  'sandbox',
  'timeout',
  'retries',
] as const;

/** How a file is read. */
export const READING = ['encoding', 'delimiter', 'sheet'] as const;

/** How a file is checked. */
export const CHECKING = [...READING, 'strict', 'maxErrors', 'showValues', 'report'] as const;

/** How long to wait for the end of an upload. */
export const WAITING = ['wait', 'waitTimeout', 'pollInterval'] as const;

/** The options that make a recipe. */
export const RECIPE = [
  'preset',
  'map',
  'mapping',
  'set',
  'mapValue',
  'columns',
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
  'joinMap',
  'joinOn',
] as const;
