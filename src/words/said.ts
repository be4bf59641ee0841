/**
 * Builds sentences that name options and commands. A {@link Notation} writes the names. For the
 * command line, it writes flags and command lines to paste. For the library, it writes keys and
 * calls of functions.
 */
import { fileWord, type Shell, shellWord } from './shell.ts';
import type { ShownName } from './shown-name.ts';

/** A text and what it becomes. For example, a column of an export becomes a column of a call. */
interface Pair {
  readonly from: ShownName;
  readonly to: string;
}

/** The words in a column, each with the value that replaces it. */
interface WordMeanings {
  readonly column: ShownName;
  readonly meanings: readonly Pair[];
}

type OptionValue = string | number | boolean | Pair | WordMeanings;

/** An option in a sentence. */
export interface OptionReference {
  readonly kind: 'option';
  /** The name of the option in camel case: `partSize`. */
  readonly name: string;
  /** The value; `undefined` if the sentence is about the option in general. */
  readonly value: OptionValue | undefined;
}

/** A command to paste into a shell, or the library function that does the same work. */
export interface CommandReference {
  readonly kind: 'command';
  /** The name of the command: `status`. */
  readonly command: string;
  readonly options: readonly OptionReference[];
  /** The operands; `undefined` for a file that the reader has to name. */
  readonly operands: readonly (string | undefined)[];
  /** The variable that must contain the token, if the command does not name a token file. */
  readonly tokenIn?: string | undefined;
}

/** Text that is different for users and for programmers. */
export interface ReaderWords {
  readonly kind: 'reader';
  /** The text for a user of the command line. */
  readonly user: Text;
  /** The text for a programmer who uses the library. */
  readonly program: Text;
}

/** The parts of a sentence that a {@link Notation} writes differently for each kind of reader. */
type Reference = OptionReference | CommandReference | ReaderWords;

/** A sentence. A notation writes the references later, when the reader is known. */
export type Text = string | Reference | Parts;

type Parts = readonly (string | Reference)[];

/** Writes options and commands for one kind of reader. */
export interface Notation {
  readonly reader: 'user' | 'program';
  option(reference: OptionReference): string;
  command(reference: CommandReference): string;
}

/** Refers to an option: `--part-size` for the command line, `partSize` for programs. */
export function option(name: string, value?: OptionValue): OptionReference {
  return { kind: 'option', name, value };
}

/** Refers to a command that the reader can run next. */
export function command(
  name: string,
  {
    options = [],
    operands = [],
    tokenIn,
  }: Partial<Pick<CommandReference, 'options' | 'operands' | 'tokenIn'>> = {},
): CommandReference {
  return { kind: 'command', command: name, options, operands, tokenIn };
}

/** Returns text that is different for users and for programmers. */
export function forReader(user: Text, program: Text): ReaderWords {
  return { kind: 'reader', user, program };
}

/**
 * Returns a function that builds a sentence. The sentence ends with the next command, because a
 * command at the end is easy to copy. If there is no next command, the sentence is `otherwise`.
 *
 * @param tokenIn returns the words that say which variable must contain the token
 */
export function nextStep(
  tokenIn: (variable: string) => string,
): (lead: Text, next: CommandReference | undefined, otherwise: Text) => Text {
  return (lead, next, otherwise) =>
    next === undefined
      ? otherwise
      : text`${lead}${next.tokenIn === undefined ? '' : tokenIn(next.tokenIn)}: ${next}`;
}

/** Builds a sentence with references from a template. */
export function text(strings: TemplateStringsArray, ...parts: readonly (number | Text)[]): Parts {
  return strings.flatMap((words, at) => {
    const part = parts[at];
    return part === undefined ? [words] : [words, ...partsOf(part)];
  });
}

/** Joins texts with a separator. */
export function joined(texts: readonly Text[], between: string): Parts {
  return texts.flatMap((one, at) => (at === 0 ? partsOf(one) : [between, ...partsOf(one)]));
}

function partsOf(part: number | Text): Parts {
  if (typeof part === 'number') return [String(part)];
  return isParts(part) ? part : [part];
}

function isParts(sentence: Text): sentence is Parts {
  return Array.isArray(sentence);
}

/** @returns the sentence, written for one kind of reader */
export function written(sentence: Text, notation: Notation): string {
  return partsOf(sentence)
    .map((part) => {
      if (typeof part === 'string') return part;
      switch (part.kind) {
        case 'option':
          return notation.option(part);
        case 'command':
          return notation.command(part);
        case 'reader':
          return written(part[notation.reader], notation);
      }
    })
    .join('');
}

/** Returns the flag of an option: `--part-size` for `partSize`. */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * The words that replace unknown names in a command. They also replace names that cannot be quoted
 * for the shell.
 */
interface Placeholders {
  readonly file: string;
  readonly column: string;
  readonly value: string;
}

