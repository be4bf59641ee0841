import type { ColumnName } from './columns.ts';
import { ISO_4217 } from './iso-4217.ts';
import { RecordHash, withoutNeedlessQuotes } from './record-hash.ts';

/** What a scanner needs to know of a file. */
export interface ScanSettings {
  /** The column at each place of a record; `undefined` where none is known. */
  readonly columns: readonly (ColumnName | undefined)[];
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** How old a call may be and still be linked, in seconds. */
  readonly linkageWindow: number;
  /** How long a call may last without a word, in seconds. */
  readonly longestDuration: number;
  /** How many digits of a number spreadsheets keep. */
  readonly spreadsheetDigits: number;
}

/** What clean records add up to, by its place in {@link Scan.tally}. */
export const TALLY = {
  /** Where the scan stopped, in bytes from the beginning. */
  end: 0,
  records: 1,
  static: 2,
  UserId: 3,
  ClientId: 4,
  Yclid: 5,
  /** Identifiers with more digits than a spreadsheet keeps. */
  long: 6,
  /** Those of them that have only zeros after the digits that are kept. */
  rounded: 7,
  /** Records that ended with LF alone, and with CRLF. */
  lf: 8,
  crlf: 9,
} as const;

const TALLIES = Object.keys(TALLY).length;

/** A clean record has at least a digit, a comma, nine digits and a line end. */
const SHORTEST_RECORD = 12;

/** What a scan found. */
export interface Scan {
  readonly tally: Int32Array;
  /** The two halves of the hash of each record. */
  readonly hashes: Uint32Array;
}

/** How much memory a {@link Scan} of so many bytes takes, in bytes. */
export function scanLength(bytes: number): number {
  return (TALLIES + 2 * Math.ceil(bytes / SHORTEST_RECORD)) * Uint32Array.BYTES_PER_ELEMENT;
}

/** A scan in memory of its own, or in one that two threads share. */
export function scanIn(memory: ArrayBuffer | SharedArrayBuffer): Scan {
  return {
    tally: new Int32Array(memory, 0, TALLIES),
    hashes: new Uint32Array(memory, TALLIES * Uint32Array.BYTES_PER_ELEMENT),
  };
}

