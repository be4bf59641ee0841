/** Remembers which sentences about failures a run has written, so that none is written twice. */
import { type Failure, failureIn, failureKindIn, type FailureSaid } from '../../failure.ts';
import { RequestFailure } from '../../metrika/request-failure.ts';
import type { RetryNotice } from '../../metrika/retry.ts';
import { UnknownFate } from '../../upload/unknown-fate.ts';
import type { Words } from '../../words/en.ts';

/** The sentences that one run has written about failed requests. */
export class SaidFailures {
  readonly #words: Words;
  readonly #isQuiet: boolean;
  readonly #sentences = new Set<string>();
  readonly #hints = new Set<string>();
  #last: Failure | undefined;
  #lastSentence: string | undefined;

  /** @param isQuiet whether the run writes no sentences about failures before the end */
  constructor(words: Words, isQuiet: boolean) {
    this.#words = words;
    this.#isQuiet = isQuiet;
  }

  /** Returns the sentence about a failed request, or `undefined` if it was written before. */
  sentence(failure: Failure): string | undefined {
    return this.#isQuiet ? failureIn(this.#words, failure).message : this.#new(failure);
  }

  /** Returns the sentence as {@link sentence} does, or the title if there is no new sentence. */
  sentenceOrTitle(failure: Failure): string {
    return this.sentence(failure) ?? this.#title(failure);
  }

  /**
   * Returns one line about a retry: what happened, and when the next attempt is.
   *
   * @param name the name of the file, if a file is sent again
   */
  retry({ failure, wait, retry, retries }: RetryNotice, name?: string): string {
    const { retrying, again } = this.#words.screens.requests;
    const about = name === undefined ? '' : `${name}: `;
    if (this.#last === failure) return `${about}${retrying(undefined, wait, retry, retries)}`;
    const previous = this.#lastSentence;
    const sentence = this.sentence(failure);
    if (sentence !== undefined) return retrying(sentence, wait, retry, retries);
    // If another failure came in between, "again" alone would not say which failure came again.
    const { title } = failureKindIn(this.#words, failure.code);
    const isSame = previous === this.#lastSentence;
    return `${about}${again(isSame ? undefined : title, wait, retry, retries)}`;
  }

  /**
   * Returns the words about a failure that ended a command, or the work on a file. If the run has
   * already written a sentence or a hint about a failed request, the words leave it out.
   */
  ending(failure: Failure): FailureSaid {
    const { message, hint } = failureIn(this.#words, failure);
    if (failure instanceof RequestFailure) {
      return { message: this.#new(failure) ?? this.#title(failure), hint: this.#newHint(hint) };
    }
    const isAboutRequest = failure instanceof UnknownFate;
    return {
      message: this.#withoutSaid(message),
      hint: isAboutRequest ? this.#newHint(hint) : hint,
    };
  }

  #new(failure: Failure): string | undefined {
    const { message } = failureIn(this.#words, failure);
    const isNew = !this.#sentences.has(message);
    this.#sentences.add(message);
    this.#last = failure;
    this.#lastSentence = message;
    return isNew ? message : undefined;
  }

  #title({ code }: Failure): string {
    return `${failureKindIn(this.#words, code).title}.`;
  }

  #newHint(hint: string): string {
    if (this.#hints.has(hint)) return '';
    this.#hints.add(hint);
    return hint;
  }

  #withoutSaid(message: string): string {
    let short = message;
    for (const sentence of this.#sentences) short = short.replaceAll(` ${sentence}`, '');
    return short;
  }
}
