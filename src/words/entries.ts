/** The shapes of the sentences about findings and failures, the same in every language. */

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
export type Sentence<Parameters> = string | ((parameters: Parameters) => string);

/** The words of one kind of finding. */
export interface FindingEntry<Parameters> {
  /** A few words for a heading; without a file at hand it gets no parameters. */
  readonly title: Sentence<Partial<Parameters>>;
  /** One sentence that says what is wrong. */
  readonly message: Sentence<Parameters>;
  /** What to do about it; without a file at hand it gets no parameters. */
  readonly hint: Sentence<Partial<Parameters>>;
}

/** The words of one kind of failure. */
export interface FailureEntry<Parameters> {
  /** What happened and where. */
  readonly message: Sentence<Parameters>;
  /** What to do next. */
  readonly hint: Sentence<Parameters>;
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
  title: Sentence<Partial<NoInfer<Parameters>>>,
  message: Sentence<Parameters>,
  hint: Sentence<Partial<NoInfer<Parameters>>>,
): FindingEntry<Parameters> {
  return { title, message, hint };
}

/** Writes down one kind of failure. The parameters are those that the message declares. */
export function failure<Parameters = NoParameters>(
  message: Sentence<Parameters>,
  hint: Sentence<NoInfer<Parameters>>,
): FailureEntry<Parameters> {
  return { message, hint };
}

/** A wrong value as a message may repeat it; of one that is too long only its length, in characters. */
export type Quoted = string | { readonly length: number };

/** @param long says in one language how long a value is */
export function quotedIn(long: (length: number) => string, value: Quoted): string {
  return typeof value === 'string' ? value : long(value.length);
}

/** @returns the sentence for these parameters */
export function say<Parameters>(sentence: Sentence<Parameters>, parameters: Parameters): string {
  return typeof sentence === 'string' ? sentence : sentence(parameters);
}

/**
 * Makes something when it is first asked for. The sentences are hundreds of functions, and to make them
 * all takes longer than most runs need for the few that they say.
 */
export function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}
