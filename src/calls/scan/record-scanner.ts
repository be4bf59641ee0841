/**
 * Runs the scanner. The scanner is a WebAssembly program that reads the bytes of records, and
 * proves that records are clean.
 */
import type { Delimiter } from '../../csv/dialect.ts';
import { Failure } from '../../failure.ts';
import * as layout from '../../scanner/layout.ts';
import { SCANNER_PROGRAM } from '../../scanner/program.ts';
import { type ColumnName, columnNamed } from '../columns/columns.ts';
import { ISO_4217 } from '../columns/iso-4217.ts';
import type { ColumnShape } from '../columns/shapes.ts';
import { canonicalRecord } from './canonical-record.ts';

/** The facts about a file that the scanner needs. */
export interface ScanOptions {
  /** The column at each index of a record; `undefined` for an unknown column. */
  readonly columns: readonly (ColumnName | undefined)[];
  readonly delimiter: Delimiter;
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** The maximum age at which a call can be linked, in seconds. */
  readonly linkageWindow: number;
  /** The longest duration that causes no warning, in seconds. */
  readonly longestDuration: number;
  /** The number of digits that spreadsheets preserve. */
  readonly spreadsheetDigits: number;
  /**
   * Whether the scanner treats static calls without an identifier as clean. If so, the code that
   * uses the scanner must report these calls.
   */
  readonly allowsUnidentified?: boolean | undefined;
}

/**
 * The result of a scan: the number of consecutive clean records of one line each, and counts of
 * their values.
 */
export interface Scan {
  /** Where the scan stopped, in bytes from the beginning of the loaded lines. */
  readonly end: number;
  readonly records: number;
  readonly static: number;
  readonly identifiers: Readonly<Record<'UserId' | 'ClientId' | 'Yclid', number>>;
  /** The number of identifiers with more digits than a spreadsheet preserves. */
  readonly long: number;
  /** The number of long identifiers that have only zeros after the preserved digits. */
  readonly rounded: number;
  /** The number of records that end with LF. The other records end with CRLF. */
  readonly lineFeeds: number;
}

/** The scanner always finds two equal records that are at most this number of records apart. */
export const { DUPLICATE_WINDOW } = layout;

/** The maximum number of records that {@link RecordScanner.scanNumbered} can scan at once. */
export const { MOST_NUMBERED } = layout;

/** The maximum number of bytes in one scan. */
export const { LONGEST_LINES } = layout;

/** The number that stands for each shape in the scanner. */
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

/**
 * For each shape, the trait that a value of this shape gives to its record. If a column may contain
 * anything, the scanner does not examine the values of that column. All records then get the trait.
 */
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
  allowUnidentified(isAllowed: boolean): void;
  scan(from: number, to: number, line: number): number;
  scanNumbered(from: number, to: number, first: number): number;
  firstLineOf(length: number, line: number): number;
}

/**
 * Reads the bytes of records, and proves that records are clean. Also finds records that repeat an
 * earlier record. The scanner uses at most 14 MiB of memory, even for a very long file.
 *
 * The scanner reports a false duplicate only if two 64-bit hashes collide. It always finds two
 * equal records that are at most {@link DUPLICATE_WINDOW} records apart.
 */
export class RecordScanner {
  readonly #program: ScannerProgram;
  readonly #bytes: Buffer;
  readonly #numbers: Uint32Array;
  #delimiter: Delimiter = ',';
  #currencies = 0;
  #shapes: readonly number[] = [];
  /** The indexes of the columns that may contain any value in the next scan. */
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
   * @returns whether the scanner can scan the records of the file
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
    this.#program.allowUnidentified(settings.allowsUnidentified === true);
    return true;
  }

  /**
   * Adds a currency that the full check has seen. The scanner accepts only currencies that
   * were added.
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
   * Allows any values in some columns during the next scans. The problems of these values are
   * already known.
   *
   * @param places the indexes of the columns; if the array is empty, all columns are checked
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

  /**
   * Loads records for the next scans.
   *
   * @param bytes the records to scan, at most {@link LONGEST_LINES} bytes; the method copies them
   * @param lines for each record, the number of the physical line where the record begins; at most
   *   {@link MOST_NUMBERED} records; only {@link scanNumbered} needs these numbers
   */
  load(bytes: Uint8Array, lines?: Uint32Array): void {
    this.#bytes.set(bytes, layout.LINES_AT);
    if (lines !== undefined) this.#numbers.set(lines, layout.NUMBERS_AT / 4);
  }

  /**
   * Scans consecutive clean records of the loaded lines. Stops at the first record that is not
   * certainly clean, or that repeats an earlier record. The loaded lines must be valid UTF-8, and
   * must end with a line feed.
   *
   * @param from where a record begins, in bytes from the beginning of the loaded lines
   * @param to where the last record to scan ends, in bytes
   * @param line the physical line of the first record, from 1
   */
  scan(from: number, to: number, line: number): Scan {
    const start = layout.LINES_AT;
    return this.#result(this.#program.scan(start + from, start + to, line));
  }

  /**
   * Scans records as {@link scan} does. The numbers of their lines come from the `lines` of
   * {@link load}, and may have gaps.
   *
   * @param first the index in `lines` that belongs to the first record
   */
  scanNumbered(from: number, to: number, first: number): Scan {
    const start = layout.LINES_AT;
    return this.#result(this.#program.scanNumbered(start + from, start + to, first));
  }

  #result(stop: number): Scan {
    const end = stop - layout.LINES_AT;
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
   * Remembers a record that was not scanned.
   *
   * @param fields the record
   * @param line the physical line where the record starts, from 1
   * @returns the line of an equal record that came earlier; `undefined` if there is no such record,
   *   or if the given record is too long to be a call
   */
  firstLineOf(fields: readonly string[], line: number): number | undefined {
    const record = canonicalRecord(fields, this.#delimiter);
    // A UTF-16 unit takes at most three bytes in UTF-8. So the bytes of a short record do not have
    // to be counted.
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
    // A RangeError means that there is not enough address space. For WebAssembly, the engine
    // reserves much more address space than the program uses, in order to avoid bounds checks.
    const problem = cause instanceof RangeError ? 'no-room' : 'no-web-assembly';
    throw new Failure('engine-unsuitable', { problem }, { cause });
  }
}
