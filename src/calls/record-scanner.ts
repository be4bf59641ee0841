import type { Delimiter } from '../csv/dialect.ts';
import { Failure } from '../failure.ts';
import * as layout from '../scanner/layout.ts';
import { SCANNER_PROGRAM } from '../scanner/program.ts';
import { carefullyWritten } from './careful-record.ts';
import type { ColumnName } from './columns.ts';
import { ISO_4217 } from './iso-4217.ts';

/** What a scanner needs to know of a file. */
export interface ScanSettings {
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
  /** Where it stopped, in bytes from the beginning of what is held. */
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
export const { TWIN_WINDOW } = layout;

/** So many bytes can be scanned at a time. */
export const { LONGEST_STRETCH } = layout;

const SHAPES: Readonly<Record<ColumnName, number>> = {
  UserId: layout.USER_ID,
  ClientId: layout.CLIENT_ID,
  Yclid: layout.YCLID,
  DateTime: layout.DATE_TIME,
  StaticCall: layout.STATIC_CALL,
  Price: layout.PRICE,
  Currency: layout.CURRENCY,
  PhoneNumber: layout.PHONE_NUMBER,
  TalkDuration: layout.TALK_DURATION,
  HoldDuration: layout.DURATION,
  CallMissed: layout.CALL_MISSED,
  Tag: layout.TEXT,
  FirstTimeCaller: layout.FLAG,
  URL: layout.WEB_ADDRESS,
  CallTrackerURL: layout.WEB_ADDRESS,
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
  meet(currencies: number): void;
  scan(from: number, to: number, line: number): number;
  noteWritten(length: number, line: number): number;
}

/**
 * Proves records of a file clean by their bytes, and finds records that are the very same as an
 * earlier one, in at most 14 MB however long the file is.
 *
 * About twins the error is one-sided: two equal records at most {@link TWIN_WINDOW} records apart are
 * always found, farther ones perhaps not, and two different ones are never taken for twins (but for a
 * collision of 64 bits).
 */
export class RecordScanner {
  readonly #program: ScannerProgram;
  readonly #bytes: Uint8Array;
  readonly #numbers: Uint32Array;
  #delimiter: Delimiter = ',';
  #currencies = 0;
  #held = 0;

  /** @throws Failure `engine-unsuitable` where the engine runs no WebAssembly */
  constructor() {
    this.#program = startProgram();
    this.#program.reserve();
    const { buffer } = this.#program.memory;
    this.#bytes = new Uint8Array(buffer);
    this.#numbers = new Uint32Array(buffer);
  }

  /**
   * Begins a file.
   *
   * @returns whether its records can be scanned
   */
  begin(settings: ScanSettings): boolean {
    const { columns } = settings;
    this.#delimiter = settings.delimiter;
    if (columns.length > layout.MOST_COLUMNS) return false;
    columns.forEach((name, at) => {
      this.#bytes[layout.COLUMNS_AT + at] = name === undefined ? layout.TEXT : SHAPES[name];
    });
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

  /** Notes a currency that the whole check has met; records with others are not clean for certain. */
  meet(currency: string): void {
    if (!ISO_4217.has(currency)) return;
    const [first = 0, second = 0, third = 0] = Buffer.from(currency);
    this.#numbers[layout.CURRENCIES_AT / 4 + this.#currencies] =
      first | (second << 8) | (third << 16);
    this.#currencies += 1;
    this.#program.meet(this.#currencies);
  }

  /** Takes bytes that are to be scanned, {@link LONGEST_STRETCH} at most. */
  hold(bytes: Uint8Array): void {
    this.#bytes.set(bytes, layout.STRETCH_AT);
    this.#held = bytes.length;
  }

  /**
   * Scans clean records of what is held, one after another, up to the first that is not certainly
   * clean, or that repeats an earlier one.
   *
   * @param from where a record begins, in bytes from the beginning of what is held: valid UTF-8 with a
   *   line feed at its end
   * @param line the physical line of that record, from 1
   */
  scan(from: number, line: number): Scan {
    const start = layout.STRETCH_AT;
    const end = this.#program.scan(start + from, start + this.#held, line) - start;
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
  lineOfTwin(fields: readonly string[], line: number): number | undefined {
    const written = carefullyWritten(fields, this.#delimiter);
    if (written.length > layout.LONGEST_STRETCH) return undefined;
    this.#bytes.set(written, layout.CAREFUL_AT);
    const earlier = this.#program.noteWritten(written.length, line);
    return earlier === 0 ? undefined : earlier;
  }
}

let compiled: WebAssembly.Module | undefined;

function startProgram(): ScannerProgram {
  try {
    compiled ??= new WebAssembly.Module(Buffer.from(SCANNER_PROGRAM, 'base64'));
    const { exports } = new WebAssembly.Instance(compiled);
    return exports as unknown as ScannerProgram;
  } catch (cause) {
    if (cause instanceof RangeError) throw noRoom(cause);
    throw new Failure({
      code: 'engine-unsuitable',
      exitCode: 2,
      message: 'this Node runs no WebAssembly, which the check of records needs',
      hint: 'run Node without --jitless (see NODE_OPTIONS), on a processor with SIMD instructions',
      cause,
    });
  }
}

/** The engine reserves more addresses for WebAssembly than memory, to spare itself the look at each. */
function noRoom(cause: RangeError): Failure {
  return new Failure({
    code: 'engine-unsuitable',
    exitCode: 2,
    message: 'the address space of this process is too small for the check of records',
    hint: 'raise its limit (ulimit -v), or set NODE_OPTIONS=--disable-wasm-trap-handler',
    cause,
  });
}
