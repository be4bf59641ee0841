/** Splits bytes into lines. The blocks may be cut anywhere. */

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The maximum length of a line, in bytes. A longer line is cut into pieces of this length. */
const LONGEST = 64 * 1024;

/** Splits pushed blocks into lines. Each line includes its line end. */
export class ByteLines {
  readonly #onLine: (line: Uint8Array) => void;
  #kept = Buffer.alloc(0);

  /** @param onLine called with each line; the bytes are valid only during the call */
  constructor(onLine: (line: Uint8Array) => void) {
    this.#onLine = onLine;
  }

  /** @param block the next bytes */
  push(block: Uint8Array): void {
    let bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
    if (this.#kept.length > 0) bytes = Buffer.concat([this.#kept, bytes]);
    const hasCarriage = bytes.includes(CARRIAGE_RETURN);
    let at = 0;
    for (let from = this.#kept.length; at < bytes.length; from = at) {
      const end = hasCarriage ? lineEnd(bytes, from) : bytes.indexOf(LINE_FEED, from) + 1 || -1;
      if (end < 0 && bytes.length - at < LONGEST) break;
      const next = Math.min(end < 0 ? bytes.length : end, at + LONGEST);
      this.#onLine(bytes.subarray(at, next));
      at = next;
    }
    this.#kept = Buffer.from(bytes.subarray(at));
  }

  /** Ends the input. The last line may have no line end. */
  end(): void {
    if (this.#kept.length > 0) this.#onLine(this.#kept);
    this.#kept = Buffer.alloc(0);
  }
}

/**
 * Finds the next line end. A CRLF is two line ends: its LF is a separate line.
 *
 * @returns the position after the line end; -1 if there is none
 */
function lineEnd(bytes: Buffer, from: number): number {
  const feed = bytes.indexOf(LINE_FEED, from);
  const carriage = bytes.subarray(0, feed < 0 ? bytes.length : feed).indexOf(CARRIAGE_RETURN, from);
  if (carriage >= 0) return carriage + 1;
  return feed < 0 ? -1 : feed + 1;
}
