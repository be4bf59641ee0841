/** The shapes of the sentences about findings and failures, the same in every language. */
import { type Door, type Text, written } from './said.ts';

/** What a sentence gets that needs nothing. */
export type NoParameters = Readonly<Record<string, never>>;

/** What a sentence about one column gets. */
export interface InColumn {
  /** The name of the column, or the header cell as it stands in the file. */
  readonly column: string;
  /** Whether an export is converted, so that nothing is won by advice to convert it. */
  readonly isConverted?: boolean | undefined;
}

/** A sentence, or what makes it out of the parameters at hand. */
export type Sentence<Parameters> = Text | ((parameters: Parameters) => Text);

/** A few words for a heading, which name no options. */
export type Title<Parameters> = string | ((parameters: Parameters) => string);

/** The words of one kind of finding. */
export interface FindingEntry<Parameters> {
  /** A few words for a heading; without a file at hand it gets no parameters. */
  readonly title: Title<Partial<Parameters>>;
  /** One sentence that says what is wrong. It is the same for every reader, so it names no option. */
  readonly message: Sentence<Parameters>;
  /** What to do about it; without a file at hand it gets no parameters. */
  readonly hint: Sentence<Partial<Parameters>>;
}

/** The words of one kind of failure. */
export interface FailureEntry<Parameters> {
  /** A few words for a heading. */
  readonly title: string;
  /** What happened and where. */
  readonly message: Sentence<Parameters>;
  /** What to do next; where the code alone is explained it gets no parameters. */
  readonly hint: Sentence<Partial<Parameters>>;
}

/** What the sentences of an entry are made of. */
export type ParametersOf<Entry> =
  Entry extends FindingEntry<infer Parameters>
    ? Parameters
    : Entry extends FailureEntry<infer Parameters>
      ? Parameters
      : never;

/** Writes down one kind of finding. The parameters are those that the message declares. */
export function finding<Parameters = NoParameters>(
  title: Title<Partial<NoInfer<Parameters>>>,
  message: Sentence<Parameters>,
  hint: Sentence<Partial<NoInfer<Parameters>>>,
): FindingEntry<Parameters> {
  return { title, message, hint };
}

/** Writes down one kind of failure. The parameters are those that the message declares. */
export function failure<Parameters = NoParameters>(
  title: string,
  message: Sentence<Parameters>,
  hint: Sentence<Partial<NoInfer<Parameters>>>,
): FailureEntry<Parameters> {
  return { title, message, hint };
}

/** What tells apart the cases of a parameter. */
interface Kinded {
  readonly kind: string;
}

/** The cases of one kind, also where a type has several kinds in common. */
type CaseOf<Case extends Kinded, Kind> = Case extends Kinded
  ? Kind extends Case['kind']
    ? Case
    : never
  : never;

/**
 * Chooses a sentence by the kind of a parameter, so that a language is a table of sentences and nothing else.
 *
 * @param sentences a sentence for each kind, or what makes it of that case
 */
export function byKind<Case extends Kinded>(sentences: {
  readonly [Kind in Case['kind']]: Sentence<CaseOf<Case, Kind>>;
}): (one: Case) => Text {
  return (one) => {
    // The sentence of a kind takes the case of that kind, which the compiler cannot follow here.
    const sentence = sentences[one.kind as Case['kind']] as Sentence<Case>;
    return made(sentence, one);
  };
}

/** A wrong value as a message may repeat it; of one that is too long only its length, in characters. */
export type Quoted = string | { readonly length: number };

/** @param long says in one language how long a value is */
export function quotedIn(long: (length: number) => string, value: Quoted): string {
  return typeof value === 'string' ? value : long(value.length);
}

/** Whether a hint is about a kind of failure or finding, and not about one that happened: nothing is known of it. */
export function isAboutKind(parameters: object): boolean {
  return Object.keys(parameters).length === 0;
}

/** @returns the sentence for these parameters, with its references */
function made<Parameters>(sentence: Sentence<Parameters>, parameters: Parameters): Text {
  return typeof sentence === 'function' ? sentence(parameters) : sentence;
}

/** @returns the sentence for these parameters, as one kind of reader gets it */
export function say<Parameters>(
  sentence: Sentence<Parameters>,
  parameters: Parameters,
  door: Door,
): string {
  return written(made(sentence, parameters), door);
}

/** @returns a heading for these parameters */
export function titled<Parameters>(title: Title<Parameters>, parameters: Parameters): string {
  return typeof title === 'string' ? title : title(parameters);
}

/**
 * Makes something when it is first asked for. The sentences are hundreds of functions, and to make them
 * all takes longer than most runs need for the few that they say.
 */
export function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}
