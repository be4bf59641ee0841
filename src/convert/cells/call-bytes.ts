/** Memory in which calls are written as bytes. */

const DIGIT_0 = 0x30;
const LAST_ASCII = 0x7f;
/** A UTF-16 code unit takes at most this many bytes in UTF-8. */
const MOST_BYTES = 3;
/** A written number has at most this many digits. */
const MOST_DIGITS = 20;

/**
 * Writes one call after another, in memory that grows. To discard an unfinished call, set `length`
 * back.
 */
export class CallBytes {
  /** The memory. It is replaced when it grows. */
  bytes: Buffer;
  length = 0;

  /** @param size the initial size of the memory, in bytes */
  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size);
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.#grow(1);
    this.bytes[this.length++] = value;
  }

  copy(from: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    const { bytes } = this;
    let to = this.length;
    for (let at = start; at < end; at += 1) bytes[to++] = from[at] ?? 0;
    this.length = to;
  }

  /** Copies many bytes. */
  append(from: Uint8Array): void {
    this.reserve(from.length);
    this.bytes.set(from, this.length);
    this.length += from.length;
  }

  text(value: string): void {
    this.reserve(value.length * MOST_BYTES);
    const { bytes } = this;
    let to = this.length;
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at);
      if (code > LAST_ASCII) {
        to = this.length + bytes.write(value, this.length, 'utf8');
        break;
      }
      bytes[to++] = code;
    }
    this.length = to;
  }

  /**
   * Writes a number in decimal digits.
   *
   * @param value a whole number, not negative
   */
  number(value: number): void {
    this.reserve(MOST_DIGITS);
    const { bytes } = this;
    let digits = 1;
    for (let bound = 10; bound <= value; bound *= 10) digits += 1;
    let left = value;
    for (let at = this.length + digits - 1; at >= this.length; at -= 1) {
      const rest = Math.floor(left / 10);
      bytes[at] = DIGIT_0 + left - rest * 10;
      left = rest;
    }
    this.length += digits;
  }

  /** Makes sure that `more` bytes can be written without growing. */
  reserve(more: number): void {
    if (this.length + more > this.bytes.length) this.#grow(more);
  }

  #grow(more: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.length + more));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}
