/** English: the sentences of help and of the tables in the README. */

/** The help texts of one command. */
interface CommandWords {
  readonly summary: string;
  /** The description of the operand. */
  readonly operand: string;
}

const FILES = 'files of calls, their web addresses, or patterns in quotes; - is standard input';

const commands = {
  upload: {
    summary: "check and send files of calls; print each upload's id and status",
    operand: FILES,
  },
  validate: {
    summary: 'check files of calls as upload does; needs no token, and sends nothing',
    operand: FILES,
  },
  convert: {
    summary: 'turn a PBX or call-tracker export into a calls file',
    operand: 'the export or its web address; - is standard input',
  },
  init: {
    summary: 'ask what the columns of an export mean, and save the recipe',
    operand: 'the export or its web address',
  },
  inspect: {
    summary: 'show what is in a file: period, hours, missed calls, durations',
    operand: 'a file of calls or its web address; - is standard input',
  },
  explain: {
    summary: 'explain a code of a finding or a failure, and how to fix it',
    operand: 'the code in brackets behind a finding; without one, all codes are listed',
  },
  status: {
    summary: 'show the status of one upload',
    operand: 'the id that upload printed',
  },
  list: { summary: "list a counter's uploads, newest first", operand: '' },
  counters: {
    summary: 'list the counters that the token may see: number, name, site, permission',
    operand: 'only counters with this text in their number, name or site',
  },
  login: {
    summary: 'sign in: get a token from the service, and store it for the other commands',
    operand: '',
  },
  logout: { summary: 'delete the stored token', operand: '' },
  whoami: { summary: 'show whose token is used, and where it comes from', operand: '' },
  config: {
    summary: 'show settings and where each comes from; change them',
    operand: 'path, list, get <key>, set <key> <value...>, or unset <key>',
  },
  sandbox: { summary: 'run a local server that behaves as the service does', operand: '' },
  completion: {
    summary: 'print a script that completes command lines when you press TAB',
    operand: 'bash, zsh, fish or powershell; the examples install the script',
  },
} satisfies Record<string, CommandWords>;

