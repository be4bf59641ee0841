/** The findings that concern a file as a whole: how it is written, and what has to be changed for it. */
import { DELIMITERS } from '../../csv/dialect.ts';
import { type FileForm, lineEndsToChange } from '../file-form.ts';
import type { FindingCollector } from '../findings/collector.ts';

/**
 * Reports the changes that sending a file takes.
 *
 * @param firstBlank the line of the first blank record at the end of the file, from 1
 */
export function reportChanges(
  form: FileForm,
  firstBlank: number | undefined,
  found: FindingCollector,
): void {
  const { encoding, delimiter } = form;
  if (form.packed) found.add('packed-with-gzip', {}, {});
  if (encoding !== 'utf-8') found.add('encoding-not-utf8', {}, { encoding });
  else if (form.markBytes > 0) found.add('byte-order-mark', {}, {});
  if (form.separatorLine) found.add('separator-line', { line: 1 }, {});
  if (delimiter !== ',') {
    found.add('delimiter-not-comma', {}, { delimiter: DELIMITERS[delimiter] });
  }
  const lineEnds = lineEndsToChange(form.lineEnds);
  if (lineEnds !== undefined) found.add('line-ends-not-lf', {}, { lineEnds });
  if (firstBlank !== undefined) found.add('blank-lines-at-end', { line: firstBlank }, {});
}

/** What keeps cells from being text. */
export function damageIn(cells: readonly string[]): 'nul-byte' | 'bytes-undecodable' | undefined {
  if (cells.some((cell) => cell.includes('\0'))) return 'nul-byte';
  return cells.some((cell) => !cell.isWellFormed()) ? 'bytes-undecodable' : undefined;
}
