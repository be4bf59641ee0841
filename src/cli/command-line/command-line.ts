/** Reads a command line with commander: which command, with which options and operands. */
import {
  Command,
  CommanderError,
  type Help as HelpOfCommander,
  Option as CommanderOption,
} from 'commander';
import { Failure } from '../../failure.ts';
import { quotedWord } from '../../safe-text/quoted.ts';
import type { Words } from '../../words/en.ts';
import type { UsageProblem } from '../../words/en/failures.ts';
import { HOMEPAGE, PROBLEMS_PAGE, VERSION } from '../arguments/about.ts';
import { attributeOf, longFlag, type Option } from '../arguments/option.ts';
import { optionValues, type ParsedOptions } from '../arguments/option-values.ts';
import { OPTION_ROWS, type OptionName, OPTIONS } from '../arguments/options.ts';
import { COMMAND_NAMES, type CommandName, commandNamed, COMMANDS } from '../commands/index.ts';
import type { Environment } from '../io/io.ts';
import { HELP_TOPICS, type HelpTopic, twoColumns } from './help-topic.ts';

/** What a command line asks for. */
export type Request =
  | ({
      readonly kind: 'run';
      readonly command: CommandName;
      readonly operands: readonly string[];
    } & ParsedOptions)
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'topic'; readonly topic: HelpTopic }
  /** Nothing was asked: the short usage is due, as an error. */
  | { readonly kind: 'nothing'; readonly text: string };

const WIDEST_HELP = 80;
const NARROWEST_HELP = 40;

/**
 * Reads a command line.
 *
 * @param run the arguments after the program's name, the variables that stand in for options that are not given,
 *   and the language of help
 * @param columns the width to lay help out for, in characters
 * @throws Failure `usage` (exit 2) with what is wrong and, where there is one, the nearest name;
 *   `setting-invalid` (exit 2)
 */
export function parseCommandLine(
  run: {
    readonly arguments: readonly string[];
    readonly environment: Environment;
    readonly words: Words;
  },
  columns: number,
): Request {
  const { arguments: argv, environment } = run;
  const { help } = run.words;
  const width = Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, columns));
  if (argv.length === 0) return { kind: 'nothing', text: shortUsage(help, width) };
  const line = { argv, environment, width, help };
  try {
    return parsedBy(partOfProgram(argv), line);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  try {
    // What is wrong is for the whole program to say, which knows what else could be meant.
    return parsedBy(WHOLE_PROGRAM, line);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.help') return { kind: 'nothing', text: shortUsage(help, width) };
    throw usage(
      problemOf(error),
      argv.map(commandNamed).find((name) => name !== undefined),
    );
  }
}

interface Line {
  readonly argv: readonly string[];
  readonly environment: Environment;
  readonly width: number;
  /** The words of the help. */
  readonly help: Help;
}

type Help = Words['help'];

/** What of the program a command line needs; commands and options that are not asked for take time. */
interface ProgramPart {
  readonly commands: readonly CommandName[];
  /** Whether options are known before the command as well. */
  readonly optionsFirst: boolean;
}

const WHOLE_PROGRAM: ProgramPart = { commands: COMMAND_NAMES, optionsFirst: true };

function partOfProgram(argv: readonly string[]): ProgramPart {
  const [first = ''] = argv;
  const named = commandNamed(first);
  if (named !== undefined) return { commands: [named], optionsFirst: false };
  const onlyHelp = argv.length === 1 && ['help', '-h', '--help'].includes(first);
  return { commands: COMMAND_NAMES, optionsFirst: !onlyHelp };
}

