/** The commands of the program. */
export const COMMAND_NAMES = [
  'upload',
  'validate',
  'convert',
  'inspect',
  'explain',
  'status',
  'list',
  'sandbox',
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];

/** One option of the command line: the parser, the help and the README are made from it. */
export interface OptionSpec {
  readonly flags: string;
  readonly description: string;
  /** The environment variable that stands for it. */
  readonly environment?: string;
  readonly commands: readonly CommandName[];
  /** Another spelling, taken and not shown in a line of its own. */
  readonly alias?: string;
  /** Whether it may be given several times. */
  readonly repeatable?: boolean;
  readonly group: 'Conversion' | 'Target' | 'Check' | 'Sending' | 'Waiting' | 'Output' | 'Sandbox';
}

const ALL = COMMAND_NAMES;
const REMOTE = ['upload', 'status', 'list'] as const;
const SENDING_CHECKS = ['upload', 'validate'] as const;
const CHECKING = ['upload', 'validate', 'convert'] as const;
const READING = ['upload', 'validate', 'convert', 'inspect'] as const;

export const OPTIONS: readonly OptionSpec[] = [
  {
    flags: '-o, --output <file>',
    description: 'write the calls to a file instead of standard output',
    commands: ['convert'],
    group: 'Conversion',
  },
  {
    flags: '--preset <system>',
    description:
      'freepbx, asterisk, mango, megafon, ringostat, didww, calltouch or roistat; see docs/presets.md',
    commands: ['convert'],
    group: 'Conversion',
  },
  {
    flags: '--map <column=name>',
    description: 'which column becomes which, as in "Call date=DateTime"; repeatable',
    repeatable: true,
    commands: ['convert'],
    group: 'Conversion',
  },
  {
    flags: '--mapping <file>',
    description: 'a saved recipe in JSON, which options overrule',
    commands: ['convert'],
    group: 'Conversion',
  },
  {
    flags: '--set <name=value>',
    description: 'a value for every call, as in Currency=RUB; repeatable',
    repeatable: true,
    commands: ['convert'],
    group: 'Conversion',
  },
  {
    flags: '--columns <names>',
    description: 'the columns of an export without a header, with commas between them',
    commands: ['convert'],
    group: 'Conversion',
  },
  {
    flags: '--timezone <zone>',
    description: 'the zone of written dates and of hours, as in Europe/Moscow',
    commands: ['convert', 'inspect'],
    group: 'Conversion',
  },
  {
    flags: '--date-format <format>',
    description: 'the order in dates that could be read in several, as in dd/mm/yyyy',
    commands: ['convert'],
    group: 'Conversion',
  },
  {
    flags: '--default-region <code>',
    description: 'the country of phone numbers that are written nationally, as in RU',
    commands: ['convert'],
    group: 'Conversion',
  },
  {
    flags: '--join <file>',
    description: 'a file with PhoneNumber and identifiers, to give the calls their visitors',
    commands: ['convert'],
    group: 'Conversion',
  },
  {
    flags: '--join-on <name>',
    description: 'what to join by: PhoneNumber, which is the default',
    commands: ['convert'],
    group: 'Conversion',
  },
  {
    flags: '--preview',
    description: 'show the first calls before and after, and write nothing',
    commands: ['convert'],
    group: 'Conversion',
  },
  {
    flags: '-c, --counter <id>',
    description: 'the counter, as in 2215573',
    environment: 'METRIKA_COUNTER',
    commands: REMOTE,
    group: 'Target',
  },
  {
    flags: '--token <token>',
    description:
      'OAuth token; others on this machine can see it in the list of processes, so METRIKA_TOKEN or --token-file is safer',
    environment: 'METRIKA_TOKEN',
    commands: REMOTE,
    group: 'Target',
  },
  {
    flags: '--token-file <path>',
    description: 'a file with the OAuth token; - reads it from standard input',
    environment: 'METRIKA_TOKEN_FILE',
    commands: REMOTE,
    group: 'Target',
  },
  {
    flags: '--api-url <url>',
    description: 'another base address: https on a host of Metrica, or http on loopback',
    environment: 'METRIKA_API_URL',
    commands: REMOTE,
    group: 'Target',
  },
  {
    flags: '--ca-file <file>',
    description: 'a file of certificate authorities to trust beside the usual ones, in PEM',
    commands: REMOTE,
    group: 'Target',
  },
  {
    flags: '--trust-api-host <host>',
    description: 'let the token go to this other host as well, by https only',
    commands: REMOTE,
    group: 'Target',
  },
  {
    flags: '--sandbox',
    description: 'use a local sandbox, started for this run; needs neither token nor counter',
    commands: REMOTE,
    group: 'Target',
  },
  {
    flags: '-m, --comment <text>',
    description: 'comment of the uploading, at most 255 characters',
    commands: ['upload'],
    group: 'Sending',
  },
  {
    flags: '-g, --goal-name <name>',
    alias: '--new-goal-name <name>',
    description: 'goal to make for the calls if there is none (also --new-goal-name)',
    commands: ['upload'],
    group: 'Sending',
  },
  {
    flags: '--dry-run',
    description: 'everything short of sending, with the same settings: shows what would be sent',
    commands: ['upload'],
    group: 'Sending',
  },
  {
    flags: '--skip-existing',
    description: 'do not send a file whose content this counter has already; marks the comment',
    commands: ['upload'],
    group: 'Sending',
  },
  {
    flags: '--split-by-id',
    description: 'one uploading for each identifier type that the file fills',
    commands: ['upload'],
    group: 'Sending',
  },
  {
    flags: '--part-size <size>',
    description: 'send a larger file in parts of at most this size, as in 500MB (default 1 GB)',
    commands: ['upload'],
    group: 'Sending',
  },
  {
    flags: '--no-split',
    description: 'refuse a file that would have to go in parts',
    commands: ['upload'],
    group: 'Sending',
  },
  {
    flags: '--concurrency <n>',
    description: 'how many files to send at once, 1 to 3 (default 1)',
    commands: ['upload'],
    group: 'Sending',
  },
  {
    flags: '--skip-invalid',
    description: 'send the records without errors, and leave the others out',
    commands: ['upload'],
    group: 'Sending',
  },
  {
    flags: '--rejects <file>',
    description: 'keep what --skip-invalid leaves out, with the reasons, to be mended and sent',
    commands: ['upload'],
    group: 'Sending',
  },
  {
    flags: '--timeout <s>',
    description: 'seconds without progress after which a request is given up (default 60)',
    commands: REMOTE,
    group: 'Sending',
  },
  {
    flags: '--retries <n>',
    description: 'how often to repeat what can be repeated safely (default 5)',
    commands: REMOTE,
    group: 'Sending',
  },
  {
    flags: '--no-repeat',
    description: 'do not send a file again whose arrival is in doubt; exit 8 instead',
    commands: ['upload'],
    group: 'Sending',
  },
  {
    flags: '--strict',
    description: 'let warnings stop the file as errors do',
    commands: CHECKING,
    group: 'Check',
  },
  {
    flags: '--no-convert',
    description: 'refuse a file that would have to be changed on the way',
    commands: SENDING_CHECKS,
    group: 'Check',
  },
  {
    flags: '--max-errors <n>',
    description: 'how many findings to list; counts are always complete (default 20)',
    commands: CHECKING,
    group: 'Check',
  },
  {
    flags: '--show-values',
    description: 'show phone numbers and identifiers whole; a token is never shown',
    commands: CHECKING,
    group: 'Check',
  },
  {
    flags: '--encoding <name>',
    description: 'utf-8, utf-16le, utf-16be or windows-1251, when the guess is wrong',
    commands: READING,
    group: 'Check',
  },
  {
    flags: '--delimiter <name>',
    description: 'comma, semicolon, tab or bar, when the guess is wrong',
    commands: READING,
    group: 'Check',
  },
  {
    flags: '--report <file>',
    description: 'write every finding to a CSV file, also those that are not listed',
    commands: CHECKING,
    group: 'Check',
  },
  {
    flags: '--wait',
    description: 'go on until the service is done with the uploading',
    commands: ['upload', 'status'],
    group: 'Waiting',
  },
  {
    flags: '--wait-timeout <time>',
    description: 'how long to wait, as in 90s, 30m or 2h (default 2h)',
    commands: ['upload', 'status'],
    group: 'Waiting',
  },
  {
    flags: '--poll-interval <time>',
    description: 'how long to pause between two looks (default 30s)',
    commands: ['upload', 'status'],
    group: 'Waiting',
  },
  {
    flags: '--limit <n>',
    description: 'how many uploadings to show at most (default 20)',
    commands: ['list'],
    group: 'Target',
  },
  {
    flags: '--port <n>',
    description: 'the port to listen on; 0 takes a free one (default 8080)',
    commands: ['sandbox'],
    group: 'Sandbox',
  },
  {
    flags: '--stage-time <time>',
    description: 'how long each status on the way lasts (default 5s)',
    commands: ['sandbox'],
    group: 'Sandbox',
  },
  {
    flags: '--format <name>',
    description: 'text, json or github, which makes annotations (default text)',
    commands: ALL,
    group: 'Output',
  },
  { flags: '--json', description: 'short for --format json', commands: ALL, group: 'Output' },
  {
    flags: '-q, --quiet',
    description: 'say nothing unless something is wrong',
    commands: ALL,
    group: 'Output',
  },
  {
    flags: '-v, --verbose',
    description: 'show more of what is done, such as each request',
    commands: ALL,
    group: 'Output',
  },
  {
    flags: '--no-color',
    description: 'no colours',
    environment: 'NO_COLOR',
    commands: ALL,
    group: 'Output',
  },
  {
    flags: '--no-progress',
    description: 'no spinner and no progress bar',
    commands: ALL,
    group: 'Output',
  },
];

