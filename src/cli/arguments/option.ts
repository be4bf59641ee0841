/** A row in the table of command-line options: flags, kind, default and parser. */
import type { help } from '../../words/en/help.ts';
import type { Wanted } from '../../words/failure-parameters.ts';

/** The groups of options in the help. */
type OptionGroup = keyof typeof help.groups;

/**
 * Where completion finds the values of an option. Options whose parser accepts one of several names,
 * and options with the placeholder `<file>`, need no source.
 */
type ValueSource = 'files' | 'presets' | 'zones' | 'regions' | 'counters' | 'profiles';

/** Parses the text of an option or an environment variable. */
export interface Parser<Value> {
  /** The description of valid values, for the error message. */
  readonly wanted: Wanted;
  /** @returns the value; `undefined` if the text is not valid */
  readonly read: (text: string) => Value | undefined;
}

/** One option. The command-line parser, the help and the README are made from the options. */
export interface Option<Value> {
  /** The flags with the placeholder of the value, for help: `-c, --counter <id>`. */
  readonly flags: string;
  readonly group: OptionGroup;
  /** Another spelling of the flag. It works, but help does not show it. */
  readonly alias?: string;
  /** The environment variable that sets the option. */
  readonly environment?: string;
  readonly kind: 'flag' | 'negation' | 'value' | 'list';
  /** Whether the option is left out of help. */
  readonly isHidden?: boolean;
  /** Whether help lists the accepted values. */
  readonly listsValues?: boolean;
  /** Where completion finds the values. */
  readonly completes?: ValueSource;
  /** The default value, as a user would write it. */
  readonly default?: string;
  /** The parser of the text. Only options of kind `value` have one. */
  readonly parser?: Parser<unknown>;
  /** The type of the value, for the compiler. The field is never set. */
  readonly type?: Value;
}

/**
 * Returns the help text of an option: its sentence, and the valid values if `listsValues` is set.
 */
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
  readonly completes?: ValueSource;
}

/** Defines a flag. The value is true if the flag is on the command line. */
export function flag(flags: string, row: Row): Option<boolean> {
  return { flags, kind: 'flag', ...row };
}

/** Defines a flag `--no-…`. The value is false if the flag is on the command line. */
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

/** Returns the long flag without `--` and `no-`: `counter` for `-c, --counter <id>`. */
function longName(flags: string): string {
  return /--(?:no-)?([a-z-]+)/.exec(flags)?.[1] ?? flags;
}

/** Returns the long flag, such as `--counter` or `--no-convert`. */
export function longFlag(flags: string): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? flags;
}

/** Returns the key of the option in the parsed values: `goalName` for `--goal-name`. */
export function attributeOf(flags: string): string {
  return longName(flags).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
