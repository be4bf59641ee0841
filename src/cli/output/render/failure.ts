/** Failures for people, and retries in a line. */
import { type Failure, failureIn } from '../../../failure.ts';
import type { RetryNotice } from '../../../metrika/retry.ts';
import type { Words } from '../../../words/en.ts';
import { hangingIndent, type Line, toned, wrapped } from '../layout.ts';
import type { Style } from '../output.ts';

/**
 * A failure for people: what happened, and under it what to do next.
 *
 * @param subject what it happened to, such as the name of a file in a sentence
 */
export function renderFailure(failure: Failure, style: Style, subject?: string): Line[] {
  const { cross, arrow, abilities, words } = style;
  const { message, hint } = failureIn(words, failure);
  const { requestId } = failure.details;
  const what = `${subject === undefined ? '' : `${subject}: `}${message}`;
  return [
    ...wrapped([toned.bad(cross), ' '], what, abilities.columns - 1, 'strong'),
    ...hangingIndent(`  ${arrow} `, hint, abilities.columns, 'info'),
    ...(requestId === undefined
      ? []
      : [toned.quiet(`  ${words.screens.requests.requestId(requestId)}`)]),
  ];
}

/** One line about a retry: what happened, and when it is tried again. */
export function retryLine({ failure, wait, retry, retries }: RetryNotice, words: Words): string {
  const { message } = failureIn(words, failure);
  return words.screens.requests.retrying(message, wait, retry, retries);
}
