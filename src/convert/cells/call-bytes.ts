/** Memory in which calls are written as bytes. */

/** A written number has at most this many digits. `hasRoom` always keeps space for one number. */
const DIGITS_OF_A_NUMBER = 20;
const DIGIT_0 = 0x30;

/** Writes one call after another. To discard an unfinished call, set `length` back. */
export class CallBytes {
  readonly bytes: Uint8Array;
  length = 0;
  /** The same memory as a `Buffer`, which can write texts. */
  readonly #texts: Buffer;

  /** @param most the size of the memory in bytes */
  constructor(most: number) {
    this.#texts = Buffer.alloc(most);
    this.bytes = this.#texts;
  }

  /** Says whether the memory has space for `more` bytes and one number. */
  hasRoom(more: number): boolean {
    return this.length + more + DIGITS_OF_A_NUMBER <= this.bytes.length;
  }

  byte(value: number): void {
    this.bytes[this.length++] = value;
  }

  copy(from: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at += 1) this.bytes[this.length++] = from[at] ?? 0;
  }

  text(value: string): void {
    this.length += this.#texts.write(value, this.length, 'utf8');
  }

  /** @param value a whole number, not negative */
  number(value: number): void {
    let digits = 1;
    for (let bound = 10; bound <= value; bound *= 10) digits += 1;
    let left = value;
    for (let at = this.length + digits - 1; at >= this.length; at -= 1) {
      const rest = Math.floor(left / 10);
      this.bytes[at] = DIGIT_0 + left - rest * 10;
      left = rest;
    }
    this.length += digits;
  }
}
