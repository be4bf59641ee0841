import type { Failure } from '../../failure.ts';
import { writeJson } from '../../metrika/lossless-json.ts';
import type { Style } from '../output.ts';
import { withoutControls } from '../terminal.ts';
import { hanging, wrapped } from '../words.ts';

/** A failure as it stands under `error` in JSON. */
export function failureFields(failure: Failure): Record<string, unknown> {
  const { status, errorType, location, requestId } = failure.details;
  return {
    code: failure.code,
    exit_code: failure.exitCode,
    message: failure.message,
    hint: failure.hint,
    ...(status === undefined ? {} : { status }),
    ...(errorType === undefined ? {} : { error_type: errorType }),
    ...(location === undefined ? {} : { location }),
    ...(requestId === undefined ? {} : { request_id: requestId }),
  };
}

/** The whole JSON document of a run that failed before it had results. */
export function failureDocument(failure: Failure): string {
  return writeJson({ ok: false, error: failureFields(failure) }, 2);
}

/**
 * A failure for people: what happened, and under it what to do next.
 *
 * @param subject what it happened to, such as the name of a file, fit to be shown
 */
export function renderFailure(failure: Failure, style: Style, subject?: string): string {
  const { paint, cross, arrow, abilities } = style;
  const { requestId } = failure.details;
  const width = abilities.columns - 2 - arrow.length;
  const what = `${subject === undefined ? '' : `${subject}: `}${withoutControls(failure.message)}`;
  const [first = '', ...rest] = wrapped(what, width);
  return [
    `${paint.red(cross)} ${first}`,
    ...rest.map((line) => `  ${line}`),
    ...hanging(`  ${arrow} `, withoutControls(failure.hint), abilities.columns),
    ...(requestId === undefined ? [] : [paint.dim(`  request id ${withoutControls(requestId)}`)]),
  ].join('\n');
}
