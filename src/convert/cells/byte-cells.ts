/**
 * Converts cells in common forms directly from bytes to bytes. `cell-reader.ts` converts other
 * cells as text. It can read the common forms too, with the same results.
 */
import type { ColumnShape } from '../../calls/columns/shapes.ts';
import { STAND_IN_BEGINNINGS } from '../../calls/columns/stand-ins.ts';
import { mayBePadded } from '../../calls/scan/padding.ts';
import type { CallBytes } from './call-bytes.ts';
import { flagWords } from './values.ts';

/**
 * Writes the converted value of a cell, if the cell is in a common form.
 *
 * @param cell the bytes of the cell, between `from` and `to`; not empty, without spaces around it
 * @returns whether the cell is in a common form; if not, ignore the written bytes
 */
export type ByteCell = (cell: Uint8Array, from: number, to: number, out: CallBytes) => boolean;

const SPACE = 0x20;
const PLUS = 0x2b;
const COMMA = 0x2c;
const HYPHEN = 0x2d;
const POINT = 0x2e;
const DIGIT_0 = 0x30;
const DIGIT_3 = 0x33;
const DIGIT_4 = 0x34;
const DIGIT_5 = 0x35;
const DIGIT_7 = 0x37;
const DIGIT_8 = 0x38;
const DIGIT_9 = 0x39;
const COLON = 0x3a;
const LETTER_A = 0x41;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;
const QUOTE = 0x22;
const OPENING = 0x28;
const CLOSING = 0x29;

const MOST_IDENTIFIER_DIGITS = 20;
const MOST_SECONDS_DIGITS = 9;

