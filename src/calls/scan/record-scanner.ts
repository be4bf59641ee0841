/** Runs the scanner, a WebAssembly program that proves records clean from their bytes. */
import type { Delimiter } from '../../csv/dialect.ts';
import { Failure } from '../../failure.ts';
import * as layout from '../../scanner/layout.ts';
import { SCANNER_PROGRAM } from '../../scanner/program.ts';
import { type ColumnName, columnNamed } from '../columns/columns.ts';
import { ISO_4217 } from '../columns/iso-4217.ts';
import type { ColumnShape } from '../columns/shapes.ts';
import { canonicalRecord } from './canonical-record.ts';

/** What the scanner needs to know about a file. */
export interface ScanOptions {
  /** The column at each index of a record; `undefined` for an unknown column. */
  readonly columns: readonly (ColumnName | undefined)[];
  readonly delimiter: Delimiter;
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** The greatest age at which a call can be linked, in seconds. */
  readonly linkageWindow: number;
  /** The longest duration without a warning, in seconds. */
  readonly longestDuration: number;
  /** The number of digits that spreadsheets keep. */
  readonly spreadsheetDigits: number;
}

/** The result of a scan: consecutive clean records of one line each, and their counts. */
export interface Scan {
  /** Where the scan stopped, in bytes from the beginning of the loaded lines. */
  readonly end: number;
  readonly records: number;
  readonly static: number;
  readonly identifiers: Readonly<Record<'UserId' | 'ClientId' | 'Yclid', number>>;
  /** The number of identifiers with more digits than a spreadsheet keeps. */
  readonly long: number;
  /** The number of those that have only zeros after the digits a spreadsheet keeps. */
  readonly rounded: number;
  /** The number of records that end with LF alone. The others end with CRLF. */
  readonly lineFeeds: number;
}

/** Two equal records are certain to be found if they are at most this many records apart. */
export const { DUPLICATE_WINDOW } = layout;

/** The maximum number of bytes in one scan. */
export const { LONGEST_LINES } = layout;

/** The scanner's number for each shape. Several shapes can have the same number. */
const SCANNED_SHAPES: Readonly<Record<ColumnShape, number>> = {
  'user-id': layout.USER_ID,
  'client-id': layout.CLIENT_ID,
  yclid: layout.YCLID,
  'date-time': layout.DATE_TIME,
  'static-flag': layout.STATIC_CALL,
  'missed-flag': layout.CALL_MISSED,
  'first-time-flag': layout.FLAG,
  price: layout.PRICE,
  currency: layout.CURRENCY,
  'phone-number': layout.PHONE_NUMBER,
  'talk-duration': layout.TALK_DURATION,
  duration: layout.DURATION,
  'web-address': layout.WEB_ADDRESS,
  text: layout.TEXT,
};

/** The traits of a record that has any value in a column, by the column's shape. */
const ASSUMED_TRAITS: Readonly<Record<number, number>> = {
  [layout.USER_ID]: layout.HAS_USER_ID,
  [layout.CLIENT_ID]: layout.HAS_CLIENT_ID,
  [layout.YCLID]: layout.HAS_YCLID,
  [layout.DATE_TIME]: layout.HAS_TIME,
  [layout.PRICE]: layout.HAS_PRICE,
  [layout.CURRENCY]: layout.HAS_CURRENCY,
};

/** The exports of src/scanner/record-scanner.ts. Addresses and lengths are in bytes. */
interface ScannerProgram {
  readonly memory: WebAssembly.Memory;
  reserve(): void;
  begin(
    columns: number,
    delimiter: number,
    now: number,
    linkageWindow: number,
    longestDuration: number,
    spreadsheetDigits: number,
  ): void;
  setCurrencies(count: number): void;
  assumeTraits(all: number): void;
  scan(from: number, to: number, line: number): number;
  firstLineOf(length: number, line: number): number;
}

/**
 * Proves that records of a file are clean from their bytes, and finds records that repeat an
 * earlier one. It takes at most 14 MB for files of any length.
 *
 * Apart from collisions of 64-bit hashes, it reports no false duplicates. Two equal records are
 * certain to be found if they are at most {@link DUPLICATE_WINDOW} records apart.
 */
export class RecordScanner {
  readonly #program: ScannerProgram;
  readonly #bytes: Buffer;
  readonly #numbers: Uint32Array;
  #delimiter: Delimiter = ',';
  #currencies = 0;
  #shapes: readonly number[] = [];
  /** The indexes of the columns that may currently contain anything. */
  #free: readonly number[] = [];

  /** @throws Failure `engine-unsuitable` if the engine cannot run WebAssembly */
  constructor() {
    this.#program = startProgram();
    this.#program.reserve();
    const { buffer } = this.#program.memory;
    this.#bytes = Buffer.from(buffer);
    this.#numbers = new Uint32Array(buffer);
  }

