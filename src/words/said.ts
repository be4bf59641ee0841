/**
 * Sentences that name options and commands. The command line writes them as flags and as lines to paste, the library
 * as keys and as calls of functions: a {@link Door} says which.
 */
import { fileWord, type Shell, shellWord } from './shell.ts';

/** A key and what it stands for, such as a column of an export and the column of a call that it becomes. */
interface Pair {
  readonly from: string;
  readonly to: string;
}

/** What the words of a column mean. */
interface WordMeanings {
  readonly column: string;
  readonly meanings: readonly Pair[];
}

type OptionValue = string | number | boolean | Pair | WordMeanings;

/** An option in a sentence. */
export interface OptionReference {
  readonly kind: 'option';
  /** Its name in camelCase, as a command has it: `partSize`. */
  readonly name: string;
  /** `undefined` where the sentence is about the option and not about a value. */
  readonly value: OptionValue | undefined;
}

/** A command line to paste, or the call of a function that does the same. */
export interface CommandReference {
  readonly kind: 'command';
  /** The name of the command: `status`. */
  readonly command: string;
  readonly options: readonly OptionReference[];
  /** A file without a name is one that the reader has to put there. */
  readonly operands: readonly (string | undefined)[];
  /** The variable that must hold the token, where the line cannot name a file with it. */
  readonly tokenIn?: string | undefined;
}

/** Words that differ by who reads them. */
export interface ReaderWords {
  readonly kind: 'reader';
  /** For a user of the command line. */
  readonly user: Text;
  /** For whoever writes a program with the library. */
  readonly program: Text;
}

/** What is in a sentence between its words. */
type Reference = OptionReference | CommandReference | ReaderWords;

/** A sentence; its references are written when it is known who reads it. */
export type Text = string | Reference | Parts;

type Parts = readonly (string | Reference)[];

/** Says for one kind of reader how options and commands are written. */
export interface Door {
  readonly reader: 'user' | 'program';
  option(reference: OptionReference): string;
  command(reference: CommandReference): string;
}

/** Names an option: `--part-size` for a user of the command line, `partSize` for a program. */
export function option(name: string, value?: OptionValue): OptionReference {
  return { kind: 'option', name, value };
}

/** Names a command that goes on from here. */
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

/** Words that differ by who reads them. */
export function forReader(user: Text, program: Text): ReaderWords {
  return { kind: 'reader', user, program };
}

/**
 * The words before a command to go on with, which comes at the end of its line so that it can be copied.
 *
 * @param tokenIn says in the language that a variable must hold the token
 * @param otherwise what to say where there is no command to go on with
 */
export function nextStep(
  tokenIn: (variable: string) => string,
): (lead: Text, next: CommandReference | undefined, otherwise: Text) => Text {
  return (lead, next, otherwise) =>
    next === undefined
      ? otherwise
      : text`${lead}${next.tokenIn === undefined ? '' : tokenIn(next.tokenIn)}: ${next}`;
}

/** A sentence with references in it, as a template. */
export function text(strings: TemplateStringsArray, ...parts: readonly (number | Text)[]): Parts {
  return strings.flatMap((words, at) => {
    const part = parts[at];
    return part === undefined ? [words] : [words, ...partsOf(part)];
  });
}

/** Texts one after the other, with something between them. */
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

/** @returns the sentence as one kind of reader gets it */
export function written(sentence: Text, door: Door): string {
  return partsOf(sentence)
    .map((part) => {
      if (typeof part === 'string') return part;
      switch (part.kind) {
        case 'option':
          return door.option(part);
        case 'command':
          return door.command(part);
        case 'reader':
          return written(part[door.reader], door);
      }
    })
    .join('');
}

/** The name of an option as a flag: `partSize` is `--part-size`. */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** What is put into a command where the reader has to name something, or a shell could not take its name. */
interface Placeholders {
  readonly file: string;
  readonly column: string;
  readonly value: string;
}

const IN_ENGLISH: Placeholders = { file: 'FILE', column: 'COLUMN', value: 'VALUE' };

/** How the command line writes options and commands, for the shell in use. */
export function commandLineDoor(shell: Shell, placeholders = IN_ENGLISH): Door {
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
      // What is read comes before what is made of it; elsewhere the file comes last, where it is easily changed.
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

/** The keys of the library whose options have another name on the command line. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['map', 'columns'],
  ['mapValue', 'values'],
  ['columns', 'sourceColumns'],
  ['joinMap', 'joinColumns'],
  ['caFile', 'authorities'],
]);

/** The options that are lists of texts in the library. */
const LISTS: ReadonlySet<string> = new Set(['only', 'skip']);

/** The functions that do what a command does. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['upload', 'uploadCalls'],
  ['validate', 'validateCalls'],
  ['convert', 'convertCalls'],
  ['inspect', 'inspectCalls'],
  ['status', 'findUpload'],
  ['list', 'listUploads'],
]);

/** How the library writes them: keys, values of JavaScript, and calls of its functions. */
export const functionDoor: Door = {
  reader: 'program',
  option: ({ name, value }) => (value === undefined ? keyOf(name) : entryOf(name, [value])),
  command: (reference) => {
    const { command: name, options, operands } = reference;
    const waits = name === 'status' && options.some((one) => one.name === 'wait');
    const called = waits ? 'waitForUpload' : FUNCTIONS.get(name);
    if (called === undefined) return commandLineDoor('posix').command(reference);
    const byName = new Map<string, OptionValue[]>();
    for (const { name: one, value = true } of options) {
      if (one === 'wait') continue;
      byName.set(one, [...(byName.get(one) ?? []), value]);
    }
    const entries = [...byName].map(([one, values]) => entryOf(one, values));
    const object = entries.length === 0 ? [] : [`{ ${entries.join(', ')} }`];
    if (operands.length === 0 && name !== 'list') return [called, ...object].join(' with ');
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

/** A text as JavaScript has it. */
function literal(value: string): string {
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
