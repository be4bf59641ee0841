/** Recognizes the most common forms of times: three numbers, with or without a time of day. */
import { COLON, COMMA, DIGIT_0, HYPHEN, POINT, SLASH, SPACE } from './common-form.ts';
import type { WrittenClock } from './written-time.ts';

const LETTER_T = 0x54;

/** How many digits a number may have. */
interface Digits {
  readonly least: number;
  readonly most: number;
}

const UP_TO_FOUR: Digits = { least: 1, most: 4 };
const ONE_OR_TWO: Digits = { least: 1, most: 2 };
const TWO: Digits = { least: 2, most: 2 };
const UP_TO_NINE: Digits = { least: 1, most: 9 };

/**
 * A time such as `05.11.2026`, `5/11/26 9:05`, `2026-11-05T09:05:33` or `2026-11-05 09:05:33.123`.
 * The object is reused: it contains the time that was read last.
 */
export class NumbersOfTime {
  readonly kind = 'numbers';
  /** The three numbers. Their order is not known yet. */
  readonly numbers: [number, number, number] = [0, 0, 0];
  /** The number of digits of the first and of the third number. */
  readonly digits: [first: number, third: number] = [0, 0];
  hasPoints = false;
  clock: WrittenClock | undefined;
  /** A time with a zone is not in a common form. */
  readonly zone = undefined;
  readonly #clock = { hour: 0, minute: 0, second: 0 };
  /** The last number that was read. */
  #number = 0;

  /**
   * Reads a time.
   *
   * @param cell the bytes of the text, from `from` to `to`
   * @returns whether the text is in one of the forms of this class
   */
  read(cell: Uint8Array, from: number, to: number): boolean {
    let at = this.#readNumber(cell, from, to, UP_TO_FOUR);
    const separator = cell[at];
    if (separator !== POINT && separator !== HYPHEN && separator !== SLASH) return false;
    this.hasPoints = separator === POINT;
    this.numbers[0] = this.#number;
    this.digits[0] = at - from;
    at = this.#readNumber(cell, at + 1, to, ONE_OR_TWO);
    if (at < 0 || cell[at] !== separator) return false;
    this.numbers[1] = this.#number;
    const third = at + 1;
    at = this.#readNumber(cell, third, to, UP_TO_FOUR);
    if (at < 0) return false;
    this.numbers[2] = this.#number;
    this.digits[1] = at - third;
    this.clock = undefined;
    return at === to || this.#readClock(cell, at, to);
  }

  #readClock(cell: Uint8Array, from: number, to: number): boolean {
    let at = from;
    while (at < to && (cell[at] === SPACE || cell[at] === LETTER_T)) at += 1;
    if (at === from) return false;
    const clock = this.#clock;
    at = this.#readNumber(cell, at, to, ONE_OR_TWO);
    if (at < 0 || at === to || cell[at] !== COLON) return false;
    clock.hour = this.#number;
    at = this.#readNumber(cell, at + 1, to, TWO);
    if (at < 0) return false;
    clock.minute = this.#number;
    clock.second = 0;
    this.clock = clock;
    if (at === to) return true;
    if (cell[at] !== COLON) return false;
    at = this.#readNumber(cell, at + 1, to, TWO);
    if (at < 0) return false;
    clock.second = this.#number;
    if (at === to) return true;
    if (cell[at] !== POINT && cell[at] !== COMMA) return false;
    return this.#readNumber(cell, at + 1, to, UP_TO_NINE) === to;
  }

  /** @returns the position after the number; -1 if there are fewer or more digits than allowed */
  #readNumber(cell: Uint8Array, from: number, to: number, { least, most }: Digits): number {
    let number = 0;
    let at = from;
    for (; at < to; at += 1) {
      const digit = (cell[at] ?? 0) - DIGIT_0;
      if (digit < 0 || digit > 9) break;
      number = number * 10 + digit;
    }
    this.#number = number;
    const digits = at - from;
    return digits < least || digits > most ? -1 : at;
  }
}
