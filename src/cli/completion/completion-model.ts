/** Collects what the completion scripts know: commands, options and lists of values. */
import type { Words } from '../../words/en.ts';
import { ownValue } from '../../words/own-value.ts';
import type { CommandDefinition, CommandLineWords } from '../arguments/command.ts';
import { longFlag, type Option } from '../arguments/option.ts';
import { OPTION_ROWS } from '../arguments/options.ts';
import { valuesIn } from './value-lists.ts';

/** A command, as the scripts know it. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  /** The long flags of its options. */
  readonly flags: readonly string[];
  /** What each operand is: the name of a list, `files`, `profiles` or `anything`. */
  readonly operands: readonly string[];
  /** Whether the last operand may be repeated. */
  readonly isRepeated: boolean;
}

/** An option, as the scripts know it. */
export interface CompletedOption {
  /** The long flag. */
  readonly flag: string;
  /** All spellings of the flag, the long one included. */
  readonly spellings: readonly string[];
  /**
   * What its value is: the name of a list, `files`, `counters`, `profiles` or `anything`; an empty
   * string if the option has no value.
   */
  readonly value: string;
  readonly isRepeatable: boolean;
  readonly description: string;
}

/** What all completion scripts are made from. */
export interface CompletionModel {
  readonly commands: readonly CompletedCommand[];
  /** The flags that are offered before the command. */
  readonly flagsFirst: readonly string[];
  readonly options: readonly CompletedOption[];
  /** The lists of values by their names. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

/** Values that a script gets from the shell, or from the program when TAB is pressed. */
const NOT_LISTED = ['', 'files', 'counters', 'profiles', 'anything'];

/** What an operand is, by its placeholder. */
const OPERANDS: Readonly<Record<string, string>> = {
  file: 'files',
  code: 'codes',
  topic: 'topics',
  shell: 'shells',
  profile: 'profiles',
};

/**
 * Collects the words of the command line for the completion scripts.
 *
 * @param words the language of the descriptions
 */
export function completionModel(
  { commands: definitions, topics }: CommandLineWords,
  words: Words,
): CompletionModel {
  const { help } = words;
  const commands = Object.entries(definitions).map(([name, definition]) =>
    completedCommand(name, definition, words),
  );
  const options = [
    ...OPTION_ROWS.filter(([, { isHidden }]) => isHidden !== true).map(([name, row]) =>
      completedOption(row, help.options[name]),
    ),
    plainOption('-h', '--help', help.showHelp),
    plainOption('-V', '--version', help.showVersion),
  ];
  const ofHelp = {
    name: 'help',
    summary: help.helpCommand,
    flags: [],
    operands: ['topics'],
    isRepeated: false,
  };
  const all = [...commands, ofHelp];
  const common = options
    .map(({ flag }) => flag)
    .filter((flag) => commands.every(({ flags }) => flags.includes(flag)));
  const lists = new Map<string, readonly string[]>();
  const named = { topics: [...commands.map(({ name }) => name), ...topics] };
  for (const { flag, names } of namesOfOptions()) lists.set(flag, names);
  for (const { name, names } of namesOfOperands(definitions)) lists.set(name, names);
  const used = [
    ...options.map(({ value }) => value),
    ...all.flatMap(({ operands }) => operands),
  ].filter((name) => !NOT_LISTED.includes(name) && !lists.has(name));
  for (const name of new Set(used)) {
    lists.set(name, ownValue(named, name) ?? valuesIn(name, words));
  }
  return { commands: all, flagsFirst: [...common, '--version'], options, lists };
}

function completedCommand(
  name: string,
  { operands, options, words = {} }: CommandDefinition,
  { help }: Words,
): CompletedCommand {
  const flags = OPTION_ROWS.filter(
    ([option, { isHidden }]) => options.includes(option) && isHidden !== true,
  ).map(([, row]) => longFlag(row.flags));
  const placeholders = placeholdersIn(operands);
  return {
    name,
    summary: ownValue<{ readonly summary: string }>(help.commands, name)?.summary ?? '',
    flags: [...flags, '--help'],
    operands: placeholders.map((placeholder) =>
      Object.hasOwn(words, placeholder)
        ? listOf(name, placeholder)
        : (ownValue(OPERANDS, placeholder) ?? 'anything'),
    ),
    isRepeated: operands.endsWith('...>') || operands.endsWith('...]'),
  };
}

/** Returns the placeholders of operands: `id` and `file` for `<id> [file...]`. */
function placeholdersIn(operands: string): string[] {
  return [...operands.matchAll(/[<[]([^<>[\].]+)/g)].map(([, name = '']) => name);
}

/** Returns the name of the list of words that an operand of a command may be. */
function listOf(command: string, placeholder: string): string {
  return `${command}-${placeholder}`;
}

function completedOption(row: Option<unknown>, description: string): CompletedOption {
  const flag = longFlag(row.flags);
  const alias = row.alias === undefined ? [] : [longFlag(row.alias)];
  const short = /^-\w(?=,)/.exec(row.flags) ?? [];
  return {
    flag,
    spellings: [...short, flag, ...alias],
    value: valueOf(row),
    isRepeatable: row.kind === 'list',
    description,
  };
}

function plainOption(short: string, flag: string, description: string): CompletedOption {
  return { flag, spellings: [short, flag], value: '', isRepeatable: false, description };
}

function valueOf({ kind, flags, parser, completes }: Option<unknown>): string {
  if (kind === 'flag' || kind === 'negation') return '';
  if (completes !== undefined) return completes;
  if (parser?.wanted.kind === 'one-of') return longFlag(flags);
  return flags.endsWith('<file>') ? 'files' : 'anything';
}

/** The options that accept one of several names. */
function namesOfOptions(): { readonly flag: string; readonly names: readonly string[] }[] {
  return OPTION_ROWS.flatMap(([, { flags, parser, isHidden }]) =>
    parser?.wanted.kind === 'one-of' && isHidden !== true
      ? [{ flag: longFlag(flags), names: parser.wanted.names }]
      : [],
  );
}

/** The operands that are one of several words. */
function namesOfOperands(
  definitions: CommandLineWords['commands'],
): { readonly name: string; readonly names: readonly string[] }[] {
  return Object.entries(definitions).flatMap(([command, { words = {} }]) =>
    Object.entries(words).map(([placeholder, names]) => ({
      name: listOf(command, placeholder),
      names,
    })),
  );
}
