/** The first records of a conversion before and after. */
import { shownValue } from '../../../calls/findings/shown-value.ts';
import type { PreviewedRecord } from '../../../convert/convert-calls.ts';
import { cutTo, type Line, padded, toned } from '../layout.ts';
import type { Style } from '../output.ts';
import { visible } from '../shown.ts';

const WIDEST_CELL = 28;

/**
 * The first records before and after, side by side: a line for each column of a call.
 *
 * @param showValues whether phone numbers and identifiers may be seen
 */
export function renderPreview(
  records: readonly PreviewedRecord[],
  showValues: boolean,
  { arrow, words }: Style,
): Line[] {
  return records.flatMap(({ line, columns }) => [
    toned.quiet(words.screens.convert.line(line)),
    ...columns.map(({ name, before, after }): Line => {
      const left = cell(shownValue(before, name, showValues));
      const right = cell(shownValue(after, name, showValues));
      const head = `  ${name.padEnd(15)} ${padded(left, WIDEST_CELL)} ${arrow}`;
      if (right === '') return head;
      return [`${head} `, before === after ? right : toned.strong(right)];
    }),
    '',
  ]);
}

function cell(text: string): string {
  return cutTo(visible(text), WIDEST_CELL);
}