/** @throws CommanderError with what is wrong */
function parsedBy(part: ProgramPart, line: Line): Request {
  const printed: string[] = [];
  const asked: { request: Request | undefined } = { request: undefined };
  const program = buildProgram(part, line, (text) => printed.push(text), asked);
  try {
    program.parse([...line.argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
  }
  return asked.request ?? { kind: 'print', text: printed.join('') };
}

/** What somebody wants, in the order of the work, with the commands for it. */
const AIMS = {
  check: ['validate', 'inspect', 'explain'],
  convert: ['init', 'convert'],
  send: ['upload'],
  look: ['status', 'list'],
  practise: ['sandbox'],
} as const satisfies Readonly<Record<string, readonly CommandName[]>>;

/** Without a command: what there is, by aims, and what to run first. It fits a small window. */
function shortUsage(help: Help, width: number): string {
  const aims = Object.entries(AIMS).map(
    ([aim, names]) => [help.aims[aim as keyof typeof AIMS], names] as const,
  );
  const widest = Math.max(...aims.map(([aim]) => aim.length));
  const rows = aims.flatMap(([aim, names]) =>
    names.map((name, at) => {
      const head = `${(at === 0 ? aim : '').padEnd(widest)}  ${name}`;
      // The first part of a summary says what it is for.
      const [purpose = ''] = help.commands[name].summary.split(/[;:,]/, 1);
      return [head, purpose] as const;
    }),
  );
  return [help.usage, '', ...twoColumns(rows, width, 2), '', help.try, help.allOptions].join('\n');
}

function usage(problem: UsageProblem, command: CommandName | undefined): Failure {
  const example = command === undefined ? undefined : COMMANDS[command].examples[0];
  return new Failure('usage', { problem, command, example });
}

/** What commander found wrong, out of its English message. */
function problemOf({ code, message }: CommanderError): UsageProblem {
  const [, word = ''] = /'([^']*)'/.exec(message) ?? [];
  const near = /Did you mean (?:one of )?([\w-]+)/.exec(message)?.[1];
  switch (code) {
    case 'commander.unknownCommand':
      return { kind: 'unknown-command', word: quotedWord(word), near };
    case 'commander.optionMissingArgument':
      return { kind: 'no-value', option: longFlag(word) };
    case 'commander.missingArgument':
      return { kind: 'no-operand', operand: word };
    case 'commander.excessArguments': {
      const [, expected = '0', got = '0'] = /Expected (\d+)\D+(\d+)/i.exec(message) ?? [];
      return { kind: 'too-many-operands', expected: Number(expected), got: Number(got) };
    }
    default:
      return { kind: 'unknown-option', word: quotedWord(word), near };
  }
}

