/**
 * The findings about a file as a whole: its form, and the changes that are necessary before
 * sending.
 */
import { DELIMITERS } from '../../csv/dialect.ts';
import type { ReadProblem } from '../../csv/record-reader.ts';
import { example } from '../../words/shown-name.ts';
import type { FindingCollector } from '../findings/collector.ts';
import { type FileForm, lineEndsToChange } from './file-form.ts';

/**
 * Reports the changes that are necessary before sending.
 *
 * @param first physical lines, from 1. `blank` is the line of the first blank record at the end of
 *   the file. `standIn` is the line of the first stand-in
 */
export function reportChanges(
  form: FileForm,
  first: { readonly blank: number | undefined; readonly standIn: number | undefined },
  found: FindingCollector,
): void {
  const { delimiter } = form;
  const { encoding, markBytes } = form.text ?? form;
  if (form.container === 'gzip') found.add('packed-with-gzip', {}, {});
  if (form.container === 'zip') found.add('packed-with-zip', {}, {});
  if (form.text?.kind === 'html') found.add('from-html', {}, { sheet: form.sheet ?? example('') });
  else if (form.sheet !== undefined) found.add('from-workbook', {}, { sheet: form.sheet });
  if (form.text?.kind === 'json') found.add('from-json', {}, {});
  if (encoding !== 'utf-8') found.add('encoding-not-utf8', {}, { encoding, sample: form.sample });
  else if (markBytes > 0) found.add('byte-order-mark', {}, {});
  if (form.separatorLine) found.add('separator-line', { line: 1 }, {});
  if (delimiter !== ',') {
    found.add('delimiter-not-comma', {}, { delimiter: DELIMITERS[delimiter] });
  }
  const lineEnds = lineEndsToChange(form.lineEnds);
  if (lineEnds !== undefined) found.add('line-ends-not-lf', {}, { lineEnds });
  if (first.blank !== undefined) found.add('blank-lines-at-end', { line: first.blank }, {});
  if (first.standIn !== undefined) {
    found.add('stand-ins', { line: first.standIn }, { cells: form.standIns });
  }
}

/**
 * Returns why the cells of a header cannot be read.
 *
 * @param suspect whether the cells may contain NUL or undecodable bytes
 * @param problem why the record cannot be read, or may be read wrongly
 */
export function damageOf(
  cells: readonly string[],
  suspect: boolean,
  problem: ReadProblem['kind'] | undefined,
): Exclude<ReadProblem['kind'], 'record-doubtful'> | 'nul-byte' | 'bytes-undecodable' | undefined {
  if (problem !== undefined && problem !== 'record-doubtful') return problem;
  if (!suspect) return undefined;
  if (cells.some((cell) => cell.includes('\0'))) return 'nul-byte';
  return cells.some((cell) => !cell.isWellFormed()) ? 'bytes-undecodable' : undefined;
}
