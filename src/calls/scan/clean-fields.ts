/**
 * Reads the fields of clean records from bytes. The scanner has already proved these records clean.
 */
import type { Delimiter } from '../../csv/dialect.ts';
import { mayBePadded } from './padding.ts';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const DIGIT_0 = 0x30;
const DIGIT_1 = 0x31;
const MINUS = 0x2d;
const POINT = 0x2e;
const LAST_ASCII = 0x7f;

/**
 * A floating-point number can store whole numbers with up to this many digits exactly. It can also
 * store the powers of ten up to this exponent exactly.
 */
const EXACT_DIGITS = 15;

const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, digits) => 10 ** digits);

/** Divides records into fields. All methods except `divide` read a field of the last record. */
export class CleanFields {
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** The bytes that end a field without quotes. */
  readonly #isEnd = new Uint8Array(256);
  readonly #codes = new Map<number, string>();
  /** The lines last passed to {@link divide}. `#lines` is a Buffer over the same memory. */
  #source: Uint8Array | undefined;
  #lines: Buffer = Buffer.alloc(0);
  /** Whether any field of the record is in quotes. */
  #isQuoted = false;

  /** @param fields how many fields of each record to read; later fields are skipped */
  constructor(fields: number, delimiter: Delimiter) {
    for (const byte of [delimiter.charCodeAt(0), LINE_FEED, CARRIAGE_RETURN]) this.#isEnd[byte] = 1;
    this.#starts = new Int32Array(fields);
    this.#ends = new Int32Array(fields);
  }

  /**
   * Divides the next record.
   *
   * @param lines valid UTF-8
   * @param from where a clean record of one line begins, in bytes
   * @returns where the next record begins
   */
  divide(lines: Uint8Array, from: number): number {
    if (this.#source !== lines) {
      this.#source = lines;
      this.#lines = Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength);
    }
    this.#isQuoted = false;
    const isEnd = this.#isEnd;
    let at = from;
    for (let field = 0; field < this.#starts.length; field += 1) {
      if (lines[at] === QUOTE) {
        at = this.#quoted(lines, at, field) + 1;
        continue;
      }
      this.#starts[field] = at;
      while (isEnd[lines[at] ?? LINE_FEED] === 0) at += 1;
      this.#ends[field] = at;
      at += 1;
    }
    // The loop may have passed the line feed of the record. Then the line feed is just before `at`.
    // So the search begins at the byte before `at`.
    return this.#lines.indexOf(LINE_FEED, at - 1) + 1;
  }

  /** Returns the position where a field begins, in bytes. */
  start(field: number): number {
    return this.#starts[field] ?? 0;
  }

  /** Returns the position where a field ends, in bytes. */
  end(field: number): number {
    return this.#ends[field] ?? 0;
  }

  isEmpty(field: number): boolean {
    return this.start(field) >= this.end(field);
  }

  /**
   * Says whether the bytes of a field may differ from its trimmed text, for example because of
   * spaces.
   */
  needsText(field: number): boolean {
    if (this.isEmpty(field)) return false;
    return this.#isQuoted || mayBePadded(this.#lines, this.start(field), this.end(field));
  }

  /** Returns a whole number; `undefined` if the field is empty or the file has no such column. */
  number(field: number): number | undefined {
    const [start, end] = [this.start(field), this.end(field)];
    if (start >= end) return undefined;
    let value = 0;
    for (let at = start; at < end; at += 1) value = value * 10 + (this.#lines[at] ?? 0) - DIGIT_0;
    return value;
  }

  /** Returns a decimal; `undefined` if the field is empty or the file has no such column. */
  decimal(field: number): number | undefined {
    const [start, end] = [this.start(field), this.end(field)];
    if (start >= end) return undefined;
    const isNegative = this.#lines[start] === MINUS;
    const from = isNegative ? start + 1 : start;
    // The loop below does not round longer numbers correctly, but `Number` does.
    if (end - from > EXACT_DIGITS) return Number(this.text(field));
    let value = 0;
    let decimals = 0;
    for (let at = from; at < end; at += 1) {
      const byte = this.#lines[at] ?? 0;
      if (byte === POINT) decimals = end - at - 1;
      else value = value * 10 + byte - DIGIT_0;
    }
    const number = value / (POWERS_OF_TEN[decimals] ?? 1);
    return isNegative ? -number : number;
  }

  /** Says whether the field is 1. */
  isOne(field: number): boolean {
    const start = this.#starts[field] ?? 0;
    return (this.#ends[field] ?? 0) - start === 1 && this.#lines[start] === DIGIT_1;
  }

  /** Returns a short text from a small set of values, such as a currency. */
  code(field: number): string {
    const [start, end] = [this.start(field), this.end(field)];
    if (end - start !== 3) return this.text(field);
    const lines = this.#lines;
    const key =
      ((lines[start] ?? 0) << 16) | ((lines[start + 1] ?? 0) << 8) | (lines[start + 2] ?? 0);
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    const text = this.text(field);
    this.#codes.set(key, text);
    return text;
  }

  text(field: number): string {
    const [start, end] = [this.start(field), this.end(field)];
    if (start >= end) return '';
    let isAscii = true;
    for (let at = start; at < end && isAscii; at += 1) {
      isAscii = (this.#lines[at] ?? 0) <= LAST_ASCII;
    }
    const text = isAscii
      ? this.#lines.toString('latin1', start, end)
      : this.#lines.toString('utf8', start, end);
    return this.#isQuoted ? text.replaceAll('""', '"') : text;
  }

  /**
   * Finds where the text of a field in quotes begins and ends.
   *
   * @returns the position after the closing quote
   */
  #quoted(lines: Uint8Array, from: number, field: number): number {
    this.#isQuoted = true;
    let at = from + 1;
    for (; ; at += 1) {
      if (lines[at] !== QUOTE) continue;
      if (lines[at + 1] !== QUOTE) break;
      at += 1;
    }
    this.#starts[field] = from + 1;
    this.#ends[field] = at;
    return at + 1;
  }
}
