/** Renders failures for people. */
import type { Failure, FailureSaid } from '../../../failure.ts';
import { hangingIndent, type Line, toned, wrapped } from '../layout.ts';
import type { Style } from '../output.ts';

/**
 * Renders a failure: the problem, and below it the next step for the user.
 *
 * @param said the words about the failure; an empty hint is left out
 * @param subject the subject of the failure, such as the name of a file
 */
export function renderFailure(
  failure: Failure,
  { message, hint }: FailureSaid,
  style: Style,
  subject?: string,
): Line[] {
  const { cross, arrow, abilities, words } = style;
  const { requestId } = failure.details;
  const what = `${subject === undefined ? '' : `${subject}: `}${message}`;
  return [
    ...wrapped([toned.bad(cross), ' '], what, abilities.columns - 1, 'strong'),
    ...(hint === '' ? [] : hangingIndent(`  ${arrow} `, hint, abilities.columns, 'info')),
    ...(requestId === undefined
      ? []
      : [toned.quiet(`  ${words.screens.requests.requestId(requestId)}`)]),
  ];
}
