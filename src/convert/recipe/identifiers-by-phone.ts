/** Stores the identifiers of phone numbers in little memory. */
import { IDENTIFIER_COLUMNS } from '../../calls/columns/columns.ts';
import type { RecordFields } from '../../csv/record-fields.ts';

/** The maximum share of the slots that may be in use. With more, the search would be slow. */
const FULLEST = 0.8;
const FEWEST_SLOTS = 1 << 10;
/** The size of one piece of the memory for identifiers, in bytes. */
const PIECE = 1 << 20;
const MOST_DIGITS = 15;
const PLUS = 0x2b;
const DIGIT_0 = 0x30;

/**
 * The identifiers of phone numbers. A table maps each number to a line of CSV with the identifiers,
 * in the order of `IDENTIFIER_COLUMNS`. Each phone number needs 20 to 40 bytes, plus its line. In a
 * `Map` of objects, each phone number would need several hundred bytes.
 */
export class IdentifiersByPhone {
  /** The number of phone numbers. */
  size = 0;
  /**
   * Each slot has two values: a phone number, and the place of its line. The two values are side by
   * side, so one access to the memory reads both. In a free slot, the phone number is 0. The array
   * can store 15 digits exactly. A place is the number of bytes before the line, in all pieces.
   */
  #slots = new Float64Array(FEWEST_SLOTS * 2);
  readonly #pieces: Buffer[] = [];
  #end = PIECE;
  readonly #filled = new Set<string>();

  /** Says whether any phone number has a value for an identifier column. */
  has(column: string): boolean {
    return this.#filled.has(column);
  }

  /**
   * Remembers that at least one phone number has a value for an identifier column.
   *
   * @param at the index of the column in `IDENTIFIER_COLUMNS`
   */
  addColumn(at: number): void {
    this.#filled.add(IDENTIFIER_COLUMNS[at] ?? '');
  }

  /**
   * Divides the line of a phone number into fields.
   *
   * @returns whether the phone number is stored
   */
  read(number: number, fields: RecordFields): boolean {
    const slot = this.#slotOf(number);
    if (this.#slots[slot] !== number) return false;
    const place = this.#slots[slot + 1] ?? 0;
    const piece = Math.floor(place / PIECE);
    const bytes = this.#pieces[piece];
    if (bytes !== undefined) fields.divide(bytes, place - piece * PIECE);
    return true;
  }

  /**
   * Stores the identifiers of a phone number. Replaces its earlier identifiers.
   *
   * @param line bytes that begin with a line of CSV. The line ends with a line feed.
   * @param length the length of the line, with its line feed, in bytes
   * @returns whether the phone number had other identifiers before
   */
  set(number: number, line: Uint8Array, length: number): boolean {
    if (this.size * 2 >= this.#slots.length * FULLEST) this.#grow();
    const slot = this.#slotOf(number);
    const isKnown = this.#slots[slot] === number;
    if (isKnown && this.#isAt(this.#slots[slot + 1] ?? 0, line, length)) return false;
    if (!isKnown) this.size += 1;
    this.#slots[slot] = number;
    this.#slots[slot + 1] = this.#write(line, length);
    return isKnown;
  }

  /** @returns the index of the number in `#slots`, or the index where it belongs */
  #slotOf(number: number): number {
    const slots = this.#slots;
    const last = slots.length - 2;
    // Phone numbers of one range differ only in their last digits. Multiplication spreads them.
    const high = Math.floor(number / 0x1_0000_0000);
    let hash = Math.imul(number - high * 0x1_0000_0000, 0x9e37_79b1) ^ high;
    hash = Math.imul(hash ^ (hash >>> 15), 0x85eb_ca6b);
    let slot = (hash ^ (hash >>> 13)) & last;
    while (slots[slot] !== 0 && slots[slot] !== number) slot = (slot + 2) & last;
    return slot;
  }

  #grow(): void {
    const slots = this.#slots;
    this.#slots = new Float64Array(slots.length * 2);
    for (let at = 0; at < slots.length; at += 2) {
      const number = slots[at] ?? 0;
      if (number === 0) continue;
      const slot = this.#slotOf(number);
      this.#slots[slot] = number;
      this.#slots[slot + 1] = slots[at + 1] ?? 0;
    }
  }

  #isAt(place: number, line: Uint8Array, length: number): boolean {
    const piece = Math.floor(place / PIECE);
    const bytes = this.#pieces[piece];
    const from = place - piece * PIECE;
    return bytes?.compare(line, 0, length, from, from + length) === 0;
  }

  /** @returns the place of the line */
  #write(line: Uint8Array, length: number): number {
    let piece = this.#pieces.at(-1);
    if (piece === undefined || this.#end + length > PIECE) {
      piece = Buffer.allocUnsafeSlow(Math.max(PIECE, length));
      this.#pieces.push(piece);
      this.#end = 0;
    }
    const place = (this.#pieces.length - 1) * PIECE + this.#end;
    for (let at = 0; at < length; at += 1) piece[this.#end + at] = line[at] ?? 0;
    this.#end += length;
    return place;
  }
}

/**
 * Converts the digits of a phone number to a JavaScript number.
 *
 * @param bytes a phone number in international form, from `from` to `to`
 * @returns `undefined` if the bytes are something else
 */
export function numberOf(bytes: Uint8Array, from: number, to: number): number | undefined {
  const digits = to - from - 1;
  if (bytes[from] !== PLUS || digits < 1 || digits > MOST_DIGITS) return undefined;
  let number = 0;
  for (let at = from + 1; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - DIGIT_0;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number === 0 ? undefined : number;
}
