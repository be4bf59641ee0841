/** Renders failures and retries for people. */
import { type Failure, failureIn } from '../../../failure.ts';
import type { RetryNotice } from '../../../metrika/retry.ts';
import type { Words } from '../../../words/en.ts';
import { hangingIndent, type Line, toned, wrapped } from '../layout.ts';
import type { Style } from '../output.ts';

/**
 * Renders a failure: the problem, and below it the next step for the user.
 *
 * @param subject the subject of the failure, such as the name of a file
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

/** Returns one line about a retry: what happened, and when the next attempt is. */
export function retryLine({ failure, wait, retry, retries }: RetryNotice, words: Words): string {
  const { message } = failureIn(words, failure);
  return words.screens.requests.retrying(message, wait, retry, retries);
}
