/** How a file is written, and the changes that sending it takes. */
import { type Delimiter, DELIMITERS } from '../../csv/dialect.ts';
import type { Encoding } from '../../csv/encoding.ts';
import type { LineEnds } from '../../csv/line-ends.ts';
import type { ColumnName } from '../columns/columns.ts';

/** How a file is written, as the check found it. */
export interface FileForm {
  /** What the bytes came out of. */
  readonly container: 'gzip' | 'workbook' | undefined;
  /** The sheet of the workbook that they were. */
  readonly sheet: string | undefined;
  readonly encoding: Encoding;
  /** A few words as they were read, where the letters of the file told its encoding. */
  readonly sample: string | undefined;
  /** Length of the byte-order mark, in bytes. */
  readonly markBytes: number;
  readonly delimiter: Delimiter;
  readonly separatorLine: boolean;
  readonly lineEnds: Readonly<LineEnds>;
  readonly blankLinesAtEnd: boolean;
  /** Whether rows without a value stand between those of a sheet. */
  readonly blankRows: boolean;
  readonly headerBlanks: boolean;
  readonly headerCase: boolean;
  /** How many cells stand for no value and are sent empty. */
  readonly standIns: number;
  /** The column of a call at each place; `undefined` where none is known. */
  readonly columns: readonly (ColumnName | undefined)[];
  /** Where columns stand that are left out of what is sent. */
  readonly droppedPlaces: readonly number[];
  /** The header as it is sent, before columns are left out. */
  readonly headerNames: readonly string[];
}

/**
 * The changes that sending a file takes, by their stable names, such as `encoding:windows-1251`.
 *
 * @returns the names in the order in which the changes are made; none when the file can go as it is
 */
export function conversionsFor(form: FileForm): string[] {
  const conversions: string[] = [];
  if (form.container !== undefined) conversions.push(form.container);
  if (form.encoding !== 'utf-8') conversions.push(`encoding:${form.encoding}`);
  else if (form.markBytes > 0) conversions.push('byte-order-mark');
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

/** The kind of line ends when it is not LF alone. */
export function lineEndsToChange(ends: Readonly<LineEnds>): 'crlf' | 'cr' | 'mixed' | undefined {
  const kinds = Number(ends.lf) + Number(ends.crlf) + Number(ends.cr);
  if (kinds > 1) return 'mixed';
  if (ends.crlf) return 'crlf';
  return ends.cr ? 'cr' : undefined;
}

/**
 * Whether the records have to be rewritten, and not only their bytes in another encoding.
 */
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
