/** The row of one command-line option: its flags, its kind, its default and its parser. */
import type { help } from '../../words/en/help.ts';
import type { Wanted } from '../../words/failure-parameters.ts';

/** The groups of options in the help. */
type OptionGroup = keyof typeof help.groups;

/** Parses the text of an option or an environment variable. */
export interface Parser<Value> {
  /** What the value must be, for the error message. */
  readonly wanted: Wanted;
  /** @returns the value; `undefined` if the text is not valid */
  readonly read: (text: string) => Value | undefined;
}

/** One option. The command-line parser, the help and the README are made from these rows. */
export interface Option<Value> {
  /** The flags as help shows them, with the placeholder of the value. */
  readonly flags: string;
  readonly group: OptionGroup;
  /** Another spelling. It is accepted but not shown in help. */
  readonly alias?: string;
  /** The environment variable that sets the option. */
  readonly environment?: string;
  readonly kind: 'flag' | 'negation' | 'value' | 'list';
  /** Whether the option is left out of help. */
  readonly isHidden?: boolean;
  /** Whether help lists the accepted values. */
  readonly listsValues?: boolean;
  /** The default value, as a user would write it. */
  readonly default?: string;
  /** Parses the text of the option. Only options of kind `value` have a parser. */
  readonly parser?: Parser<unknown>;
  /** Carries the type of the value. It is never set. */
  readonly type?: Value;
}

/** Returns the help text of an option: its sentence, and its values if the row lists them. */
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

/** Defines a flag: its value is true if it is on the command line. */
export function flag(flags: string, row: Row): Option<boolean> {
  return { flags, kind: 'flag', ...row };
}

/** Defines a flag `--no-…`: its value is false if it is on the command line. */
export function negation(flags: string, row: Row): Option<boolean> {
  return { flags, kind: 'negation', ...row };
}

/** Defines an option that may be repeated. */
export function list(flags: string, row: Row): Option<readonly string[]> {
  return { flags, kind: 'list', ...row };
}

/** Defines an option with a value and no default. */
export function value<Value>(
  flags: string,
  parser: Parser<Value>,
  row: Row,
): Option<Value | undefined> {
  return { flags, kind: 'value', parser, ...row };
}

/** Defines an option with a value and a default. */
export function valueOr<Value>(
  flags: string,
  parser: Parser<Value>,
  row: Row & { readonly default: string },
): Option<Value> {
  return { flags, kind: 'value', parser, ...row };
}

/** Returns the long name without dashes or `no-`: `-c, --counter <id>` is `counter`. */
function longName(flags: string): string {
  return /--(?:no-)?([a-z-]+)/.exec(flags)?.[1] ?? flags;
}

/** Returns the long flag as the user writes it: `--counter`, `--no-convert`. */
export function longFlag(flags: string): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? flags;
}

/** Returns the key of the option in the parsed values: `--goal-name` is `goalName`. */
export function attributeOf(flags: string): string {
  return longName(flags).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