/** A currency by its letters, as scanners know it. */
export function currencyCode(letters: string): number {
  return packed(...bytesOf(letters));
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ZERO = 0x30;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;

/** What a column's bytes must look like. */
const TEXT = 0;
const USER_ID = 1;
const CLIENT_ID = 2;
const YCLID = 3;
const DATE_TIME = 4;
const STATIC_CALL = 5;
const PRICE = 6;
const CURRENCY = 7;
const PHONE_NUMBER = 8;
const TALK_DURATION = 9;
const DURATION = 10;
const CALL_MISSED = 11;
const FLAG = 12;
const WEB_ADDRESS = 13;

const KINDS: Readonly<Record<ColumnName, number>> = {
  UserId: USER_ID,
  ClientId: CLIENT_ID,
  Yclid: YCLID,
  DateTime: DATE_TIME,
  StaticCall: STATIC_CALL,
  Price: PRICE,
  Currency: CURRENCY,
  PhoneNumber: PHONE_NUMBER,
  TalkDuration: TALK_DURATION,
  HoldDuration: DURATION,
  CallMissed: CALL_MISSED,
  Tag: TEXT,
  FirstTimeCaller: FLAG,
  URL: WEB_ADDRESS,
  CallTrackerURL: WEB_ADDRESS,
};

/** Bytes that may stand in an unquoted text: all but quote, comma, line ends and NUL. */
const IN_TEXT = classOf((byte) => ![0, QUOTE, COMMA, LINE_FEED, CARRIAGE_RETURN].includes(byte));
/** Bytes that no parser of addresses minds after the host: visible ASCII. */
const IN_ADDRESS = classOf(
  (byte) => byte > 0x20 && byte < 0x7f && byte !== QUOTE && byte !== COMMA,
);
/** Small letters and digits. */
const IN_HOST = classOf((byte) => isSmallLetter(byte) || isDigit(byte));

const CURRENCY_CODES = new Set([...ISO_4217].map((code) => packed(...bytesOf(code))));

const LONGEST_IDENTIFIER = 20;
const LATEST_DIGITS = 10;

/**
 * Proves records of a file clean by their bytes, without making text of them. It knows only what a
 * clean record looks like in the usual case; whatever else it meets it leaves to {@link CallCheck},
 * which has the rules. A record that passes here is one that passes there without a finding: a test
 * holds the two together.
 *
 * It reads comma-separated UTF-8 and remembers nothing of a scan, so that several can work on a file.
 */
export class RecordScanner {
  /** The currencies that {@link CallCheck} has met already; others it is to see first. */
  readonly #currencies = new Set<number>();
  #lastCurrency = -1;

  readonly #kinds: Uint8Array;
  readonly #settings: ScanSettings;
  readonly #hash = new RecordHash();
  /** What the last record that {@link RecordScanner.#read} read has. */
  #asWritten = true;
  #static = 0;
  #userIds = 0;
  #clientIds = 0;
  #yclids = 0;
  #long = 0;
  #rounded = 0;

  constructor(settings: ScanSettings) {
    this.#settings = settings;
    this.#kinds = Uint8Array.from(
      settings.columns.map((name) => (name === undefined ? TEXT : KINDS[name])),
    );
  }

  /** Notes a currency that the whole check has met, by its {@link currencyCode}. */
  meet(code: number): void {
    this.#currencies.add(code);
  }

  /**
   * Scans clean records, one after another, each of one line, up to the first that is not certainly
   * one.
   *
   * @param bytes valid UTF-8
   * @param from where a record begins
   * @param to where to stop: after a line feed
   * @param into where to leave what was found; it stops early when there is no more room
   */
  scan(bytes: Uint8Array, from: number, to: number, { tally, hashes }: Scan): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const hash = this.#hash;
    const room = hashes.length / 2;
    let at = from;
    let records = 0;
    let statics = 0;
    let userIds = 0;
    let clientIds = 0;
    let yclids = 0;
    let long = 0;
    let rounded = 0;
    let lf = 0;
    while (at < to && records < room) {
      const end = this.#read(bytes, at);
      if (end < 0) break;
      if (this.#asWritten) {
        hash.take(view, at, end);
      } else {
        const careful = withoutNeedlessQuotes(bytes, at, end);
        const own = new DataView(careful.buffer, careful.byteOffset, careful.byteLength);
        hash.take(own, 0, careful.length);
      }
      hashes[records * 2] = hash.low;
      hashes[records * 2 + 1] = hash.high;
      records += 1;
      statics += this.#static;
      userIds += this.#userIds;
      clientIds += this.#clientIds;
      yclids += this.#yclids;
      long += this.#long;
      rounded += this.#rounded;
      if (bytes[end] === LINE_FEED) {
        lf += 1;
        at = end + 1;
      } else {
        at = end + 2;
      }
    }
    tally[TALLY.end] = at;
    tally[TALLY.records] = records;
    tally[TALLY.static] = statics;
    tally[TALLY.UserId] = userIds;
    tally[TALLY.ClientId] = clientIds;
    tally[TALLY.Yclid] = yclids;
    tally[TALLY.long] = long;
    tally[TALLY.rounded] = rounded;
    tally[TALLY.lf] = lf;
    tally[TALLY.crlf] = records - lf;
  }

  /** @returns where the record's line end begins; -1 when the record is not clean for certain */
  #read(bytes: Uint8Array, start: number): number {
    const { now, linkageWindow, longestDuration } = this.#settings;
    const kinds = this.#kinds;
    const last = kinds.length - 1;
    let at = start;
    let userIds = 0;
    let clientIds = 0;
    let yclids = 0;
    let isStatic = false;
    let missed = false;
    let talk = 0;
    let hasPrice = false;
    let hasCurrency = false;
    this.#asWritten = true;
    this.#long = 0;
    this.#rounded = 0;
    let hasTime = false;

    for (let column = 0; column <= last; column += 1) {
      const quoted = bytes[at] === QUOTE;
      if (quoted) at += 1;
      const from = at;
      switch (kinds[column]) {
        case USER_ID:
          // A blank is no identifier, and blanks have many forms.
          if (byteAt(bytes, at) <= 0x20 || byteAt(bytes, at) >= 0x7f) {
            if (isTextByte(bytes, at)) return -1;
          }
          at = quoted ? this.#quotedTextEnd(bytes, at) : textEnd(bytes, at);
          if (at > from) userIds = 1;
          break;
        case CLIENT_ID:
          at = this.#identifierEnd(bytes, at);
          if (at > from) clientIds = 1;
          break;
        case YCLID:
          at = this.#identifierEnd(bytes, at);
          if (at > from) yclids = 1;
          break;
        case DATE_TIME: {
          at = digitsEnd(bytes, at);
          if (at === from || at - from > LATEST_DIGITS) return -1;
          const time = numberOf(bytes, from, at);
          if (time > now || now - time > linkageWindow) return -1;
          hasTime = true;
          break;
        }
        case STATIC_CALL:
          at = flagEnd(bytes, at);
          isStatic = at > from && bytes[from] !== ZERO;
          break;
        case CALL_MISSED:
          at = flagEnd(bytes, at);
          missed = at > from && bytes[from] !== ZERO;
          break;
        case FLAG:
          at = flagEnd(bytes, at);
          break;
        case PRICE:
          at = priceEnd(bytes, at);
          hasPrice = at > from;
          break;
        case CURRENCY:
          if (isTextByte(bytes, at)) {
            hasCurrency = true;
            if (!this.#isKnownCurrency(bytes, at)) return -1;
            at += 3;
          }
          break;
        case PHONE_NUMBER:
          if (bytes[at] === PLUS) {
            at = digitsEnd(bytes, at + 1);
            if (at - from < 8 || at - from > 16 || bytes[from + 1] === ZERO) return -1;
          }
          break;
        case TALK_DURATION:
        case DURATION: {
          at = digitsEnd(bytes, at);
          if (at - from > 5) return -1;
          const seconds = numberOf(bytes, from, at);
          if (seconds > longestDuration) return -1;
          if (kinds[column] === TALK_DURATION) talk = seconds;
          break;
        }
        case WEB_ADDRESS:
          if (isTextByte(bytes, at)) at = addressEnd(bytes, at);
          break;
        case undefined:
        default:
          at = quoted ? this.#quotedTextEnd(bytes, at) : textEnd(bytes, at);
      }
      if (at < 0) return -1;
      if (quoted) {
        if (bytes[at] !== QUOTE) return -1;
        at += 1;
        // Only a text can need its quotes here.
        if (kinds[column] !== TEXT && kinds[column] !== USER_ID) this.#asWritten = false;
      }
      if (column < last) {
        if (bytes[at] !== COMMA) return -1;
        at += 1;
      }
    }
    if (bytes[at] !== LINE_FEED) {
      if (bytes[at] !== CARRIAGE_RETURN || bytes[at + 1] !== LINE_FEED) return -1;
    }
    if (!hasTime || userIds + clientIds + yclids === 0) return -1;
    if ((hasPrice && !hasCurrency) || (missed && talk > 0)) return -1;
    this.#static = isStatic ? 1 : 0;
    this.#userIds = userIds;
    this.#clientIds = clientIds;
    this.#yclids = yclids;
    return at;
  }

  #identifierEnd(bytes: Uint8Array, from: number): number {
    const end = digitsEnd(bytes, from);
    const { spreadsheetDigits } = this.#settings;
    if (end - from > LONGEST_IDENTIFIER) return -1;
    if (end - from > spreadsheetDigits) {
      this.#long += 1;
      let at = from + spreadsheetDigits;
      while (at < end && bytes[at] === ZERO) at += 1;
      if (at === end) this.#rounded += 1;
    }
    return end;
  }

  /** @returns where the closing quote stands; -1 when a line ends before it */
  #quotedTextEnd(bytes: Uint8Array, from: number): number {
    let needed = false;
    for (let at = from; ; at += 1) {
      const byte = byteAt(bytes, at);
      if (IN_TEXT[byte] === 1) continue;
      if (byte === COMMA) {
        needed = true;
      } else if (byte === QUOTE && bytes[at + 1] === QUOTE) {
        needed = true;
        at += 1;
      } else {
        if (byte !== QUOTE) return -1;
        if (!needed) this.#asWritten = false;
        return at;
      }
    }
  }

  #isKnownCurrency(bytes: Uint8Array, at: number): boolean {
    const code = packed(byteAt(bytes, at), byteAt(bytes, at + 1), byteAt(bytes, at + 2));
    if (code === this.#lastCurrency) return true;
    if (!this.#currencies.has(code) || !CURRENCY_CODES.has(code)) return false;
    this.#lastCurrency = code;
    return true;
  }
}