/** Returns the number that the digits form, or -1 if there is any other character. */
function digitsIn(cell: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (cell[at] ?? 0) - DIGIT_0;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * Accepts up to twenty digits. The first digit is not 0, because a row of zeros can mean "nobody".
 */
export const writeIdentifier: ByteCell = (cell, from, to, out) => {
  if (to - from > MOST_IDENTIFIER_DIGITS || cell[from] === DIGIT_0) return false;
  for (let at = from; at < to; at += 1) {
    const code = cell[at] ?? 0;
    if (code < DIGIT_0 || code > DIGIT_9) return false;
  }
  out.copy(cell, from, to);
  return true;
};

/** Accepts whole seconds, `h:mm:ss` and `hh:mm:ss`. */
export const writeDuration: ByteCell = (cell, from, to, out) => {
  const hours = to - from - 6;
  if ((hours === 1 || hours === 2) && cell[to - 3] === COLON && cell[to - 6] === COLON) {
    const [first, second] = [cell[to - 5] ?? 0, cell[to - 2] ?? 0];
    if (first > DIGIT_5 || second > DIGIT_5) return false;
    const hour = digitsIn(cell, from, to - 6);
    const minute = digitsIn(cell, to - 5, to - 3);
    const rest = digitsIn(cell, to - 2, to);
    if (hour < 0 || minute < 0 || rest < 0) return false;
    out.number(hour * 3600 + minute * 60 + rest);
    return true;
  }
  if (to - from > MOST_SECONDS_DIGITS || digitsIn(cell, from, to) < 0) return false;
  out.copy(cell, from, to);
  return true;
};

/**
 * Accepts phone numbers of country code 7 in two forms: ten digits that begin with the code of an
 * area or a mobile network, or eleven digits that begin with 7 or 8.
 */
export const writePhoneOfSeven: ByteCell = (cell, from, to, out) => {
  const isInternational = cell[from] === PLUS;
  const start = out.length;
  out.byte(PLUS);
  out.byte(DIGIT_7);
  let count = 0;
  for (let at = isInternational ? from + 1 : from; at < to; at += 1) {
    const code = cell[at] ?? 0;
    if (code >= DIGIT_0 && code <= DIGIT_9) {
      if (count > 10) return false;
      out.byte(code);
      count += 1;
    } else if (code !== SPACE && code !== OPENING && code !== CLOSING && code !== HYPHEN) {
      return false;
    }
  }
  const { bytes } = out;
  const first = bytes[start + 2];
  if (count === 10) {
    return !isInternational && (first === DIGIT_3 || first === DIGIT_4 || first === DIGIT_9);
  }
  if (count !== 11 || (first !== DIGIT_7 && (first !== DIGIT_8 || isInternational))) return false;
  bytes.copyWithin(start + 2, start + 3, out.length);
  out.length -= 1;
  return true;
};

/** The smallest number of digits. The codes that phones send for withheld numbers are shorter. */
const FEWEST_DIGITS = 11;
const MOST_PHONE_DIGITS = 15;

/** Accepts the international form and does not change it. */
export const writeInternationalPhone: ByteCell = (cell, from, to, out) => {
  const digits = to - from - 1;
  if (cell[from] !== PLUS || digits < FEWEST_DIGITS || digits > MOST_PHONE_DIGITS) return false;
  if (cell[from + 1] === DIGIT_0 || digitsIn(cell, from + 1, to) < 0) return false;
  out.copy(cell, from, to);
  return true;
};

/** Accepts three capital letters. */
export const writeCurrency: ByteCell = (cell, from, to, out) => {
  if (to - from !== 3) return false;
  for (let at = from; at < to; at += 1) {
    const code = cell[at] ?? 0;
    if (code < LETTER_A || code > LETTER_Z) return false;
  }
  out.copy(cell, from, to);
  return true;
};

/** The first bytes of all words that mean "nobody". */
const MAY_BE_NOBODY: ReadonlySet<number> = new Set(Buffer.from(STAND_IN_BEGINNINGS));

/** Accepts any text as a `UserId`, unless it may be a word for "nobody". */
export const writeUserId: ByteCell = (cell, from, to, out) =>
  !MAY_BE_NOBODY.has(cell[from] ?? 0) && writeText(cell, from, to, out);

/** Accepts a number without decimals, or with one or two decimals after a comma or a point. */
export class PriceWriter {
  /** The signs that came before decimals. */
  readonly seen = { comma: false, point: false };
  /** Whether the column has any price. */
  isUsed = false;

  readonly write: ByteCell = (cell, from, to, out) => {
    let sign = -1;
    for (let at = from; at < to; at += 1) {
      const code = cell[at] ?? 0;
      if (code >= DIGIT_0 && code <= DIGIT_9) {
        out.byte(code);
        continue;
      }
      if ((code !== COMMA && code !== POINT) || sign >= 0 || at === from) return false;
      sign = at;
      out.byte(POINT);
    }
    this.isUsed = true;
    if (sign < 0) return true;
    const decimals = to - sign - 1;
    if (decimals < 1 || decimals > 2) return false;
    if (cell[sign] === COMMA) this.seen.comma = true;
    else this.seen.point = true;
    return true;
  };
}

/** Converts times in one time zone to seconds. */
export interface DaySeconds {
  /** Whether `05.11.2026` means 5 November. */
  readonly readsPoints: boolean;
  /**
   * Returns the seconds from 1970 to a time in the zone. Returns `undefined` if there is no such
   * day, or if the clocks change on that day.
   */
  secondsAt(year: number, month: number, day: number, clock: number): number | undefined;
}

/** Accepts `2026-11-20 09:12:33` and `20.11.2026 09:12:33`. */
export function timeWriter(days: DaySeconds): ByteCell {
  return (cell, from, to, out) => {
    if (to - from !== 19 || cell[from + 13] !== COLON || cell[from + 16] !== COLON) return false;
    const middle = cell[from + 10];
    if (middle !== SPACE && middle !== LETTER_T) return false;
    const isIso = cell[from + 4] === HYPHEN && cell[from + 7] === HYPHEN;
    const hasPoints = cell[from + 2] === POINT && cell[from + 5] === POINT;
    if (!isIso && !(hasPoints && days.readsPoints)) return false;
    const number = (start: number, end: number): number => digitsIn(cell, from + start, from + end);
    const year = isIso ? number(0, 4) : number(6, 10);
    const month = isIso ? number(5, 7) : number(3, 5);
    const day = isIso ? number(8, 10) : number(0, 2);
    const [hour, minute, second] = [number(11, 13), number(14, 16), number(17, 19)];
    if (Math.min(year, month, day, hour, minute, second) < 0) return false;
    if (hour > 23 || minute > 59 || second > 59) return false;
    const seconds = days.secondsAt(year, month, day, hour * 3600 + minute * 60 + second);
    if (seconds === undefined || seconds < 0) return false;
    out.number(seconds);
    return true;
  };
}

/** Accepts the words for yes and no, and the special words of this flag. */
export function flagWriter(shape: ColumnShape): ByteCell {
  const words = flagWords(shape).map(([word, flag]) => ({
    bytes: Buffer.from(word, 'utf8'),
    flag: flag.charCodeAt(0),
  }));
  return (cell, from, to, out) => {
    for (const { bytes, flag } of words) {
      if (bytes.length !== to - from || !isAt(cell, from, bytes)) continue;
      out.byte(flag);
      return true;
    }
    return false;
  };
}

function isAt(cell: Uint8Array, from: number, bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) if (cell[from + at] !== bytes[at]) return false;
  return true;
}

/** Accepts text without quotes. Puts quotes around text with a comma. */
export const writeText: ByteCell = (cell, from, to, out) => {
  if (mayBePadded(cell, from, to)) return false;
  let hasComma = false;
  for (let at = from; at < to; at += 1) {
    const code = cell[at] ?? 0;
    if (code < SPACE || code === QUOTE) return false;
    if (code === COMMA) hasComma = true;
  }
  if (hasComma) out.byte(QUOTE);
  out.copy(cell, from, to);
  if (hasComma) out.byte(QUOTE);
  return true;
};