/** The options of one command, in the order of the help. */
export function optionsOf(command: CommandName): OptionSpec[] {
  return OPTIONS.filter(({ commands }) => commands.includes(command));
}

/** The name under which the parser keeps an option's value: `--goal-name <name>` is `goalName`. */
export function attributeOf(flags: string): string {
  const long = /--(?:no-)?([a-z-]+)/.exec(flags)?.[1] ?? '';
  return long.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** An environment variable that the program reads. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly meaning: string;
}

/** All environment variables that the program heeds, for `help environment` and the README. */
export const ENVIRONMENT: readonly EnvironmentVariable[] = [
  { name: 'METRIKA_COUNTER', meaning: 'the counter, as --counter' },
  { name: 'METRIKA_TOKEN', meaning: 'the OAuth token' },
  { name: 'METRIKA_TOKEN_FILE', meaning: 'a file with the OAuth token, as --token-file' },
  { name: 'METRIKA_API_URL', meaning: 'another base address, as --api-url' },
  { name: 'NO_COLOR', meaning: 'no colours, when it is not empty' },
  { name: 'FORCE_COLOR', meaning: 'colours also where there is no terminal; 0 for none' },
  {
    name: 'GITHUB_WORKSPACE',
    meaning: 'the folder that paths of annotations are told from, under --format github',
  },
  {
    name: 'GITHUB_STEP_SUMMARY',
    meaning: 'the file that gets a table of the outcome, under --format github',
  },
  { name: 'HTTPS_PROXY, HTTP_PROXY', meaning: 'the proxy for https and http' },
  { name: 'NO_PROXY', meaning: 'hosts that need no proxy' },
  { name: 'NODE_EXTRA_CA_CERTS', meaning: 'a file with more certificate authorities to trust' },
  { name: 'TMPDIR', meaning: 'the folder in which standard input is kept during a run' },
];