const options = {
  output: 'write the calls to a file; - is standard output, the default',
  preset: 'the system that made the export; see docs/presets.md',
  map: 'which column becomes which, e.g. "Call date=DateTime", or "Date+Time=DateTime" of two; Phone#2 is the second of a name; repeatable',
  mapValue:
    'what the words of a column mean, e.g. "CallMissed: Answered=0, Missed=1", or which direction the words of a column of the export mean, e.g. "Type: Incoming=in, Outgoing=out, Ext=internal"; other words are errors; repeatable',
  mapping: 'a saved recipe in JSON; options override it',
  saveMapping: 'write the recipe of these options to a file, for --mapping',
  auto: 'take what the headings say for certain, and say what was taken',
  set: 'set a column to the same value in every call, e.g. Currency=RUB; repeatable',
  columns: 'the columns of an export without a header, separated by commas',
  headerLine: 'the line of the column names, when others stand above it',
  only: 'take only records whose cell is this value, or one of several after commas; repeated: all of them must fit',
  skip: 'leave out records whose cell is this value, or one of several after commas; repeatable',
  direction:
    'in takes the calls that came in, which is the default; all takes every call, whatever its words say',
  legs: 'with a preset: join makes one call of its legs, which is the default; keep leaves them',
  unidentified:
    'calls that name no visitor: error is the default, static marks them as static calls, skip leaves them out',
  phones: 'several phone numbers in one cell: error is the default, first takes the first one',
  durationUnit:
    'the unit of durations: hours, minutes, seconds or milliseconds; two parts in hours are h:mm',
  timezone: 'the zone of written dates and of hours, e.g. Europe/Moscow',
  dateFormat: 'the order in ambiguous dates, e.g. dd/mm/yyyy',
  defaultRegion: 'the country of national phone numbers, e.g. RU',
  join: 'a file with PhoneNumber and identifiers, to find the visitor of each call',
  joinMap: 'which column of the joined file is which, for example "Phone=PhoneNumber"; repeatable',
  joinOn: 'the column to join by; only PhoneNumber',
  preview: 'show the first calls before and after, and write nothing',
  counter: 'the number of the counter, e.g. 2215573',
  token:
    'OAuth token; others on this machine can see it in the list of processes, so METRIKA_TOKEN or --token-file is safer',
  tokenFile: 'a file with the OAuth token; - reads it from standard input',
  apiUrl: 'another base address: https on a Metrica host, or http on loopback',
  caFile: 'a PEM file of certificate authorities to trust in addition to the usual ones',
  trustApiHost: 'also allow sending the token to this host, by https only',
  sandbox: 'use a local sandbox, started for this run; needs neither token nor counter',
  oauthUrl:
    'another address of the sign-in: oauth.yandex.ru or oauth.yandex.com by https, or this machine',
  clientId: 'the id of your application',
  code: 'the code of a sign-in that was begun without a terminal; - reads it from standard input',
  withToken: 'store a token that you have; it is read from standard input',
  replace: 'also replace the token of another account',
  browser: 'only show the address, and open no browser',
  comment: 'comment of the upload; with the mark at its end at most 255 characters',
  goalName: 'create a goal with this name if it does not exist (also --new-goal-name)',
  dryRun: 'do everything except send; show what would be sent',
  skipExisting: 'send nothing if the list of uploads cannot be read',
  again: 'also send files that this counter already has',
  yes: 'ask nothing, and send',
  splitById: 'make one upload for each identifier type that the file fills',
  partSize: 'send a larger file in parts of at most this size, e.g. 500MB',
  split: 'refuse a file that would have to be sent in parts',
  concurrency: 'how many files to send at once, 1 to 3',
  skipInvalid: 'send or write the records without errors, and leave the others out',
  maxInvalid:
    'with --skip-invalid: send nothing if more records than this have errors, for example 20 or 5%',
  allowEmpty: 'a file without calls, or a pattern that matches no file, is no error',
  rejects: 'keep what --skip-invalid leaves out, with the reasons, to be fixed and sent',
  timeout: 'seconds without progress after which a request is given up',
  retries: 'maximum retries of requests that are safe to repeat',
  mark: 'leave out the mark at the end of the comment; then nobody can know a sent file again',
  repeat: 'if it is unclear whether the file arrived, stop with exit 8 instead of resending',
  strict: 'count warnings as errors',
  convert: 'refuse a file that would have to be changed before sending',
  maxErrors: 'how many findings to list; counts are always complete',
  showValues: 'show full phone numbers and identifiers; a token is never shown',
  encoding:
    'override the detected encoding, for example windows-1251, koi8-r, cp866 or mac-cyrillic',
  delimiter: 'override the detected delimiter: comma, semicolon, tab or bar',
  records: 'the list of calls in JSON, by its keys: result.data; "." if each line is a call',
  sheet: 'the sheet of a workbook, by its name or number',
  html: 'write a page to look at and to send; - is standard output',
  report: 'write every finding to a CSV file, also those that are not listed',
  wait: 'wait until processing finishes',
  waitTimeout: 'how long to wait, e.g. 90s, 30m or 2h',
  pollInterval: 'the pause between two requests for the status',
  limit: 'how many uploads to show at most',
  port: 'the port to listen on; 0 takes a free one',
  stageTime: 'how long each status on the way lasts',
  format: 'how results are written',
  json: 'short for --format json',
  quiet: 'print only errors',
  verbose: 'print more detail, such as each request',
  color: 'no colours',
  progress: 'no spinner and no progress bar',
  project: "write the project's settings, and not your own",
  config: 'a settings file, in place of the .metrika-calls.json of the project',
  profile: 'the profile in the settings whose keys to use',
  lang: 'language of messages',
};

const groups = {
  conversion: 'Conversion:',
  records: 'Which records:',
  target: 'Target:',
  signIn: 'Sign-in:',
  sending: 'Sending:',
  check: 'Check:',
  waiting: 'Waiting:',
  sandbox: 'Sandbox:',
  settings: 'Settings:',
  output: 'Output:',
};

/** Translations of the placeholders in help. */
const placeholders: Readonly<Record<string, string>> = {};

/** Translations of the headings that commander writes. */
const headings: Readonly<Record<string, string>> = {};

const exitCodes = {
  0: 'done',
  1: 'internal error (a bug)',
  2: 'wrong usage or settings (unknown option, bad counter, no token)',
  3: 'the file does not pass validation, or cannot be read',
  4: 'not authorised (401, 403)',
  5: 'the service refused the request (other 4xx)',
  6: 'the service or network was unavailable or timed out (5xx, timeouts, quotas), after the retries',
  7: 'sent, now or in an earlier run, but not all of it counts: the service counts or accepts fewer lines than were sent, or lists the upload of this run twice, or processing ended in LINKAGE_FAILURE with dynamic calls in it, or did not end within --wait-timeout',
  8: 'sent, now or in an earlier run, but it is not known whether all of it arrived',
  130: 'interrupted',
};

/** The rules of settings files, for `help settings`. */
const settings = {
  '.metrika-calls.json':
    "the project's settings: the nearest file upwards from the working folder, not above your home folder or the root of the repository",
  '--config': "another file in place of the project's, as METRIKA_CONFIG",
  'settings.json':
    'your own settings, in $XDG_CONFIG_HOME/metrika-calls, ~/.config/metrika-calls or %APPDATA%\\metrika-calls',
  '--profile':
    'use the keys of this profile, which are stronger than those outside of profiles; as METRIKA_PROFILE',
  files:
    'the files of calls for upload and validate: names, patterns or addresses; {today}, {yesterday} and {yesterday:yyyyMMdd} are days',
  comment: 'the comment can have {file} and {profile}',
  profiles: 'an object with the names of profiles, each with the same keys',
  $schema: 'the JSON schema is in the package: schemas/settings.json',
};

