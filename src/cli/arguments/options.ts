/** The table of all command-line options. Their descriptions are in `src/words`. */
import { DEFAULTS } from '../../library/options/defaults.ts';
import { RULES } from '../../library/options/rules.ts';
import { PARALLEL_REQUESTS } from '../../limits.ts';
import { FORMAT_NAMES } from '../output/formats.ts';
import { flag, list, negation, type Option, value, type ValueOf, valueOr } from './option.ts';
import {
  anyText,
  clientId,
  filledText,
  names,
  numberOrShare,
  oneOf,
  outputFile,
  seconds,
  size,
  span,
  text,
  whole,
  wholeNumber,
} from './parsers.ts';

const HOUR = 60 * 60;
const GIBIBYTE = 1024 ** 3;
const HIGHEST_PORT = 65_535;

/** The options by their keys, which are the long flags in camel case. */
export const OPTIONS = {
  output: value('-o, --output <file>', anyText, { group: 'conversion' }),
  preset: value('--preset <system>', text(RULES.preset), {
    group: 'conversion',
    completes: 'presets',
  }),
  map: list('--map <column=name>', { group: 'conversion' }),
  mapping: value('--mapping <file>', anyText, { group: 'conversion' }),
  saveMapping: value('--save-mapping <file>', outputFile, { group: 'conversion' }),
  auto: flag('--auto', { group: 'conversion' }),
  set: list('--set <name=value>', { group: 'conversion' }),
  mapValue: list('--map-value <words>', { group: 'conversion' }),
  columns: value('--columns <names>', names(RULES.sourceColumns), { group: 'conversion' }),
  headerLine: value('--header-line <n>', whole(RULES.headerLine), { group: 'conversion' }),
  only: list('--only <column=value>', { group: 'records' }),
  skip: list('--skip <column=value>', { group: 'records' }),
  direction: value('--direction <which>', text(RULES.direction), { group: 'records' }),
  legs: value('--legs <how>', text(RULES.legs), { group: 'records' }),
  unidentified: value('--unidentified <how>', text(RULES.unidentified), { group: 'records' }),
  phones: value('--phones <which>', text(RULES.phones), { group: 'conversion' }),
  durationUnit: value('--duration-unit <unit>', text(RULES.durationUnit), { group: 'conversion' }),
  timezone: value('--timezone <zone>', text(RULES.timezone), {
    group: 'conversion',
    completes: 'zones',
  }),
  dateFormat: value('--date-format <format>', text(RULES.dateFormat), { group: 'conversion' }),
  defaultRegion: value('--default-region <code>', text(RULES.defaultRegion), {
    group: 'conversion',
    completes: 'regions',
  }),
  join: value('--join <file>', text(RULES.join), { group: 'conversion' }),
  joinMap: list('--join-map <column=name>', { group: 'conversion' }),
  joinOn: value('--join-on <name>', anyText, { group: 'conversion', isHidden: true }),
  preview: flag('--preview', { group: 'conversion' }),
  counter: value('-c, --counter <id>', whole(RULES.counter), {
    group: 'target',
    environment: 'METRIKA_COUNTER',
    completes: 'counters',
  }),
  token: value('--token <token>', text(RULES.token), {
    group: 'target',
    environment: 'METRIKA_TOKEN',
  }),
  tokenFile: value('--token-file <path>', anyText, {
    group: 'target',
    environment: 'METRIKA_TOKEN_FILE',
    completes: 'files',
  }),
  apiUrl: value('--api-url <url>', text(RULES.apiUrl), {
    group: 'target',
    environment: 'METRIKA_API_URL',
  }),
  caFile: value('--ca-file <file>', anyText, { group: 'target' }),
  trustApiHost: value('--trust-api-host <host>', text(RULES.trustApiHost), { group: 'target' }),
  sandbox: flag('--sandbox', { group: 'target' }),
  oauthUrl: value('--oauth-url <url>', anyText, {
    group: 'signIn',
    environment: 'METRIKA_OAUTH_URL',
  }),
  clientId: value('--client-id <id>', clientId, { group: 'signIn' }),
  code: value('--code <code>', anyText, { group: 'signIn' }),
  withToken: flag('--with-token', { group: 'signIn' }),
  replace: flag('--replace', { group: 'signIn' }),
  browser: negation('--no-browser', { group: 'signIn' }),
  comment: value('-m, --comment <text>', text(RULES.comment), { group: 'sending' }),
  goalName: value('-g, --goal-name <name>', text(RULES.goalName), {
    group: 'sending',
    alias: '--new-goal-name <name>',
  }),
  dryRun: flag('--dry-run', { group: 'sending' }),
  skipExisting: flag('--skip-existing', { group: 'sending' }),
  again: flag('--again', { group: 'sending' }),
  yes: flag('--yes', { group: 'sending' }),
  splitById: flag('--split-by-id', { group: 'sending' }),
  partSize: valueOr('--part-size <size>', size(RULES.partSize), {
    group: 'sending',
    default: `${String(DEFAULTS.partSize / GIBIBYTE)}GiB`,
  }),
  split: negation('--no-split', { group: 'sending' }),
  concurrency: valueOr('--concurrency <n>', wholeNumber(1, PARALLEL_REQUESTS), {
    group: 'sending',
    default: '1',
  }),
  timeout: valueOr('--timeout <s>', seconds(RULES.timeout), {
    group: 'sending',
    default: String(DEFAULTS.timeout),
  }),
  retries: valueOr('--retries <n>', whole(RULES.retries), {
    group: 'sending',
    default: String(DEFAULTS.retries),
  }),
  mark: negation('--no-mark', { group: 'sending' }),
  repeat: negation('--no-repeat', { group: 'sending' }),
  skipInvalid: flag('--skip-invalid', { group: 'check' }),
  rejects: value('--rejects <file>', outputFile, { group: 'check' }),
  maxInvalid: value('--max-invalid <n|n%>', numberOrShare(RULES.maxInvalid), { group: 'check' }),
  strict: flag('--strict', { group: 'check' }),
  convert: negation('--no-convert', { group: 'check' }),
  maxErrors: valueOr('--max-errors <n>', whole(RULES.maxErrors), {
    group: 'check',
    default: String(DEFAULTS.maxErrors),
  }),
  showValues: flag('--show-values', { group: 'check' }),
  allowEmpty: flag('--allow-empty', { group: 'check' }),
  encoding: value('--encoding <name>', text(RULES.encoding), { group: 'check' }),
  delimiter: value('--delimiter <name>', text(RULES.delimiter), { group: 'check' }),
  records: value('--records <path>', text(RULES.records), { group: 'check' }),
  sheet: value('--sheet <name|number>', text(RULES.sheet), { group: 'check' }),
  html: value('--html <file>', anyText, { group: 'check' }),
  report: value('--report <file>', outputFile, { group: 'check' }),
  wait: flag('--wait', { group: 'waiting' }),
  waitTimeout: valueOr('--wait-timeout <time>', span(RULES.waitTimeout), {
    group: 'waiting',
    default: `${String(DEFAULTS.waitTimeout / HOUR)}h`,
  }),
  pollInterval: valueOr('--poll-interval <time>', span(RULES.pollInterval), {
    group: 'waiting',
    default: `${String(DEFAULTS.pollInterval)}s`,
  }),
  limit: valueOr('--limit <n>', whole(RULES.limit), {
    group: 'target',
    default: String(DEFAULTS.limit),
  }),
  port: valueOr('--port <n>', wholeNumber(0, HIGHEST_PORT), { group: 'sandbox', default: '8080' }),
  stageTime: valueOr('--stage-time <time>', span(RULES.pollInterval), {
    group: 'sandbox',
    default: '5s',
  }),
  format: valueOr('--format <name>', oneOf(FORMAT_NAMES), {
    group: 'output',
    default: 'text',
    listsValues: true,
  }),
  json: flag('--json', { group: 'output' }),
  quiet: flag('-q, --quiet', { group: 'output' }),
  verbose: flag('-v, --verbose', { group: 'output' }),
  color: negation('--no-color', { group: 'output', environment: 'NO_COLOR' }),
  progress: negation('--no-progress', { group: 'output' }),
  project: flag('--project', { group: 'settings' }),
  config: value('--config <file>', filledText, {
    group: 'settings',
    environment: 'METRIKA_CONFIG',
  }),
  profile: value('--profile <name>', filledText, {
    group: 'settings',
    environment: 'METRIKA_PROFILE',
    completes: 'profiles',
  }),
  lang: value('--lang <language>', text(RULES.lang), {
    group: 'output',
    environment: 'METRIKA_LANG',
    listsValues: true,
  }),
} as const;

