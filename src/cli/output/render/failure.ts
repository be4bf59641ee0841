/** Failures for people, and retries in a line. */
import { type Failure, failureIn } from '../../../failure.ts';
import type { RetryNotice } from '../../../metrika/retry.ts';
import type { Words } from '../../../words/en.ts';
import { hangingIndent, wrap } from '../../../words/format.ts';
import type { Style } from '../output.ts';
import { withoutControls } from '../terminal.ts';

/**
 * A failure for people: what happened, and under it what to do next.
 *
 * @param subject what it happened to, such as the name of a file, fit to be shown
 */
export function renderFailure(failure: Failure, style: Style, subject?: string): string {
  const { paint, cross, arrow, abilities, words } = style;
  const { message, hint } = failureIn(words.failures, failure);
  const { requestId } = failure.details;
  const width = abilities.columns - 2 - arrow.length;
  const what = `${subject === undefined ? '' : `${subject}: `}${withoutControls(message)}`;
  const [first = '', ...rest] = wrap(what, width);
  const id = requestId === undefined ? undefined : withoutControls(requestId);
  return [
    `${paint.red(cross)} ${first}`,
    ...rest.map((line) => `  ${line}`),
    ...hangingIndent(`  ${arrow} `, withoutControls(hint), abilities.columns),
    ...(id === undefined ? [] : [paint.dim(`  ${words.screens.requests.requestId(id)}`)]),
  ].join('\n');
}

/** One line about a retry: what happened, and when it is tried again. */
export function retryLine({ failure, wait, retry, retries }: RetryNotice, words: Words): string {
  const { message } = failureIn(words.failures, failure);
  return words.screens.requests.retrying(withoutControls(message), wait, retry, retries);
}
