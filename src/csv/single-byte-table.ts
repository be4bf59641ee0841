/**
 * Converts bytes to UTF-8 without making text. The encoding of the bytes must have one byte for
 * each character.
 */

/** A character takes at most this many bytes in UTF-8. */
const MOST_BYTES = 3;
const FIRST_BEYOND_ASCII = 0x80;

/**
 * If a byte has no character in an encoding, a decoder returns one of these characters instead:
 * U+FFFD, a C1 control or a private-use character. None of these characters occurs in real text.
 */
export const NO_CHARACTER = /[\u0080-\u009f\ufffd\ue000-\uf8ff]/;

/** The characters of one encoding, as UTF-8. */
export class SingleByteTable {
  /** For each byte, the length of its character in UTF-8; 0 if the byte has no character. */
  readonly #lengths = new Uint8Array(256).fill(1, 0, FIRST_BEYOND_ASCII);
  readonly #bytes = new Uint8Array(256 * MOST_BYTES);
  #room = Buffer.alloc(0);
  /** The number of UTF-8 bytes that were written after the last {@link begin}. */
  length = 0;

  /** @param decoder the decoder of the encoding */
  constructor(decoder: InstanceType<typeof TextDecoder>) {
    for (let byte = FIRST_BEYOND_ASCII; byte < 256; byte += 1) {
      // Without `stream`, the first `decode` returns other characters in some versions of Node.
      const character = decoder.decode(Uint8Array.of(byte), { stream: true });
      if (NO_CHARACTER.test(character)) continue;
      const utf8 = Buffer.from(character, 'utf8');
      this.#lengths[byte] = utf8.length;
      this.#bytes.set(utf8, byte * MOST_BYTES);
    }
  }

  /** The added bytes, converted to UTF-8. The result is valid until the next {@link begin}. */
  get written(): Buffer {
    return this.#room.subarray(0, this.length);
  }

  /** Starts again with an empty result. */
  begin(): void {
    this.length = 0;
  }

  /**
   * Adds bytes.
   *
   * @returns `false` if a byte has no character; then nothing was added
   */
  add(bytes: Uint8Array): boolean {
    this.#reserve(bytes.length * MOST_BYTES);
    const [room, lengths, characters] = [this.#room, this.#lengths, this.#bytes];
    let to = this.length;
    for (const byte of bytes) {
      if (byte < FIRST_BEYOND_ASCII) {
        room[to++] = byte;
        continue;
      }
      const length = lengths[byte] ?? 0;
      if (length === 0) return false;
      const from = byte * MOST_BYTES;
      room[to++] = characters[from] ?? 0;
      if (length > 1) room[to++] = characters[from + 1] ?? 0;
      if (length > 2) room[to++] = characters[from + 2] ?? 0;
    }
    this.length = to;
    return true;
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#room.length) return;
    const larger = Buffer.allocUnsafeSlow(this.length + more);
    larger.set(this.#room.subarray(0, this.length));
    this.#room = larger;
  }
}
