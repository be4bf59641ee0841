/** Builds the commander program: its commands, options and help. */
import { Command, type Help as HelpOfCommander, Option as CommanderOption } from 'commander';
import { quotedWord } from '../../safe-text/quoted.ts';
import type { Words } from '../../words/en.ts';
import { ownValue } from '../../words/own-value.ts';
import { HOMEPAGE, PROBLEMS_PAGE, VERSION } from '../arguments/about.ts';
import { FILES_OF_CALLS } from '../arguments/command.ts';
import { describedBy, type Option } from '../arguments/option.ts';
import { OPTION_ROWS, type OptionName, OPTIONS } from '../arguments/options.ts';
import { COMMAND_NAMES, type CommandName, commandNamed, COMMANDS } from '../commands/index.ts';
import { HELP_TOPICS, type HelpTopic, twoColumns } from './help-topic.ts';
import { usageFailure } from './usage-failure.ts';

/** The widest layout of help, in characters. */
export const WIDEST_HELP = 80;
/** The narrowest layout of help, in characters. */
export const NARROWEST_HELP = 40;

type Help = Words['help'];

/** The part of the program that a command line needs. The rest is not built, which saves time. */
export interface ProgramPart {
  readonly commands: readonly CommandName[];
  /** Whether options may also come before the command. */
  readonly optionsFirst: boolean;
}

/** The command line that a program is built for, and the callbacks for its requests. */
interface ProgramContext {
  readonly argv: readonly string[];
  /** The width of help, in characters. */
  readonly width: number;
  readonly help: Help;
  readonly print: (text: string) => void;
  readonly onCommand: (name: CommandName, command: Command) => void;
  readonly onTopic: (topic: HelpTopic) => void;
}

/** Builds the commander program for one command line. */
export function buildProgram(part: ProgramPart, context: ProgramContext): Command {
  const { help, width, print } = context;
  const program = new Command('metrika-calls');
  program
    .description(help.program)
    .exitOverride()
    .configureOutput({
      writeOut: print,
      writeErr: () => undefined,
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .usage(`[${placeholder('options', help)}] [${placeholder('command', help)}]`)
    .configureHelp({
      sortSubcommands: false,
      styleTitle: (title) => ownValue(help.headings, title) ?? title,
      formatItem: helpItem,
      subcommandTerm: (command) => subcommandTerm(command.name(), help),
    })
    .addHelpOption(helpOption(help.helpGroup, help))
    .helpCommand(false)
    .allowExcessArguments(false);

  // If only one command is built, the command line begins with that command. Then `-V` can be the
  // value of one of its options. So `-V` is defined here only if several commands are built.
  if (part.commands.length > 1) program.version(VERSION, '-V, --version', help.showVersion);
  // So that options may come before the command, the program gets the options of all commands. The
  // help of the program does not show these options.
  if (part.optionsFirst) for (const [name] of OPTION_ROWS) addOption(program, name, true, help);
  for (const name of part.commands) addCommand(program, name, context);
  addHelpCommand(program, context);
  program.addHelpText(
    'after',
    () => `\n${footer(['metrika-calls upload --sandbox calls.csv'], help)}`,
  );
  return program;
}

function addCommand(
  program: Command,
  name: CommandName,
  { argv, help, onCommand }: ProgramContext,
): void {
  const { operands, options, examples } = COMMANDS[name];
  const { summary, operand } = help.commands[name];
  const command = program
    .command(`${name} ${withPlaceholders(registeredAs(operands), help)}`.trim())
    .usage(`[${placeholder('options', help)}] ${withPlaceholders(operands, help)}`.trim())
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .addHelpOption(helpOption(help.groups.output, help))
    .allowExcessArguments(false);
  const [registered] = command.registeredArguments;
  if (registered !== undefined) registered.description = operand;
  // If the command is not on the command line, its options are not needed. Adding them would take
  // time.
  if (!argv.includes(name)) return;
  const own: readonly OptionName[] = options;
  for (const [option, row] of OPTION_ROWS) {
    if (own.includes(option)) addOption(command, option, row.isHidden === true, help);
  }
  command.addHelpText('after', () => `\n${footer(examples, help)}`);
  command.action(() => {
    onCommand(name, command);
  });
}

/** Returns the name of a command with its first operand, for the list of all commands. */
function subcommandTerm(name: string, help: Help): string {
  const known = commandNamed(name);
  const operands = known === undefined ? '[topic]' : COMMANDS[known].operands;
  const [first = ''] = operands.split(' ');
  return `${name} ${withPlaceholders(first, help)}`.trim();
}

/**
 * Returns the operands as commander takes them. A setting can name the files of calls, so commander
 * must not refuse a command line without files.
 */
function registeredAs(operands: string): string {
  return operands === FILES_OF_CALLS ? operands.replace('<', '[').replace('>', ']') : operands;
}

/** Lays out one row of the help. */
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
  const option = new CommanderOption(withPlaceholders(row.flags, help), textOf(name, help));
  if (row.kind === 'list') {
    option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  }
  command.addOption(isHidden ? option.hideHelp() : option.helpGroup(help.groups[row.group]));
  if (row.alias !== undefined) command.addOption(new CommanderOption(row.alias).hideHelp());
}

/** Returns the text of an option in help: its sentence, its default and its variable. */
export function textOf(name: OptionName, help: Help): string {
  const row: Option<unknown> = OPTIONS[name];
  return [
    describedBy(help.options[name], row),
    ...(row.default === undefined ? [] : [help.default(row.default)]),
    ...(row.environment === undefined ? [] : [`[${row.environment}]`]),
  ].join(' ');
}

function addHelpCommand(program: Command, { help, onTopic }: ProgramContext): void {
  program
    .command('help')
    .argument(`[${placeholder('topic', help)}]`, help.helpTopic(HELP_TOPICS))
    .summary(help.helpCommand)
    .allowExcessArguments(false)
    .action((word: string | undefined) => {
      const topic = HELP_TOPICS.find((known) => known === word);
      if (topic !== undefined) {
        onTopic(topic);
        return;
      }
      const about =
        word === undefined ? program : program.commands.find((known) => known.name() === word);
      if (about === undefined) {
        const topics = [...COMMAND_NAMES, ...HELP_TOPICS];
        const problem = { kind: 'no-such-topic', word: quotedWord(word ?? ''), topics } as const;
        throw usageFailure(problem, undefined);
      }
      about.outputHelp();
    });
}

/** Translates the placeholders in flags or operands. */
export function withPlaceholders(text: string, help: Help): string {
  return text.replace(
    /([<[])([^<>[\]]+)(?=[>\]])/g,
    (_, bracket: string, name: string) => bracket + placeholder(name, help),
  );
}

function placeholder(name: string, help: Help): string {
  return ownValue(help.placeholders, name) ?? name;
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
