/** What an option of the command line is: one row with its type, its default and its parser. */
import type { help } from '../../words/en/help.ts';
import type { Wanted } from '../../words/failure-parameters.ts';

/** The groups of the help, in their order. */
type OptionGroup = keyof typeof help.groups;

/** Makes a value of what the command line or the environment holds. */
export interface Parser<Value> {
  /** What the value must be, for the message when it is not. */
  readonly wanted: Wanted;
  /** @returns the value; `undefined` when the text is none */
  readonly read: (text: string) => Value | undefined;
}

/** One option: the parser of the command line, the help and the README are made from it. */
export interface Option<Value> {
  /** As help shows them, with the placeholder of the value. */
  readonly flags: string;
  readonly group: OptionGroup;
  /** Another spelling, accepted and not shown. */
  readonly alias?: string;
  /** The environment variable that stands for it. */
  readonly environment?: string;
  readonly kind: 'flag' | 'negation' | 'value' | 'list';
  /** Accepted and not shown in help. */
  readonly isHidden?: boolean;
  /** Whether help lists the values that it takes. */
  readonly listsValues?: boolean;
  /** The value when nobody gives one, as a user would write it. */
  readonly default?: string;
  /** Makes a value of a text; only where the kind is `value`. */
  readonly parser?: Parser<unknown>;
  /** Never there; it only carries the type of the value. */
  readonly type?: Value;
}

/** What help says of an option: the sentence of the language, and the values where the row lists them. */
export function describedBy(sentence: string, { listsValues, parser }: Option<unknown>): string {
  return listsValues === true && parser?.wanted.kind === 'one-of'
    ? `${sentence}: ${parser.wanted.names.join(', ')}`
    : sentence;
}

/** The type of an option's value. */
export type ValueOf<Row> = Row extends Option<infer Value> ? Value : never;

interface Row {
  readonly group: OptionGroup;
  readonly alias?: string;
  readonly environment?: string;
  readonly isHidden?: boolean;
  readonly listsValues?: boolean;
}

/** An option that is given or not. */
export function flag(flags: string, row: Row): Option<boolean> {
  return { flags, kind: 'flag', ...row };
}

/** An option `--no-…`: its value is true unless it is given. */
export function negation(flags: string, row: Row): Option<boolean> {
  return { flags, kind: 'negation', ...row };
}

/** An option that may be given several times. */
export function list(flags: string, row: Row): Option<readonly string[]> {
  return { flags, kind: 'list', ...row };
}

/** An option with a value that has no default. */
export function value<Value>(
  flags: string,
  parser: Parser<Value>,
  row: Row,
): Option<Value | undefined> {
  return { flags, kind: 'value', parser, ...row };
}

/** An option with a value that has a default. */
export function valueOr<Value>(
  flags: string,
  parser: Parser<Value>,
  row: Row & { readonly default: string },
): Option<Value> {
  return { flags, kind: 'value', parser, ...row };
}

/** The long name of an option without dashes: `-c, --counter <id>` is `counter`. */
function longName(flags: string): string {
  return /--(?:no-)?([a-z-]+)/.exec(flags)?.[1] ?? flags;
}

/** The long name as it is written: `--counter`, `--no-convert`. */
export function longFlag(flags: string): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? flags;
}

/** The name under which the values of a command line keep an option: `--goal-name` is `goalName`. */
export function attributeOf(flags: string): string {
  return longName(flags).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
