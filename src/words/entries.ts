/** The TypeScript types of sentences about findings and failures. Every language uses these types. */
import { type Notation, type Text, written } from './said.ts';
import type { ShownName } from './shown-name.ts';

/** The type of the parameters if a sentence has none. */
export type NoParameters = Readonly<Record<string, never>>;

/** The parameters of a sentence about one column. */
export interface InColumn {
  /** The name of the column, or the heading as it is written in the file. */
  readonly column: ShownName;
  /** Whether the file is a converted export. The hint then does not suggest a conversion. */
  readonly isConverted?: boolean | undefined;
}

/** A sentence, or a function that builds it from parameters. */
export type Sentence<Parameters> = Text | ((parameters: Parameters) => Text);

/** A few words for a heading, without names of options. */
export type Title<Parameters> = string | ((parameters: Parameters) => string);

/** The sentences about one kind of finding. */
export interface FindingEntry<Parameters> {
  /** A few words for a heading. `explain` shows the heading without parameters. */
  readonly title: Title<Partial<Parameters>>;
  /**
   * One sentence that says what is wrong. It names no options, because their names differ between
   * the command line and the library.
   */
  readonly message: Sentence<Parameters>;
  /** The fix for the problem. The parameters are missing if no file is checked. */
  readonly hint: Sentence<Partial<Parameters>>;
}

/** The sentences about one kind of failure. */
export interface FailureEntry<Parameters> {
  /** A few words for a heading. */
  readonly title: string;
  /** The problem, and where it happened. */
  readonly message: Sentence<Parameters>;
  /** The next step for the user. The parameters are missing if only the code is explained. */
  readonly hint: Sentence<Partial<Parameters>>;
}

/** The parameters of the sentences of an entry. */
export type ParametersOf<Entry> =
  Entry extends FindingEntry<infer Parameters>
    ? Parameters
    : Entry extends FailureEntry<infer Parameters>
      ? Parameters
      : never;

/** Defines one kind of finding. The type of the parameters comes from `message`. */
export function finding<Parameters = NoParameters>(
  title: Title<Partial<NoInfer<Parameters>>>,
  message: Sentence<Parameters>,
  hint: Sentence<Partial<NoInfer<Parameters>>>,
): FindingEntry<Parameters> {
  return { title, message, hint };
}

/** Defines one kind of failure. The type of the parameters comes from `message`. */
export function failure<Parameters = NoParameters>(
  title: string,
  message: Sentence<Parameters>,
  hint: Sentence<Partial<NoInfer<Parameters>>>,
): FailureEntry<Parameters> {
  return { title, message, hint };
}

/** A parameter that has one of several kinds. */
interface Kinded {
  readonly kind: string;
}

/** The members of the union `Case` that have the kind `Kind`. A member may have several kinds. */
type CaseOf<Case extends Kinded, Kind> = Case extends Kinded
  ? Kind extends Case['kind']
    ? Case
    : never
  : never;

/**
 * Returns a function that chooses a sentence by the kind of a parameter. The sentences can then be
 * written as a table.
 *
 * @param sentences the sentence for each kind, or a function that builds the sentence
 */
export function byKind<Case extends Kinded>(sentences: {
  readonly [Kind in Case['kind']]: Sentence<CaseOf<Case, Kind>>;
}): (one: Case) => Text {
  return (one) => {
    // The sentence is for the kind of `one`. The compiler cannot prove this.
    const sentence = sentences[one.kind as Case['kind']] as Sentence<Case>;
    return filled(sentence, one);
  };
}

/** A wrong value in quotes, or only its length in characters if it is too long to quote. */
export type Quoted = string | { readonly length: number };

/**
 * Returns the text that stands for an invalid value in a sentence: the value in quotes. If the
 * value is too long to quote, the text says only how long the value is.
 *
 * @param long returns, in one language, the text for a value that is too long to quote
 */
export function quotedIn(long: (length: number) => string, value: Quoted): string {
  return typeof value === 'string' ? value : long(value.length);
}

/**
 * Says whether a hint is about a kind of failure in general, and not about a failure that occurred.
 * The hint then has no parameters.
 */
export function isAboutKind(parameters: object): boolean {
  return Object.keys(parameters).length === 0;
}

/**
 * @returns the sentence for these parameters. The options and commands in it are still references.
 *   A notation has to write them as text.
 */
function filled<Parameters>(sentence: Sentence<Parameters>, parameters: Parameters): Text {
  return typeof sentence === 'function' ? sentence(parameters) : sentence;
}

/** @returns the sentence for these parameters, written for one kind of reader */
export function say<Parameters>(
  sentence: Sentence<Parameters>,
  parameters: Parameters,
  notation: Notation,
): string {
  return written(filled(sentence, parameters), notation);
}

/** @returns the heading for these parameters */
export function titled<Parameters>(title: Title<Parameters>, parameters: Parameters): string {
  return typeof title === 'string' ? title : title(parameters);
}

/**
 * Returns a function that calls `make` when the result is first needed, and then remembers the
 * result. `make` creates hundreds of sentences, and most runs show only a few of them.
 */
export function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}
