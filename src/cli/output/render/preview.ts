/** The first records of a conversion before and after. */
import { shownValue } from '../../../calls/findings/shown-value.ts';
import type { PreviewedRecord } from '../../../convert/convert-calls.ts';
import type { Style } from '../output.ts';
import { withoutControls } from '../terminal.ts';

const WIDEST_CELL = 28;

/**
 * The first records before and after, side by side: a line for each column of a call.
 *
 * @param showValues whether phone numbers and identifiers may be seen
 */
export function renderPreview(
  records: readonly PreviewedRecord[],
  showValues: boolean,
  { paint, arrow, words }: Style,
): string[] {
  return records.flatMap(({ line, columns }) => [
    paint.dim(words.screens.convert.line(line)),
    ...columns.map(({ name, before, after }) => {
      const left = cell(shownValue(before, name, showValues));
      const right = cell(shownValue(after, name, showValues));
      return `  ${name.padEnd(15)} ${left.padEnd(WIDEST_CELL)} ${arrow} ${before === after ? right : paint.bold(right)}`.trimEnd();
    }),
    '',
  ]);
}

function cell(text: string): string {
  const safe = [...withoutControls(text)];
  return safe.length <= WIDEST_CELL ? safe.join('') : `${safe.slice(0, WIDEST_CELL - 1).join('')}…`;
}