const IN_ENGLISH: Placeholders = { file: 'FILE', column: 'COLUMN', value: 'VALUE' };

/** Returns a notation that writes flags and command lines for the shell in use. */
export function commandLineNotation(shell: Shell, placeholders = IN_ENGLISH): Notation {
  const writeOption = ({ name, value }: OptionReference): string => {
    if (value === undefined || value === true) return flagOf(name);
    if (value === false) return `--no-${flagOf(name).slice(2)}`;
    if (name === 'output') return `-o ${valueWord(value, shell, placeholders)}`;
    return `${flagOf(name)} ${valueWord(value, shell, placeholders)}`;
  };
  return {
    reader: 'user',
    option: writeOption,
    command: ({ command: name, options, operands }) => {
      const files = operands.map(
        (path) => (path === undefined ? undefined : fileWord(path, shell)) ?? placeholders.file,
      );
      const flags = options.map(writeOption);
      // In `convert`, the file comes before the options. In other commands, the file is last,
      // because the user can edit the last word easily.
      const words = name === 'convert' ? [...files, ...flags] : [...flags, ...files];
      return ['metrika-calls', name, ...words].join(' ');
    },
  };
}

function valueWord(
  value: Exclude<OptionValue, boolean>,
  shell: Shell,
  { column, value: someValue }: Placeholders,
): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return shellWord(value, shell) ?? someValue;
  if ('from' in value) {
    const { from, to } = value;
    return shellWord(`${from}=${to}`, shell) ?? shellWord(`${column}=${to}`, shell) ?? someValue;
  }
  const meanings = value.meanings.map(({ from, to }) => `${from}=${to}`).join(', ');
  return shellWord(`${value.column}: ${meanings}`, shell) ?? someValue;
}

/** The options with two names. The first is for the command line, the second for the library. */
export const RENAMED_OPTIONS = [
  ['map', 'columns'],
  ['mapValue', 'values'],
  ['columns', 'sourceColumns'],
  ['joinMap', 'joinColumns'],
  ['caFile', 'authorities'],
] as const;

const KEYS: ReadonlyMap<string, string> = new Map(RENAMED_OPTIONS);

/** The options that are lists of texts in the library. */
const LISTS: ReadonlySet<string> = new Set(['only', 'skip']);

/** For each command, the library function that does the same work. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['upload', 'uploadCalls'],
  ['validate', 'validateCalls'],
  ['convert', 'convertCalls'],
  ['inspect', 'inspectCalls'],
  ['status', 'findUpload'],
  ['list', 'listUploads'],
  ['counters', 'listCounters'],
]);

/** A notation that writes keys, JavaScript values and calls of library functions. */
export const functionNotation: Notation = {
  reader: 'program',
  option: ({ name, value }) => (value === undefined ? keyOf(name) : entryOf(name, [value])),
  command: (reference) => {
    const { command: name, options, operands } = reference;
    const waits = name === 'status' && options.some((one) => one.name === 'wait');
    const called = waits ? 'waitForUpload' : FUNCTIONS.get(name);
    if (called === undefined) return commandLineNotation('posix').command(reference);
    const byName = new Map<string, OptionValue[]>();
    for (const { name: one, value = true } of options) {
      if (one === 'wait') continue;
      byName.set(one, [...(byName.get(one) ?? []), value]);
    }
    const entries = [...byName].map(([one, values]) => entryOf(one, values));
    const object = entries.length === 0 ? [] : [`{ ${entries.join(', ')} }`];
    if (operands.length === 0 && name !== 'list' && name !== 'counters')
      return [called, ...object].join(' with ');
    const sources = operands.map((path) => (path === undefined ? 'source' : literal(path)));
    return `${called}(${[...sources, ...object].join(', ')})`;
  },
};

function keyOf(name: string): string {
  return KEYS.get(name) ?? name;
}

function entryOf(name: string, values: readonly OptionValue[]): string {
  const texts = values.map(valueText);
  if (typeof values[0] === 'object') return `${keyOf(name)}: { ${texts.join(', ')} }`;
  return LISTS.has(name)
    ? `${keyOf(name)}: [${texts.join(', ')}]`
    : `${keyOf(name)}: ${texts[0] ?? ''}`;
}

function valueText(value: OptionValue): string {
  if (typeof value === 'string') return literal(value);
  if (typeof value !== 'object') return String(value);
  if ('from' in value) return `${keyLiteral(value.from)}: ${literal(value.to)}`;
  const meanings = value.meanings.map(({ from, to }) => `${keyLiteral(from)}: ${literal(to)}`);
  return `${keyLiteral(value.column)}: { ${meanings.join(', ')} }`;
}

function keyLiteral(key: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? key : literal(key);
}

/** Returns a JavaScript string literal. */
function literal(value: string): string {
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
