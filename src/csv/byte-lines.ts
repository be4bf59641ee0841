/** Divides blocks of bytes into complete lines. A block can begin or end anywhere in a line. */

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The maximum length of a line, in bytes. A longer line is cut into pieces of this length. */
const LONGEST = 64 * 1024;

const NO_BYTES = Buffer.alloc(0);

/** Joins pushed blocks, and passes on the complete lines. Each line includes its line end. */
export class ByteLines {
  readonly #onLines: (lines: Uint8Array) => void;
  #kept = NO_BYTES;

  /**
   * @param onLines receives the bytes of one or more complete lines; they are valid until `onLines`
   *   returns
   */
  constructor(onLines: (lines: Uint8Array) => void) {
    this.#onLines = onLines;
  }

  /**
   * Adds bytes.
   *
   * @param block the next bytes
   */
  push(block: Uint8Array): void {
    // Only the first line of the block is joined to the kept bytes. It would take too long to copy
    // the whole block.
    const first = this.#kept.length === 0 ? 0 : firstLineEnd(block);
    const last = Math.max(block.lastIndexOf(LINE_FEED), block.lastIndexOf(CARRIAGE_RETURN)) + 1;
    if (first > 0) {
      this.#onLines(Buffer.concat([this.#kept, block.subarray(0, first)]));
      this.#kept = NO_BYTES;
    }
    if (last > first) this.#onLines(block.subarray(first, last));
    this.#kept = Buffer.concat([this.#kept, block.subarray(last)]);
    for (; this.#kept.length >= LONGEST; this.#kept = this.#kept.subarray(LONGEST)) {
      this.#onLines(this.#kept.subarray(0, LONGEST));
    }
  }

  /** Ends the input. The last line may have no line end. */
  end(): void {
    if (this.#kept.length > 0) this.#onLines(this.#kept);
    this.#kept = NO_BYTES;
  }
}

/** @returns the position after the first line end; 0 if there is none */
function firstLineEnd(bytes: Uint8Array): number {
  const feed = bytes.indexOf(LINE_FEED) + 1;
  const carriage = (feed === 0 ? bytes : bytes.subarray(0, feed)).indexOf(CARRIAGE_RETURN) + 1;
  return carriage === 0 ? feed : carriage;
}

/**
 * Divides bytes into lines. A CRLF is two line ends: its LF is a separate line. A line that is
 * longer than 64 KiB is cut.
 *
 * @param lines complete lines from {@link ByteLines}
 */
export function* eachLine(lines: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < lines.length;) {
    let to = from;
    const most = Math.min(lines.length, from + LONGEST);
    while (to < most && lines[to] !== LINE_FEED && lines[to] !== CARRIAGE_RETURN) to += 1;
    const end = Math.min(to + 1, most);
    yield lines.subarray(from, end);
    from = end;
  }
}
