/** How a file of records is written, and what may be known of it beforehand. */
import type { Delimiter, Dialect } from './dialect.ts';
import type { Encoding } from './encoding.ts';

/** How a file of records is written. */
export interface TableForm {
  readonly encoding: Encoding;
  /** Length of the byte-order mark, in bytes. */
  readonly markBytes: number;
  readonly dialect: Dialect;
}

/** What is known of a file's form before it is looked at. */
export interface TableHints {
  /** The encoding when it is known; otherwise it is found out. */
  readonly encoding?: Encoding | undefined;
  /** The character between fields when it is known; otherwise it is found out. */
  readonly delimiter?: Delimiter | undefined;
}