function buildProgram(
  part: ProgramPart,
  line: Line,
  print: (text: string) => void,
  asked: { request: Request | undefined },
): Command {
  const { help } = line;
  const program = new Command('metrika-calls');
  program
    .description(help.program)
    .exitOverride()
    .configureOutput({
      writeOut: print,
      writeErr: () => undefined,
      getOutHelpWidth: () => line.width,
      getErrHelpWidth: () => line.width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .usage(`[${placeholder('options', help)}] [${placeholder('command', help)}]`)
    .configureHelp({
      sortSubcommands: false,
      styleTitle: (title) => help.headings[title] ?? title,
      formatItem: helpItem,
    })
    .addHelpOption(helpOption(help.helpGroup, help))
    .helpCommand(false)
    .allowExcessArguments(false);

  // After a command it could be the value of an option, which only that command knows.
  if (part.commands.length > 1) program.version(VERSION, '-V, --version', help.showVersion);
  // Every option is known at the top, hidden, so that it works before the command as well.
  if (part.optionsFirst) for (const [name] of OPTION_ROWS) addOption(program, name, true, help);
  for (const name of part.commands) addCommand(program, name, line, asked);
  addHelpCommand(program, asked, help);
  program.addHelpText(
    'after',
    () => `\n${footer(['metrika-calls upload --sandbox calls.csv'], help)}`,
  );
  return program;
}

function addCommand(
  program: Command,
  name: CommandName,
  { argv, environment, help }: Line,
  asked: { request: Request | undefined },
): void {
  const { operands, options, examples } = COMMANDS[name];
  const { summary, operand } = help.commands[name];
  const command = program
    .command(`${name}${operands === '' ? '' : ` ${withPlaceholders(operands, help)}`}`)
    .usage(`[${placeholder('options', help)}] ${withPlaceholders(operands, help)}`.trim())
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .addHelpOption(helpOption(help.groups.output, help))
    .allowExcessArguments(false);
  const [registered] = command.registeredArguments;
  if (registered !== undefined) registered.description = operand;
  // A command that is not named has nothing to parse, and its options take time.
  if (!argv.includes(name)) return;
  const own: readonly OptionName[] = options;
  for (const [option, row] of OPTION_ROWS) {
    if (own.includes(option)) addOption(command, option, row.isHidden === true, help);
  }
  command.addHelpText('after', () => `\n${footer(examples, help)}`);
  command.action(() => {
    const given = optionValues(writtenOptions(program, command, name), own, environment);
    asked.request = { kind: 'run', command: name, operands: command.args, ...given };
  });
}

/** A row of the help, in the columns of all rows. */
function helpItem(head: string, headWidth: number, text: string, help: HelpOfCommander): string {
  const width = help.helpWidth ?? WIDEST_HELP;
  if (text === '') return `  ${head}`;
  return twoColumns([[head.padEnd(headWidth), text]], width, 2).join('\n');
}

function helpOption(group: string, help: Help): CommanderOption {
  return new CommanderOption('-h, --help', help.showHelp).helpGroup(group);
}

function addOption(command: Command, name: OptionName, isHidden: boolean, help: Help): void {
  const row: Option<unknown> = OPTIONS[name];
  const described = [
    help.options[name],
    ...(row.default === undefined ? [] : [help.default(row.default)]),
    ...(row.environment === undefined ? [] : [`[${row.environment}]`]),
  ].join(' ');
  const option = new CommanderOption(withPlaceholders(row.flags, help), described);
  if (row.kind === 'list') {
    option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  }
  command.addOption(isHidden ? option.hideHelp() : option.helpGroup(help.groups[row.group]));
  if (row.alias !== undefined) command.addOption(new CommanderOption(row.alias).hideHelp());
}

function addHelpCommand(
  program: Command,
  asked: { request: Request | undefined },
  help: Help,
): void {
  program
    .command('help')
    .argument(`[${placeholder('topic', help)}]`, help.helpTopic(HELP_TOPICS))
    .summary(help.helpCommand)
    .allowExcessArguments(false)
    .action((word: string | undefined) => {
      const topic = HELP_TOPICS.find((known) => known === word);
      if (topic !== undefined) {
        asked.request = { kind: 'topic', topic };
        return;
      }
      const about =
        word === undefined ? program : program.commands.find((known) => known.name() === word);
      if (about === undefined) {
        const topics = [...COMMAND_NAMES, ...HELP_TOPICS];
        const problem = { kind: 'no-such-topic', word: quotedWord(word ?? ''), topics } as const;
        throw usage(problem, undefined);
      }
      about.outputHelp();
    });
}

/** The options that were written, wherever they stood; one that the command does not have is wrong. */
function writtenOptions(
  program: Command,
  command: Command,
  name: CommandName,
): ReadonlyMap<OptionName, unknown> {
  const own: readonly OptionName[] = COMMANDS[name].options;
  const written = new Map<OptionName, unknown>();
  for (const level of [program, command]) {
    for (const option of level.options) {
      const attribute = option.attributeName();
      if (level.getOptionValueSource(attribute) !== 'cli') continue;
      const found = OPTION_ROWS.find(([, { flags, alias }]) =>
        [flags, alias].some(
          (spelling) => spelling !== undefined && attributeOf(spelling) === attribute,
        ),
      );
      if (found === undefined) continue;
      const [optionName, row] = found;
      if (!own.includes(optionName)) {
        throw usage({ kind: 'not-of-command', option: longFlag(row.flags) }, name);
      }
      written.set(optionName, level.getOptionValue(attribute));
    }
  }
  return written;
}

/** The flags or operands of a row with the placeholders of the language. */
function withPlaceholders(text: string, help: Help): string {
  return text.replace(
    /([<[])([^<>[\]]+)(?=[>\]])/g,
    (_, bracket: string, name: string) => bracket + placeholder(name, help),
  );
}

function placeholder(name: string, help: Help): string {
  return help.placeholders[name] ?? name;
}

function footer(examples: readonly string[], help: Help): string {
  return [
    help.examples,
    ...examples.map((example) => `  $ ${example}`),
    '',
    help.seeExitCodes,
    help.seeDocumentation(HOMEPAGE),
    help.seeProblems(PROBLEMS_PAGE),
  ].join('\n');
}
