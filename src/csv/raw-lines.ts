/** Stores the original bytes of lines as long as a caller may still request them. */
import { lineEndsWithin } from './record-reader.ts';
import type { TableForm } from './table-form.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;

/** Stores the bytes of the lines that are being read, and returns the bytes of a record. */
export class RawLines {
  /** The smallest number of bytes per character: 2 in UTF-16, 1 in other encodings. */
  readonly #width: number;
  /** The position of the low byte in a UTF-16 character; 0 in other encodings. */
  readonly #low: number;
  /** Whether each record counts as one line, even if it has line ends inside quotes. */
  readonly #areRecords: boolean;
  #markLeft: number;
  #kept = Buffer.alloc(0);
  /** The position of the current line in the stored bytes, and the number of this line, from 1. */
  #at = 0;
  #line = 1;
  /**
   * The position of the next carriage return in the stored bytes; their length if there is none.
   */
  #carriage = -1;

  constructor({ encoding, markBytes, sheet }: TableForm) {
    this.#areRecords = sheet !== undefined;
    this.#width = encoding.startsWith('utf-16') ? 2 : 1;
    this.#low = encoding === 'utf-16be' ? 1 : 0;
    this.#markLeft = markBytes;
  }

  /** @param block the next bytes of the file; the method copies them */
  push(block: Uint8Array): void {
    const cut = Math.min(this.#markLeft, block.length);
    this.#markLeft -= cut;
    this.#kept = Buffer.concat([this.#kept, block.subarray(cut)]);
    this.#carriage = -1;
  }

  /**
   * Returns the bytes of some lines with their line ends. The caller must request lines in the
   * order of the file.
   *
   * @param line the first line, from 1
   * @param lines the number of lines
   */
  bytesOfLines(line: number, lines: number): Uint8Array {
    this.#goTo(line);
    const from = this.#at;
    this.#goTo(line + lines);
    return this.#kept.subarray(from, this.#at);
  }

  /** Deletes the stored bytes of all lines before the given line. */
  forget(line: number): void {
    this.#goTo(line);
    this.#kept = Buffer.from(this.#kept.subarray(this.#at));
    this.#at = 0;
    this.#carriage = -1;
  }

  #goTo(line: number): void {
    while (this.#line < line && this.#at < this.#kept.length) {
      this.#at = this.#afterLine(this.#at);
      this.#line += 1;
    }
  }

  /** @returns the number of lines of a record */
  linesOf(fields: readonly string[]): number {
    return this.#areRecords ? 1 : 1 + lineEndsWithin(fields);
  }

  #afterLine(from: number): number {
    return this.#areRecords ? this.#afterRecord(from) : this.#afterLineEnd(from);
  }

  #afterRecord(from: number): number {
    let isQuoted = false;
    for (let at = from; at < this.#kept.length; at += 1) {
      const byte = this.#kept[at];
      if (byte === QUOTE) isQuoted = !isQuoted;
      else if (byte === LINE_FEED && !isQuoted) return at + 1;
    }
    return this.#kept.length;
  }

  #afterLineEnd(from: number): number {
    const width = this.#width;
    if (width === 1) return this.#afterByteLine(from);
    for (let at = from; at + width <= this.#kept.length; at += width) {
      const character = this.#characterAt(at);
      if (character === LINE_FEED) return at + width;
      if (character !== CARRIAGE_RETURN) continue;
      return this.#characterAt(at + width) === LINE_FEED ? at + 2 * width : at + width;
    }
    return this.#kept.length;
  }

  #afterByteLine(from: number): number {
    if (this.#carriage < from) {
      const carriage = this.#kept.indexOf(CARRIAGE_RETURN, from);
      this.#carriage = carriage < 0 ? this.#kept.length : carriage;
    }
    const feed = this.#kept.indexOf(LINE_FEED, from);
    const end = feed < 0 ? this.#kept.length : feed;
    if (end < this.#carriage) return end + 1;
    const after = Math.min(this.#carriage + 1, this.#kept.length);
    return this.#kept[after] === LINE_FEED ? after + 1 : after;
  }

  #characterAt(at: number): number {
    const low = this.#kept[at + this.#low] ?? -1;
    return this.#width === 2 && this.#kept[at + 1 - this.#low] !== 0 ? -1 : low;
  }
}