export type OptionName = keyof typeof OPTIONS;

/** The values of some options. */
export type OptionValues<Name extends OptionName = OptionName> = {
  readonly [One in Name]: ValueOf<(typeof OPTIONS)[One]>;
};

/** The options in the order of the help, without the types of their values. */
export const OPTION_ROWS: readonly (readonly [OptionName, Option<unknown>])[] = Object.entries(
  OPTIONS,
) as [OptionName, Option<unknown>][];

// Groups of options that several commands share.

/** The options of every command: those for the output, and those that choose the settings. */
export const OUTPUT = [
  'format',
  'json',
  'quiet',
  'verbose',
  'color',
  'progress',
  'lang',
  'config',
  'profile',
] as const;

/** The options for the connection to the service. */
export const ACCOUNT = [
  'token',
  'tokenFile',
  'apiUrl',
  'caFile',
  'trustApiHost',
  'sandbox',
  'timeout',
  'retries',
] as const;

/** The options for the connection of `login`, which gets a token. */
export const SIGN_IN = [
  'apiUrl',
  'oauthUrl',
  'caFile',
  'trustApiHost',
  'sandbox',
  'timeout',
  'retries',
] as const;

/** The options of every command about one counter. */
export const REMOTE = ['counter', ...ACCOUNT] as const;

/** The options for downloading a file. */
export const DOWNLOADING = ['caFile', 'timeout', 'retries'] as const;

/** The options for reading a file. */
export const READING = ['encoding', 'delimiter', 'sheet', 'records'] as const;

/** The options for checking a file. */
export const CHECKING = [...READING, 'strict', 'maxErrors', 'showValues', 'report'] as const;

/** The options for waiting until the service has processed an upload. */
export const WAITING = ['wait', 'waitTimeout', 'pollInterval'] as const;

/** The options that build a recipe. */
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
  'phones',
  'durationUnit',
  'timezone',
  'dateFormat',
  'defaultRegion',
  'join',
  'joinMap',
  'joinOn',
] as const;
