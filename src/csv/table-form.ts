/** How a file of records is written, and what the caller may know about it in advance. */
import type { Delimiter, Dialect } from './dialect.ts';
import type { Encoding } from './encoding.ts';

/** How a file of records is written. */
export interface TableForm {
  readonly encoding: Encoding;
  /** Length of the byte-order mark, in bytes. */
  readonly markBytes: number;
  readonly dialect: Dialect;
  /**
   * The sheet, if the records come from a workbook. Then each record is one row, even if its
   * cells contain line ends.
   */
  readonly sheet?: string | undefined;
  /** The first non-ASCII words, decoded, if the encoding was found from the letters of the file. */
  readonly sample?: string | undefined;
  /**
   * Says whether a line with non-ASCII bytes is in another encoding. Present if the encoding was
   * found from the letters of the file.
   */
  readonly isForeign?: ((line: Uint8Array) => boolean) | undefined;
}

/** What is known about a file's form before it is read. */
export interface TableHints {
  /** The encoding, if it is known. Otherwise it is detected. */
  readonly encoding?: Encoding | undefined;
  /** The character between fields, if it is known. Otherwise it is detected. */
  readonly delimiter?: Delimiter | undefined;
  /** The physical line of the header, from 1, if other lines precede it. */
  readonly headerLine?: number | undefined;
  /** The form, if it is known completely. */
  readonly form?: TableForm | undefined;
}
