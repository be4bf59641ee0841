/** Reads the texts of an .xls workbook. */
import { damagedRecord } from './biff-records.ts';

/** The bits of the flags before a text. Follows [MS-XLS], 2.5.293. */
const FLAG = { wide: 0x01, phonetic: 0x04, rich: 0x08 } as const;

/** The number of bytes that describe one change of the font in a text. */
const RUN_BYTES = 4;

/**
 * Reads texts from the data of a record and of the records that continue it. A continuation may
 * begin in the middle of a text. Then its first byte says how the rest of the text is written.
 */
export class TextReader {
  readonly #parts: readonly Buffer[];
  #part = 0;
  #at: number;

  /**
   * @param parts the data of the record, and of its continuations
   * @param at the position in the first part
   */
  constructor(parts: readonly Buffer[], at = 0) {
    this.#parts = parts;
    this.#at = at;
  }

  /** Reads a number of two bytes. */
  number(): number {
    return this.#byte() + this.#byte() * 0x100;
  }

  /** Reads a number of four bytes. */
  longNumber(): number {
    return this.number() + this.number() * 0x10000;
  }

  /**
   * Reads one text with its flags.
   *
   * @param length the number of UTF-16 code units
   */
  text(length: number): string {
    const flags = this.#byte();
    const runs = (flags & FLAG.rich) === 0 ? 0 : this.number();
    const phonetic = (flags & FLAG.phonetic) === 0 ? 0 : this.longNumber();
    const text = this.#characters(length, (flags & FLAG.wide) !== 0);
    this.#skip(runs * RUN_BYTES + phonetic);
    return text;
  }

  #characters(length: number, isWideFirst: boolean): string {
    let text = '';
    let isWide = isWideFirst;
    for (let left = length; left > 0;) {
      if (this.#left === 0) isWide = (this.#nextPart()[0] ?? 0) !== 0;
      const width = isWide ? 2 : 1;
      const count = Math.min(left, Math.floor(this.#left / width));
      if (count === 0) throw damagedRecord();
      const bytes = this.#now.subarray(this.#at, this.#at + count * width);
      text += bytes.toString(isWide ? 'utf16le' : 'latin1');
      this.#at += count * width;
      left -= count;
    }
    return text;
  }

  get #now(): Buffer {
    const now = this.#parts[this.#part];
    if (now === undefined) throw damagedRecord();
    return now;
  }

  get #left(): number {
    return this.#now.length - this.#at;
  }

  /**
   * Goes to the next part. The first byte of this part has the flags for the rest of the text. The
   * new position is after this byte.
   */
  #nextPart(): Buffer {
    this.#part += 1;
    this.#at = 1;
    return this.#now;
  }

  #byte(): number {
    while (this.#left <= 0) {
      this.#part += 1;
      this.#at = 0;
    }
    const byte = this.#now[this.#at] ?? 0;
    this.#at += 1;
    return byte;
  }

  #skip(bytes: number): void {
    for (let left = bytes; left > 0;) {
      const here = Math.min(left, this.#left);
      this.#at += here;
      left -= here;
      if (left > 0) {
        this.#part += 1;
        this.#at = 0;
      }
    }
  }
}
