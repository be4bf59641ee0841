/** The host of the scanner: WebAssembly that proves records clean by their bytes. */
import type { Delimiter } from '../../csv/dialect.ts';
import { Failure } from '../../failure.ts';
import * as layout from '../../scanner/layout.ts';
import { SCANNER_PROGRAM } from '../../scanner/program.ts';
import { type ColumnName, columnNamed } from '../columns/columns.ts';
import { ISO_4217 } from '../columns/iso-4217.ts';
import type { ColumnShape } from '../columns/shapes.ts';
import { canonicalRecord } from './canonical-record.ts';

/** What a scanner needs to know of a file. */
export interface ScanOptions {
  /** The column at each place of a record; `undefined` where none is known. */
  readonly columns: readonly (ColumnName | undefined)[];
  readonly delimiter: Delimiter;
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** How old a call may be and still be linked, in seconds. */
  readonly linkageWindow: number;
  /** How long a call may last without a word, in seconds. */
  readonly longestDuration: number;
  /** How many digits of a number spreadsheets keep. */
  readonly spreadsheetDigits: number;
}

/** What a scan found: clean records, each of one line, and what they add up to. */
export interface Scan {
  /** Where it stopped, in bytes from the beginning of what is loaded. */
  readonly end: number;
  readonly records: number;
  readonly static: number;
  readonly identifiers: Readonly<Record<'UserId' | 'ClientId' | 'Yclid', number>>;
  /** Identifiers with more digits than a spreadsheet keeps. */
  readonly long: number;
  /** Those of them that have only zeros after the digits that are kept. */
  readonly rounded: number;
  /** Records that ended with LF alone; the others ended with CRLF. */
  readonly lineFeeds: number;
}

/** How far apart two equal records may stand, in records, and still be found for certain. */
export const { DUPLICATE_WINDOW } = layout;

/** So many bytes can be scanned at a time. */
export const { LONGEST_LINES } = layout;

/** The scanner's number of each shape; several shapes can be one to it. */
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

/** What a record has when something stands in a column, whatever it is. */
const GIVEN_TRAITS: Readonly<Record<number, number>> = {
  [layout.USER_ID]: layout.HAS_USER_ID,
  [layout.CLIENT_ID]: layout.HAS_CLIENT_ID,
  [layout.YCLID]: layout.HAS_YCLID,
  [layout.DATE_TIME]: layout.HAS_TIME,
  [layout.PRICE]: layout.HAS_PRICE,
  [layout.CURRENCY]: layout.HAS_CURRENCY,
};

/** What src/scanner/record-scanner.ts exports; addresses and lengths are in bytes. */
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
  giveTraits(all: number): void;
  scan(from: number, to: number, line: number): number;
  firstLineOf(length: number, line: number): number;
}

/**
 * Proves records of a file clean by their bytes, and finds records that are the very same as an
 * earlier one, in at most 14 MB however long the file is.
 *
 * There are no false duplicates, but for a collision of 64 bits: two equal records at most
 * {@link DUPLICATE_WINDOW} records apart are always found, farther ones perhaps not.
 */
export class RecordScanner {
  readonly #program: ScannerProgram;
  readonly #bytes: Buffer;
  readonly #numbers: Uint32Array;
  #delimiter: Delimiter = ',';
  #currencies = 0;
  #shapes: readonly number[] = [];
  /** The columns that may hold anything at the moment. */
  #free: readonly number[] = [];

  /** @throws Failure `engine-unsuitable` where the engine runs no WebAssembly */
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

  /** Adds a currency that the full check has seen; records with others are not clean for certain. */
  addCurrency(currency: string): void {
    if (!ISO_4217.has(currency)) return;
    const [first = 0, second = 0, third = 0] = Buffer.from(currency);
    this.#numbers[layout.CURRENCIES_AT / 4 + this.#currencies] =
      first | (second << 8) | (third << 16);
    this.#currencies += 1;
    this.#program.setCurrencies(this.#currencies);
  }

  /**
   * Lets some columns hold anything in the scans that follow, where it is known what is wrong with them.
   *
   * @param places where they stand in a record; none takes it back
   */
  allowAnythingIn(places: readonly number[]): void {
    for (const at of this.#free)
      this.#bytes[layout.COLUMNS_AT + at] = this.#shapes[at] ?? layout.TEXT;
    let traits = 0;
    for (const at of places) {
      this.#bytes[layout.COLUMNS_AT + at] = layout.TEXT;
      traits |= GIVEN_TRAITS[this.#shapes[at] ?? layout.TEXT] ?? 0;
    }
    this.#free = places;
    this.#program.giveTraits(traits);
  }

  /** @param bytes to be scanned, {@link LONGEST_LINES} at most; they are copied */
  load(bytes: Uint8Array): void {
    this.#bytes.set(bytes, layout.LINES_AT);
  }

  /**
   * Scans clean records of what is loaded, one after another, up to the first that is not certainly
   * clean, or that repeats an earlier one.
   *
   * @param from where a record begins, in bytes from the beginning of what is loaded: valid UTF-8 with a
   *   line feed at its end
   * @param to where the last record ends that is looked at
   * @param line the physical line of that record, from 1
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
   * @param line the physical line it starts on, from 1
   * @returns the line of the record it repeats, or `undefined` when it is new, or too long to be a call
   */
  firstLineOf(fields: readonly string[], line: number): number | undefined {
    const record = canonicalRecord(fields, this.#delimiter);
    // A letter takes three bytes at most, and only a long record has to be measured.
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
    // The engine reserves more addresses for WebAssembly than memory, to spare itself bounds checks.
    const problem = cause instanceof RangeError ? 'no-room' : 'no-web-assembly';
    throw new Failure('engine-unsuitable', { problem }, { cause });
  }
}
