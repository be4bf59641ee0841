/** How a file of records is written, and what may be known of it beforehand. */
import type { Delimiter, Dialect } from './dialect.ts';
import type { Encoding } from './encoding.ts';

/** How a file of records is written. */
export interface TableForm {
  readonly encoding: Encoding;
  /** Length of the byte-order mark, in bytes. */
  readonly markBytes: number;
  readonly dialect: Dialect;
  /** The sheet of a workbook that it was: each record is a row then, however many lines its cells have. */
  readonly sheet?: string | undefined;
  /** A few words as they were read, where the letters of the file told its encoding. */
  readonly sample?: string | undefined;
  /** Tells of a line beyond ASCII whether it is in another encoding, where the letters of the file told its own. */
  readonly isForeign?: ((line: Uint8Array) => boolean) | undefined;
}

/** What is known of a file's form before it is looked at. */
export interface TableHints {
  /** The encoding when it is known; otherwise it is found out. */
  readonly encoding?: Encoding | undefined;
  /** The character between fields when it is known; otherwise it is found out. */
  readonly delimiter?: Delimiter | undefined;
  /** The physical line of the header, from 1, when others stand above it. */
  readonly headerLine?: number | undefined;
  /** How the file is written, when all of it is known. */
  readonly form?: TableForm | undefined;
}