// Loops over bytes call no function: in the first milliseconds, before they are optimized, each call
// would cost more than the byte.

/** Beyond the end there is nothing, which no rule takes for something. */
function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function isDigit(byte: number): boolean {
  return (byte - ZERO) >>> 0 < 10;
}

function isSmallLetter(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

function isTextByte(bytes: Uint8Array, at: number): boolean {
  return IN_TEXT[byteAt(bytes, at)] === 1;
}

function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (((bytes[at] ?? 0) - ZERO) >>> 0 < 10) at += 1;
  return at;
}

function textEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (IN_TEXT[bytes[at] ?? 0] === 1) at += 1;
  return at;
}

function flagEnd(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  return byte === ZERO || byte === ZERO + 1 ? at + 1 : at;
}

function priceEnd(bytes: Uint8Array, from: number): number {
  const start = bytes[from] === MINUS ? from + 1 : from;
  const end = digitsEnd(bytes, start);
  if (end === start) return start === from ? from : -1;
  if (bytes[end] !== POINT) return end;
  const decimals = digitsEnd(bytes, end + 1);
  return decimals === end + 1 ? -1 : decimals;
}

/** @returns where an address ends that every parser takes; -1 when it is not certainly one */
function addressEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  // "http" and "https" with "://" after them.
  if (bytes[at] !== 0x68 || bytes[at + 1] !== 0x74 || bytes[at + 2] !== 0x74) return -1;
  if (bytes[at + 3] !== 0x70) return -1;
  at += bytes[at + 4] === 0x73 ? 5 : 4;
  if (bytes[at] !== 0x3a || bytes[at + 1] !== 0x2f || bytes[at + 2] !== 0x2f) return -1;
  at += 3;
  // Labels of small letters and digits with single hyphens; a last one that begins with a letter
  // makes sure that the host is no number.
  let label = at;
  for (;;) {
    if (IN_HOST[byteAt(bytes, at)] !== 1) return -1;
    while (IN_HOST[bytes[at] ?? 0] === 1) at += 1;
    if (bytes[at] === MINUS) at += 1;
    else if (bytes[at] === POINT) {
      at += 1;
      label = at;
    } else break;
  }
  if (!isSmallLetter(byteAt(bytes, label))) return -1;
  const next = byteAt(bytes, at);
  // A path, a query, a fragment, or nothing more.
  if (next === 0x2f || next === 0x3f || next === 0x23) {
    while (IN_ADDRESS[bytes[at] ?? 0] === 1) at += 1;
  }
  return at;
}

/** The number that digits write; 0 when there are none. */
function numberOf(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + byteAt(bytes, at) - ZERO;
  return value;
}

function packed(first = 0, second = 0, third = 0): number {
  return (first << 16) | (second << 8) | third;
}

function bytesOf(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0));
}

/** A table that tells for each byte whether it belongs to a class. */
function classOf(belongs: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (belongs(byte) ? 1 : 0));
}