/** The sentences below the table of `help settings`. */
const settingsNotes: readonly string[] = [
  'From the strongest to the weakest: option, variable, the keys of the profile, the file of the project, your own file, the stored token, default.',
  'The keys are the long names of options, for example "goalName". For --no-mark, write "mark": false. An option that can be repeated takes a list. A key of another command changes nothing. Paths are relative to the folder of the settings file. Comments are allowed.',
  'The file of a project must not have tokenFile, apiUrl, oauthUrl, clientId, trustApiHost, caFile, showValues, again or sandbox, and its paths must not lead out of its folder.',
];

const environment = {
  METRIKA_COUNTER: 'the counter, as --counter',
  METRIKA_TOKEN: 'the OAuth token',
  METRIKA_TOKEN_FILE: 'a file with the OAuth token, as --token-file',
  METRIKA_API_URL: 'another base address, as --api-url',
  METRIKA_OAUTH_URL: 'another address of the sign-in, as --oauth-url',
  METRIKA_CONFIG: 'a settings file in place of that of the project, as --config',
  METRIKA_PROFILE: 'the profile in the settings, as --profile',
  XDG_CONFIG_HOME: 'the folder that has the folder of your own settings; ~/.config by default',
  METRIKA_LANG: 'the language of messages and of the texts in JSON: en or ru, as --lang',
  LC_ALL: 'the language of messages where METRIKA_LANG is not set; then LC_MESSAGES, then LANG',
  NO_COLOR: 'no colours, when it is not empty',
  FORCE_COLOR: 'colours also where there is no terminal; 0 for none',
  GITHUB_WORKSPACE: 'base folder for paths in annotations, with --format github',
  GITHUB_STEP_SUMMARY: 'the file that gets a table of the outcome, with --format github',
  HTTPS_PROXY: 'the proxy',
  NO_PROXY: 'hosts that need no proxy',
  NODE_EXTRA_CA_CERTS: 'a file with more certificate authorities to trust',
  METRIKA_NO_CODE_CACHE: '1 keeps no compiled code of the program beside it',
  TMPDIR: 'the folder in which standard input is buffered during a run',
};

/** The rules for the values of a column, by kind of value. */
const columnRules = {
  'user-id': 'any text',
  'client-id': 'digits only, up to 20',
  yclid: 'digits only, up to 20',
  'date-time': 'whole seconds since 1970-01-01 UTC, not in the future',
  'static-flag': '1 static, 0 dynamic',
  'missed-flag': '1 missed, 0 answered',
  'first-time-flag': '1 first call, 0 repeated',
  price: 'decimal with a point',
  currency: 'three letters, ISO 4217',
  'phone-number': 'with country and area code, no spaces',
  'talk-duration': 'whole seconds, not negative',
  duration: 'whole seconds, not negative',
  'web-address': 'absolute http or https address',
  text: 'any text',
};

export const help = {
  commands,
  options,
  groups,
  placeholders,
  headings,
  exitCodes,
  environment,
  settings,
  settingsNotes,
  columnRules,
  program: 'Check CSV files of phone calls and upload them to Yandex Metrica.',
  usage: 'Usage: metrika-calls <command> [options]',
  aims: {
    check: 'check a file',
    convert: 'convert an export',
    send: 'send calls',
    look: 'see uploads and counters',
    account: 'sign in and out',
    keep: 'keep settings',
    complete: 'complete lines with TAB',
    practise: 'practise without an account',
  },
  try: 'Try first: metrika-calls upload --sandbox calls.csv',
  allCommands: 'What each command does: metrika-calls help',
  allOptions: 'All options of a command: metrika-calls help upload',
  showHelp: 'show this help',
  showVersion: 'show the version',
  helpCommand: 'show the help of a command, exit-codes, environment or settings',
  helpTopic: (topics: readonly string[]) =>
    `a command, ${topics.slice(0, -1).join(', ')} or ${topics.at(-1) ?? ''}`,
  helpGroup: 'Options:',
  default: (value: string) => `[default: ${value}]`,
  examples: 'Examples:',
  seeExitCodes: 'Exit codes:     metrika-calls help exit-codes',
  seeDocumentation: (address: string) => `Documentation:  ${address}`,
  seeProblems: (address: string) => `Problems:       ${address}`,
  tables: {
    command: 'command',
    summary: 'what it does',
    option: 'option',
    meaning: 'meaning',
    commands: 'commands',
    all: 'all',
    code: 'code',
    variable: 'variable',
    column: 'column',
    rule: 'must be',
    example: 'example',
  },
};