  /**
   * Begins a file.
   *
   * @returns whether its records can be scanned
   */
  begin(settings: ScanOptions): boolean {
    const { columns } = settings;
    this.#delimiter = settings.delimiter;
    if (columns.length > layout.MOST_COLUMNS) return false;
    this.#shapes = columns.map(shapeOf);
    this.#bytes.set(this.#shapes, layout.COLUMNS_AT);
    this.#program.begin(
      columns.length,
      settings.delimiter.charCodeAt(0),
      settings.now,
      settings.linkageWindow,
      settings.longestDuration,
      settings.spreadsheetDigits,
    );
    return true;
  }

  /**
   * Adds a currency that the full check has seen. Records with other currencies are not certainly
   * clean.
   */
  addCurrency(currency: string): void {
    if (!ISO_4217.has(currency)) return;
    const [first = 0, second = 0, third = 0] = Buffer.from(currency);
    this.#numbers[layout.CURRENCIES_AT / 4 + this.#currencies] =
      first | (second << 8) | (third << 16);
    this.#currencies += 1;
    this.#program.setCurrencies(this.#currencies);
  }

  /**
   * Allows any values in some columns during the next scans. The caller already knows what is
   * wrong with these values.
   *
   * @param places the indexes of the columns; an empty array ends the permission
   */
  allowAnythingIn(places: readonly number[]): void {
    for (const at of this.#free)
      this.#bytes[layout.COLUMNS_AT + at] = this.#shapes[at] ?? layout.TEXT;
    let traits = 0;
    for (const at of places) {
      this.#bytes[layout.COLUMNS_AT + at] = layout.TEXT;
      traits |= ASSUMED_TRAITS[this.#shapes[at] ?? layout.TEXT] ?? 0;
    }
    this.#free = places;
    this.#program.assumeTraits(traits);
  }

  /** @param bytes the lines to scan, at most {@link LONGEST_LINES} bytes; they are copied */
  load(bytes: Uint8Array): void {
    this.#bytes.set(bytes, layout.LINES_AT);
  }

  /**
   * Scans consecutive clean records of the loaded lines. It stops at the first record that is not
   * certainly clean, or that repeats an earlier one.
   *
   * @param from where a record begins, in bytes from the beginning of the loaded lines, which must
   *   be valid UTF-8 with a line feed at the end
   * @param to where the last record to scan ends
   * @param line the physical line of the first record, from 1
   */
  scan(from: number, to: number, line: number): Scan {
    const start = layout.LINES_AT;
    const end = this.#program.scan(start + from, start + to, line) - start;
    const tally = (place: number): number => this.#numbers[layout.TALLY_AT / 4 + place] ?? 0;
    return {
      end,
      records: tally(layout.RECORDS),
      static: tally(layout.STATIC),
      identifiers: {
        UserId: tally(layout.USER_IDS),
        ClientId: tally(layout.CLIENT_IDS),
        Yclid: tally(layout.YCLIDS),
      },
      long: tally(layout.LONG),
      rounded: tally(layout.ROUNDED),
      lineFeeds: tally(layout.LINE_FEEDS),
    };
  }

  /**
   * @param fields a record that was not scanned
   * @param line the physical line where it starts, from 1
   * @returns the line of the record that it repeats; `undefined` if it is new, or too long to be a
   *   call
   */
  firstLineOf(fields: readonly string[], line: number): number | undefined {
    const record = canonicalRecord(fields, this.#delimiter);
    // A UTF-16 unit takes at most three bytes, so only long records must be measured.
    const isLong = record.length * 3 > layout.LONGEST_LINES;
    if (isLong && Buffer.byteLength(record, 'utf8') > layout.LONGEST_LINES) return undefined;
    const length = this.#bytes.write(record, layout.CANONICAL_AT, 'utf8');
    const earlier = this.#program.firstLineOf(length, line);
    return earlier === 0 ? undefined : earlier;
  }
}

function shapeOf(name: ColumnName | undefined): number {
  const column = name === undefined ? undefined : columnNamed(name);
  return column === undefined ? layout.TEXT : SCANNED_SHAPES[column.shape];
}

let compiled: WebAssembly.Module | undefined;

function startProgram(): ScannerProgram {
  try {
    compiled ??= new WebAssembly.Module(Buffer.from(SCANNER_PROGRAM, 'base64'));
    const { exports } = new WebAssembly.Instance(compiled);
    return exports as unknown as ScannerProgram;
  } catch (cause) {
    // The engine reserves far more address space for WebAssembly than memory, to avoid bounds
    // checks.
    const problem = cause instanceof RangeError ? 'no-room' : 'no-web-assembly';
    throw new Failure('engine-unsuitable', { problem }, { cause });
  }
}
