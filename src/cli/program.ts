import { Command, CommanderError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { usageFailure } from '../failure.ts';
import { COMMANDS } from './command-words.ts';
import {
  attributeOf,
  COMMAND_NAMES,
  type CommandName,
  OPTIONS,
  type OptionSpec,
  optionsOf,
} from './options.ts';
import { quoted, RawOptions } from './raw-options.ts';

/** What a command line asks for. */
export type Request =
  | {
      readonly kind: 'run';
      readonly command: CommandName;
      readonly options: RawOptions;
      readonly operands: readonly string[];
    }
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'topic'; readonly topic: HelpTopic }
  /** Nothing was asked: the short usage is due, as an error. */
  | { readonly kind: 'nothing'; readonly text: string };

/** The tables that `help` prints beside the help of the commands. */
export const HELP_TOPICS = ['exit-codes', 'environment'] as const;

export type HelpTopic = (typeof HELP_TOPICS)[number];

/** Where documentation and problems have their place. */
export const HOMEPAGE: string = packageJson.homepage;
export const PROBLEMS_PAGE: string = packageJson.bugs.url;

export const VERSION: string = packageJson.version;

const WIDEST_HELP = 80;
const NARROWEST_HELP = 40;

/**
 * Reads a command line.
 *
 * @param argv the arguments after the program's name
 * @param columns the width to lay help out for, in characters
 * @throws Failure `usage` (exit 2) with what is wrong and, where there is one, the nearest name
 */
export function parseCommandLine(argv: readonly string[], columns: number): Request {
  if (argv.length === 0) return { kind: 'nothing', text: shortUsage() };
  const width = Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, columns));
  try {
    return parsedBy(partOfProgram(argv), argv, width);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  try {
    // What is wrong is for the whole program to say, which knows what else could be meant.
    return parsedBy(WHOLE_PROGRAM, argv, width);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.help') return { kind: 'nothing', text: shortUsage() };
    throw usageFailure('usage', usageMessage(error.message), usageHint(argv));
  }
}

/** What of the program a command line needs; commands and options that are not asked for take time. */
interface ProgramPart {
  readonly commands: readonly CommandName[];
  /** Whether options are known before the command as well. */
  readonly optionsFirst: boolean;
}

const WHOLE_PROGRAM: ProgramPart = { commands: COMMAND_NAMES, optionsFirst: true };

function partOfProgram(argv: readonly string[]): ProgramPart {
  const [first = ''] = argv;
  const named = COMMAND_NAMES.find((name) => name === first);
  if (named !== undefined) return { commands: [named], optionsFirst: false };
  const onlyHelp = argv.length === 1 && ['help', '-h', '--help'].includes(first);
  return { commands: COMMAND_NAMES, optionsFirst: !onlyHelp };
}

/** @throws CommanderError with what is wrong */
function parsedBy(part: ProgramPart, argv: readonly string[], width: number): Request {
  const printed: string[] = [];
  let request: Request | undefined;
  const program = buildProgram(
    part,
    argv,
    { width, print: (text) => printed.push(text) },
    (asked) => {
      request = asked;
    },
  );
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
  }
  return request ?? { kind: 'print', text: printed.join('') };
}

function shortUsage(): string {
  const width = Math.max(...COMMAND_NAMES.map((name) => name.length));
  const commands = COMMAND_NAMES.map(
    (name) => `  ${name.padEnd(width)}  ${COMMANDS[name].summary}`,
  );
  return [
    'Usage: metrika-calls <command> [options]',
    '',
    ...commands,
    '',
    'Try: metrika-calls upload --sandbox calls.csv',
    'All options: metrika-calls help upload',
  ].join('\n');
}

/** A mistyped option may carry a value that is nobody's business, such as a token. */
function usageMessage(message: string): string {
  const text = message
    .replace(/^error: /, '')
    .replace(/'([^']*)'/g, (whole, word: string) =>
      word.length > LONGEST_WORD ? shortened(word) : whole,
    )
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?)]$/.test(sentence) ? sentence : `${sentence}.`;
}

const LONGEST_WORD = 20;

function shortened(word: string): string {
  const option = /^--?[a-z-]{1,20}(?==)/.exec(word)?.[0];
  return `'${option ?? (word.startsWith('-') ? word.slice(0, 2) : `${word.slice(0, 3)}…`)}'`;
}

function usageHint(argv: readonly string[]): string {
  const command = argv.find((word): word is CommandName =>
    (COMMAND_NAMES as readonly string[]).includes(word),
  );
  return `See metrika-calls ${command === undefined ? '--help' : `${command} --help`}.`;
}

interface HelpSink {
  readonly width: number;
  readonly print: (text: string) => void;
}

