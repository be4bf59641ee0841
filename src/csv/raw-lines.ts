/** Stores the original bytes of lines while other code may still request them. */
import { lineEndsWithin } from './record-reader.ts';
import { areRecordsLines, type TableForm } from './table-form.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;

/** Stores the bytes of consecutive lines, and returns the bytes of some of them. */
export class RawLines {
  /** The smallest number of bytes per character: 2 in UTF-16, 1 in other encodings. */
  readonly #width: number;
  /** The position of the low byte in a UTF-16 character; 0 in other encodings. */
  readonly #low: number;
  /** Whether each record is treated as one line, even if it has line ends inside quotes. */
  readonly #areRecords: boolean;
  #markLeft: number;
  /** The memory for stored bytes. Only the first `#length` bytes of it are in use. */
  #room = Buffer.alloc(0);
  #length = 0;
  /** The line number of the first stored line, from 1. */
  #first = 1;
  /** Where each stored line begins. Lines that were not searched for yet are missing. */
  #starts: number[] = [0];
  /**
   * The position of the next carriage return in the stored bytes. If there is none, the number of
   * stored bytes. -1 if the position is not known yet.
   */
  #carriage = -1;

  constructor(form: TableForm) {
    const { encoding, markBytes } = form;
    this.#areRecords = areRecordsLines(form);
    this.#width = encoding.startsWith('utf-16') ? 2 : 1;
    this.#low = encoding === 'utf-16be' ? 1 : 0;
    this.#markLeft = markBytes;
  }

  /**
   * Stores bytes.
   *
   * @param block the next bytes of the file; the method copies them
   */
  push(block: Uint8Array): void {
    const cut = Math.min(this.#markLeft, block.length);
    this.#markLeft -= cut;
    const length = this.#length + block.length - cut;
    if (length > this.#room.length) {
      const larger = Buffer.allocUnsafeSlow(length * 2);
      larger.set(this.#room.subarray(0, this.#length));
      this.#room = larger;
    }
    this.#room.set(block.subarray(cut), this.#length);
    this.#length = length;
    this.#carriage = -1;
  }

  /**
   * Returns the bytes of some lines with their line ends. They are valid until the next
   * {@link push} or {@link forget}.
   *
   * @param line the first line, from 1
   * @param lines the number of lines
   */
  bytesOfLines(line: number, lines: number): Uint8Array {
    return this.#room.subarray(this.#startOf(line), this.#startOf(line + lines));
  }

  /** Deletes the stored bytes of all lines before the given line. */
  forget(line: number): void {
    const from = this.#startOf(line);
    // The caller counts the line `sep=` as read from the beginning, even if not all bytes of that
    // line have come. So the line before the given line may still be incomplete.
    const isKnown = this.#starts.length > line - this.#first;
    if (!isKnown && this.#characterAt(from - this.#width) !== LINE_FEED) return;
    this.#starts = this.#starts.slice(line - this.#first).map((start) => start - from);
    if (this.#starts.length === 0) this.#starts = [0];
    this.#first = line;
    this.#room.copyWithin(0, from, this.#length);
    this.#length -= from;
    this.#carriage = -1;
  }

  /** Returns where a line begins; the end of the stored bytes if the line is not stored yet. */
  #startOf(line: number): number {
    const starts = this.#starts;
    while (starts.length <= line - this.#first) {
      const last = starts.at(-1) ?? 0;
      const next = this.#areRecords ? this.#afterRecord(last) : this.#afterLineEnd(last);
      // The next bytes may continue the last line, or the last character.
      if (next > this.#length - this.#width) return next;
      starts.push(next);
    }
    return starts[line - this.#first] ?? this.#length;
  }

  /** @returns the number of lines of a record */
  linesOf(fields: readonly string[]): number {
    return this.#areRecords ? 1 : 1 + lineEndsWithin(fields);
  }

  #afterRecord(from: number): number {
    let isQuoted = false;
    for (let at = from; at < this.#length; at += 1) {
      const byte = this.#room[at];
      if (byte === QUOTE) isQuoted = !isQuoted;
      else if (byte === LINE_FEED && !isQuoted) return at + 1;
    }
    return this.#length;
  }

  #afterLineEnd(from: number): number {
    const width = this.#width;
    if (width === 1) return this.#afterByteLine(from);
    for (let at = from; at + width <= this.#length; at += width) {
      const character = this.#characterAt(at);
      if (character === LINE_FEED) return at + width;
      if (character !== CARRIAGE_RETURN) continue;
      return this.#characterAt(at + width) === LINE_FEED ? at + 2 * width : at + width;
    }
    return this.#length;
  }

  #afterByteLine(from: number): number {
    if (this.#carriage < from) {
      const carriage = this.#room.indexOf(CARRIAGE_RETURN, from);
      this.#carriage = carriage < 0 ? this.#length : Math.min(carriage, this.#length);
    }
    const feed = this.#room.indexOf(LINE_FEED, from);
    const end = feed < 0 ? this.#length : Math.min(feed, this.#length);
    if (end < this.#carriage) return end + 1;
    const after = Math.min(this.#carriage + 1, this.#length);
    return after < this.#length && this.#room[after] === LINE_FEED ? after + 1 : after;
  }

  #characterAt(at: number): number {
    if (at + this.#width > this.#length) return -1;
    const low = this.#room[at + this.#low] ?? -1;
    return this.#width === 2 && this.#room[at + 1 - this.#low] !== 0 ? -1 : low;
  }
}
