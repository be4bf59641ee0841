/** Parses a command line with commander: the command, its options and its operands. */
import { type Command, CommanderError } from 'commander';
import type { Words } from '../../words/en.ts';
import { attributeOf, longFlag } from '../arguments/option.ts';
import { OPTION_ROWS, type OptionName } from '../arguments/options.ts';
import { COMMAND_NAMES, type CommandName, commandNamed, COMMANDS } from '../commands/index.ts';
import type { HelpTopic } from './help-topic.ts';
import { buildProgram, NARROWEST_HELP, type ProgramPart, WIDEST_HELP } from './program.ts';
import { shortUsage } from './short-usage.ts';
import { usageFailure, usageProblem } from './usage-failure.ts';

/** The request to run a command. */
export interface RunRequest {
  readonly kind: 'run';
  readonly command: CommandName;
  readonly operands: readonly string[];
  /** The options on the command line, by name; the value of a flag is a boolean. */
  readonly written: ReadonlyMap<OptionName, unknown>;
}

/** The request of a command line: a command to run, a text to print, or a help topic. */
export type Request =
  | RunRequest
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'topic'; readonly topic: HelpTopic }
  | { readonly kind: 'version' }
  /** The command line has no command. `text` is the short usage, printed as an error. */
  | { readonly kind: 'nothing'; readonly text: string };

/**
 * Parses a command line.
 *
 * @param run the arguments after the program's name, and the language of help
 * @param columns the width of help, in characters
 * @throws Failure `usage` (exit 2) with the problem, and with a similar name if there is one
 */
export function parseCommandLine(
  run: {
    readonly arguments: readonly string[];
    readonly words: Words;
  },
  columns: number,
): Request {
  const { arguments: argv } = run;
  const { help } = run.words;
  const width = Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, columns));
  if (argv.length === 0) return { kind: 'nothing', text: shortUsage(help, width) };
  const line = { argv, width, help };
  try {
    return parsedBy(partOfProgram(argv), line);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  try {
    // To suggest the nearest name, commander needs all commands and options of the program.
    return parsedBy(WHOLE_PROGRAM, line);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.help') return { kind: 'nothing', text: shortUsage(help, width) };
    throw usageFailure(usageProblem(error), commandIn(argv));
  }
}

/**
 * Returns the command of a command line that commander refused. The first word that is no option and
 * no value of an option is the command, whatever follows it.
 *
 * @returns `undefined` if that word is no command; then the failure is about the program
 */
function commandIn(argv: readonly string[]): CommandName | undefined {
  const at = argv.findIndex(
    (word, index) => !isOption(word) && !(index > 0 && needsValue(argv[index - 1] ?? '')),
  );
  return commandNamed(argv[at]);
}

function isOption(word: string): boolean {
  return word.startsWith('-') && word !== '-';
}

/** Whether the value of this option is the next word. */
function needsValue(word: string): boolean {
  return OPTION_ROWS.some(
    ([, { flags, alias = '', kind }]) =>
      (kind === 'value' || kind === 'list') &&
      [...flags.split(/[ ,]+/), alias.split(' ', 1)[0]].includes(word),
  );
}

interface Line {
  readonly argv: readonly string[];
  readonly width: number;
  readonly help: Words['help'];
}

const WHOLE_PROGRAM: ProgramPart = { commands: COMMAND_NAMES, optionsFirst: true };

function partOfProgram(argv: readonly string[]): ProgramPart {
  const [first = ''] = argv;
  const named = commandNamed(first);
  if (named !== undefined) return { commands: [named], optionsFirst: false };
  const onlyHelp = argv.length === 1 && ['help', '-h', '--help'].includes(first);
  return { commands: COMMAND_NAMES, optionsFirst: !onlyHelp };
}

/**
 * Parses a command line with a program that has only the given part.
 *
 * @throws CommanderError if the command line cannot be parsed
 */
function parsedBy(part: ProgramPart, { argv, width, help }: Line): Request {
  const printed: string[] = [];
  const asked: { request: Request | undefined } = { request: undefined };
  const program = buildProgram(part, {
    argv,
    width,
    help,
    print: (text) => printed.push(text),
    onCommand: (name, command) => {
      const written = writtenOptions(program, command, name);
      asked.request = { kind: 'run', command: name, operands: command.args, written };
    },
    onTopic: (topic) => {
      asked.request = { kind: 'topic', topic };
    },
  });
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
    if (error.code === 'commander.version') return { kind: 'version' };
  }
  return asked.request ?? { kind: 'print', text: printed.join('') };
}

/**
 * Returns the options on the command line, both before and after the command.
 *
 * @throws Failure `usage` (exit 2) for an option that the command does not have
 */
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
        throw usageFailure({ kind: 'not-of-command', option: longFlag(row.flags) }, name);
      }
      written.set(optionName, level.getOptionValue(attribute));
    }
  }
  return written;
}
