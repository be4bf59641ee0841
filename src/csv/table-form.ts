/**
 * The form of a file of records, and hints about it. A hint is a part of the form that is already
 * known.
 */
import type { ShownName } from '../words/shown-name.ts';
import type { Delimiter, Dialect } from './dialect.ts';
import type { Encoding } from './encoding.ts';

/** The form of a file of records: how its bytes are to be read. */
export interface TableForm {
  readonly encoding: Encoding;
  /** The length of the byte-order mark, in bytes. */
  readonly markBytes: number;
  readonly dialect: Dialect;
  /** The sheet, if the records come from a workbook. */
  readonly sheet?: ShownName | undefined;
  /**
   * Returns the line of the JSON for a line of the table, if the records come from JSON. All lines
   * are counted from 1.
   */
  readonly lineInJson?: LineInJson | undefined;
  /** The JSON records without values; absent if there are none. */
  readonly emptyInJson?: EmptyInJson | undefined;
  /**
   * The first non-ASCII words as decoded text. They are present only if the encoding was found from
   * the letters of the file.
   */
  readonly sample?: string | undefined;
  /**
   * Finds lines in another encoding. This object is present only if the encoding was found from the
   * letters of the file.
   */
  readonly foreign?: ForeignLines | undefined;
}

/** Returns the line of the JSON where the record in a line of the table begins. */
export type LineInJson = (line: number) => number;

/** Records of JSON that have no values. */
export interface EmptyInJson {
  readonly records: number;
  /** The line of the table with the first of these records. */
  readonly line: number;
}

/** Where the records of a table come from, if they were first converted to CSV. */
export type RowSource = Pick<TableForm, 'sheet' | 'lineInJson'>;

/**
 * Says whether each record counts as one line, even if its cells contain line ends. This is so if
 * the records were first converted to CSV.
 */
export function areRecordsLines({ sheet, lineInJson }: RowSource): boolean {
  return sheet !== undefined || lineInJson !== undefined;
}

/** Finds lines whose encoding differs from the encoding of the file. */
export interface ForeignLines {
  /** Says whether at least one line may be in another encoding. If `false`, no line is. */
  mayBeIn(lines: Uint8Array): boolean;
  /** Says whether a line is certainly in another encoding. */
  isForeign(line: Uint8Array): boolean;
}

/** Facts about the form of a file that are known before the file is read. */
export interface TableHints {
  /** The encoding; detected by default. */
  readonly encoding?: Encoding | undefined;
  /** The character between fields; detected by default. */
  readonly delimiter?: Delimiter | undefined;
  /** The physical line of the header, from 1, if other lines precede it. */
  readonly headerLine?: number | undefined;
  /** The complete form, if it is known. */
  readonly form?: TableForm | undefined;
}