function buildProgram(
  part: ProgramPart,
  argv: readonly string[],
  sink: HelpSink,
  ask: (request: Request) => void,
): Command {
  const program = new Command('metrika-calls');
  program
    .description('Check CSV files of phone calls and upload them to Yandex Metrica.')
    .exitOverride()
    .configureOutput({
      writeOut: sink.print,
      writeErr: () => undefined,
      getOutHelpWidth: () => sink.width,
      getErrHelpWidth: () => sink.width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ sortSubcommands: false })
    .addHelpOption(helpOption('Options:'))
    .helpCommand(false)
    .allowExcessArguments(false);

  // After a command it could be the value of an option, which only that command knows.
  if (part.commands.length > 1) program.version(VERSION, '-V, --version', 'show the version');
  // Every option is known at the top, hidden, so that it works before the command as well.
  if (part.optionsFirst) for (const spec of OPTIONS) addOption(program, spec, true);
  // A command that is not named has nothing to parse, and its options take time.
  for (const name of part.commands) addCommand(program, name, argv.includes(name), ask);
  addHelpCommand(program, ask);
  program.addHelpText('after', () => `\n${footer(['metrika-calls upload --sandbox calls.csv'])}`);
  return program;
}

function addCommand(
  program: Command,
  name: CommandName,
  named: boolean,
  ask: (request: Request) => void,
): void {
  const { summary, operands, operandHelp, examples } = COMMANDS[name];
  const command = program
    .command(`${name}${operands === '' ? '' : ` ${operands}`}`)
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .addHelpOption(helpOption('Output:'))
    .allowExcessArguments(false);
  const [operand] = command.registeredArguments;
  if (operand !== undefined) operand.description = operandHelp;
  if (!named) return;
  for (const spec of optionsOf(name)) addOption(command, spec, false);
  command.addHelpText('after', () => `\n${footer(examples)}`);
  command.action(() => {
    ask({
      kind: 'run',
      command: name,
      options: collectOptions(program, command, name),
      operands: command.args,
    });
  });
}

function helpOption(group: string): Option {
  return new Option('-h, --help', 'show this help').helpGroup(group);
}

function addOption(command: Command, spec: OptionSpec, hidden: boolean): void {
  const environment = spec.environment === undefined ? '' : ` [${spec.environment}]`;
  const option = new Option(spec.flags, spec.description + environment);
  if (spec.repeatable === true) {
    option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  }
  command.addOption(hidden ? option.hideHelp() : option.helpGroup(`${spec.group}:`));
  if (spec.alias !== undefined) command.addOption(new Option(spec.alias).hideHelp());
}

function addHelpCommand(program: Command, ask: (request: Request) => void): void {
  program
    .command('help')
    .argument('[topic]', `a command, ${HELP_TOPICS.join(' or ')}`)
    .summary('show the help of a command, exit-codes or environment')
    .allowExcessArguments(false)
    .action((topic: string | undefined) => {
      const helpTopic = HELP_TOPICS.find((known) => known === topic);
      if (helpTopic !== undefined) {
        ask({ kind: 'topic', topic: helpTopic });
        return;
      }
      const about =
        topic === undefined ? program : program.commands.find((known) => known.name() === topic);
      if (about === undefined) {
        throw usageFailure(
          'usage',
          `There is no help on ${quoted(topic ?? '')}.`,
          `Topics: ${[...COMMAND_NAMES, ...HELP_TOPICS].join(', ')}.`,
        );
      }
      about.outputHelp();
    });
}

/** The options that were written, wherever they stood; one that the command does not have is wrong. */
function collectOptions(program: Command, command: Command, name: CommandName): RawOptions {
  const own = optionsOf(name);
  const values = new Map<string, unknown>();
  for (const level of [program, command]) {
    for (const option of level.options) {
      const attribute = option.attributeName();
      if (level.getOptionValueSource(attribute) !== 'cli') continue;
      const spec = OPTIONS.find(({ flags, alias }) =>
        [flags, alias].some(
          (spelling) => spelling !== undefined && attributeOf(spelling) === attribute,
        ),
      );
      if (spec === undefined) continue;
      if (!own.includes(spec)) {
        const long = /--[a-z-]+/.exec(spec.flags)?.[0] ?? spec.flags;
        throw usageFailure(
          'usage',
          `The command ${name} has no option '${long}'.`,
          `See metrika-calls ${name} --help.`,
        );
      }
      values.set(longNameOf(spec.flags), level.getOptionValue(attribute));
    }
  }
  return new RawOptions(values);
}

function longNameOf(flags: string): string {
  return /--(?:no-)?([a-z-]+)/.exec(flags)?.[1] ?? flags;
}

function footer(examples: readonly string[]): string {
  return [
    'Examples:',
    ...examples.map((example) => `  $ ${example}`),
    '',
    'Exit codes:     metrika-calls help exit-codes',
    `Documentation:  ${HOMEPAGE}`,
    `Problems:       ${PROBLEMS_PAGE}`,
  ].join('\n');
}
