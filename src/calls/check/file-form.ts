/** The form of a file, and the changes that are necessary before sending. */
import type { ConvertedText } from '../../content/open-content.ts';
import { type Delimiter, DELIMITERS } from '../../csv/dialect.ts';
import type { Encoding } from '../../csv/encoding.ts';
import type { LineEnds } from '../../csv/line-ends.ts';
import type { ShownName } from '../../words/shown-name.ts';
import type { ColumnName } from '../columns/columns.ts';

/** How a file is written, as the check found it. */
export interface FileForm {
  /** The format of the container from which the bytes were unpacked. */
  readonly container: 'gzip' | 'zip' | 'workbook' | undefined;
  /**
   * The format of the text, and how it was decoded, if the file is JSON or HTML. The other
   * properties then describe the table that was made from this text.
   */
  readonly text: Pick<ConvertedText, 'kind' | 'encoding' | 'markBytes'> | undefined;
  /** The name of the sheet or of the HTML table; `undefined` for CSV and JSON. */
  readonly sheet: ShownName | undefined;
  readonly encoding: Encoding;
  /** The first non-ASCII words, decoded, if the encoding was found from the letters of the file. */
  readonly sample: string | undefined;
  /** The length of the byte-order mark, in bytes. */
  readonly markBytes: number;
  readonly delimiter: Delimiter;
  readonly separatorLine: boolean;
  readonly lineEnds: Readonly<LineEnds>;
  readonly blankLinesAtEnd: boolean;
  /** Whether a sheet or an HTML table has empty rows, or JSON has records without values. */
  readonly blankRows: boolean;
  readonly headerBlanks: boolean;
  readonly headerCase: boolean;
  /** The number of stand-ins. The program sends an empty cell for each of them. */
  readonly standIns: number;
  /** The column at each index of a record; `undefined` for an unknown column. */
  readonly columns: readonly (ColumnName | undefined)[];
  /** The indexes of columns that are not sent. */
  readonly droppedPlaces: readonly number[];
  /** The names of all columns for the header to send. Dropped columns are still in this list. */
  readonly headerNames: readonly string[];
}

/**
 * Returns the changes that are necessary before sending, by stable names such as
 * `encoding:windows-1251`.
 *
 * @returns the names in the order of the changes; none if the file can be sent unchanged
 */
export function conversionsFor(form: FileForm): string[] {
  const conversions: string[] = [];
  if (form.container !== undefined) conversions.push(form.container);
  if (form.text !== undefined) conversions.push(form.text.kind);
  const { encoding, markBytes } = form.text ?? form;
  if (encoding !== 'utf-8') conversions.push(`encoding:${encoding}`);
  else if (markBytes > 0) conversions.push('byte-order-mark');
  if (form.separatorLine) conversions.push('separator-line');
  if (form.delimiter !== ',') conversions.push(`delimiter:${DELIMITERS[form.delimiter]}`);
  const lineEnds = lineEndsToChange(form.lineEnds);
  if (lineEnds !== undefined) conversions.push(`line-ends:${lineEnds}`);
  if (form.blankLinesAtEnd) conversions.push('blank-lines-at-end');
  if (form.standIns > 0) conversions.push('stand-ins');
  if (form.droppedPlaces.length > 0) conversions.push('reject-reason');
  if (form.headerBlanks) conversions.push('header-blanks');
  if (form.headerCase) conversions.push('header-case');
  return conversions;
}

/** Returns the kind of line ends in a file; `undefined` if all are LF. */
export function lineEndsToChange(ends: Readonly<LineEnds>): 'crlf' | 'cr' | 'mixed' | undefined {
  const kinds = Number(ends.lf) + Number(ends.crlf) + Number(ends.cr);
  if (kinds > 1) return 'mixed';
  if (ends.crlf) return 'crlf';
  return ends.cr ? 'cr' : undefined;
}

/** Says whether the records must be rewritten. If not, changing the encoding is enough. */
export function needsRewriting(form: FileForm): boolean {
  return (
    form.separatorLine ||
    form.delimiter !== ',' ||
    lineEndsToChange(form.lineEnds) !== undefined ||
    form.blankLinesAtEnd ||
    form.blankRows ||
    form.standIns > 0 ||
    form.droppedPlaces.length > 0 ||
    form.headerBlanks ||
    form.headerCase
  );
}
