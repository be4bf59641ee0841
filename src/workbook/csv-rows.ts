/** Writes the rows of a sheet as CSV, in reusable memory. */
import { UnreadableFile } from '../files/unreadable-file.ts';
import { MOST_COLUMNS } from '../limits.ts';
import type { RowConsumer } from './row-consumer.ts';
import { excess, LIMITS } from './workbook-limits.ts';

const COMMA = 0x2c;
const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const SPACE = 0x20;
const LAST_ASCII = 0x7f;

/** Matches a field that needs quotes, by the rule of `csv/record-writer.ts`. */
const SPECIAL = /[",\r\n]|^[\s\ufeff]|[\s\ufeff]$/;

/** `isFull` is `true` when at least this many bytes are collected. */
const GATHERED = 128 * 1024;

/**
 * The maximum length of a short text. For short texts, writing each character is faster than a call
 * of `Buffer.write`.
 */
const SHORT = 24;

/** The maximum number of bytes in UTF-8 for one UTF-16 code unit. */
const MOST_UTF8_BYTES = 3;

/** Writes each row as a record. A row without values becomes an empty line. */
export class CsvRows implements RowConsumer {
  /** The number of columns in the header line; 0 before the header is read. */
  width = 0;
  #headerRow: number;
  /** The number of bytes that may still be written. */
  #left: number;
  #hasHeader = false;
  #nextRow = 1;
  #bytes = Buffer.allocUnsafeSlow(GATHERED * 2);
  #length = 0;
  /** The position in `#bytes` where the current row begins. */
  #start = 0;
  /** The number of written columns of the current row. */
  #columns = 0;
  #row = 1;
  /** Whether a part of the current row has been written. */
  #isBegun = false;
  /** Cells with only spaces. They are not written yet. */
  #spaces: { readonly column: number; readonly text: string }[] = [];
  /** The position in `#bytes` after the last cell that is not blank. */
  #filledEnd = 0;
  /** The number of columns up to the last cell that is not blank. */
  #filledColumns = 0;

  /**
   * @param headerRow the number of the first row that may have the column names, from 1
   * @param most the maximum number of bytes of all rows together. Many cells may share one long
   *   text, so the rows can be much larger than the workbook
   */
  constructor(headerRow: number, most: number) {
    this.#headerRow = headerRow;
    this.#left = most;
  }

  /** The number of the row with the column names, from 1. */
  get headerRow(): number {
    return this.#headerRow;
  }

  /** Whether enough bytes are collected for a call of `take`. */
  get isFull(): boolean {
    return this.#length >= GATHERED;
  }

  /** @returns the collected bytes, which are valid until the next row begins */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#left -= this.#length;
    if (this.#left < 0) throw excess('text');
    this.#length = 0;
    return taken;
  }

  begin(row: number): void {
    this.#start = this.#length;
    this.#columns = 0;
    this.#row = row;
    this.#isBegun = false;
    if (this.#spaces.length > 0) this.#spaces = [];
    this.#filledColumns = 0;
  }

  digits(column: number, bytes: Uint8Array, from: number, to: number): void {
    if (column >= MOST_COLUMNS) throw tooWide(column + 1);
    this.#moveTo(column, to - from);
    const own = this.#bytes;
    for (let at = from; at < to; at += 1) own[this.#length++] = bytes[at] ?? 0;
    this.#fill();
  }

  text(column: number, text: string): void {
    if (column >= MOST_COLUMNS) {
      // A blank cell there changes nothing. Another one makes the row too wide.
      if (text.trim() === '') return;
      throw tooWide(column + 1);
    }
    if (SPECIAL.test(text)) {
      if (text.trim() === '') this.#blank(column, text);
      else this.#plain(column, `"${text.replaceAll('"', '""')}"`);
    } else this.#plain(column, text);
  }

  end(row: number): boolean {
    if (this.#filledColumns === 0) return false;
    this.#nextRow = row + 1;
    this.#length = this.#filledEnd;
    if (!this.#hasHeader && row >= this.#headerRow) {
      this.#hasHeader = true;
      this.#headerRow = row;
      this.width = this.#filledColumns;
    }
    // Sheets omit empty cells at the end of a row, so the missing commas are added here.
    this.#reserve(this.width + 1);
    for (let at = this.#filledColumns; at < this.width; at += 1) this.#byte(COMMA);
    this.#byte(LINE_FEED);
    return true;
  }

  drop(): void {
    this.#length = this.#start;
  }

  #plain(column: number, text: string): void {
    this.#moveTo(column, text.length * MOST_UTF8_BYTES);
    const from = this.#length;
    if (text.length <= SHORT && this.#writeAscii(text)) this.#length = from + text.length;
    else this.#length = from + this.#bytes.write(text, from, 'utf8');
    this.#fill();
  }

  /** @returns whether the text is ASCII. Only ASCII text is written. */
  #writeAscii(text: string): boolean {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > LAST_ASCII) return false;
      this.#bytes[this.#length + at] = code;
    }
    return true;
  }

  /**
   * Handles a cell with only spaces. Before the first value of a row, the cell is kept and not yet
   * written. If the row has no value, the cell is never written.
   */
  #blank(column: number, text: string): void {
    if (this.#filledColumns === 0) this.#spaces.push({ column, text });
    else this.#writeBlank(column, text);
  }

  #writeBlank(column: number, text: string): void {
    this.#moveTo(column, text.length * MOST_UTF8_BYTES + 2);
    this.#byte(QUOTE);
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
    this.#byte(QUOTE);
  }

  #fill(): void {
    this.#filledEnd = this.#length;
    this.#filledColumns = this.#columns;
  }

  /** Writes the commas before a column, and makes room for its value. */
  #moveTo(column: number, room: number): void {
    if (!this.#isBegun) this.#writeBeginning();
    this.#reserve(column - this.#columns + room + SPACE);
    for (let at = Math.max(1, this.#columns); at <= column; at += 1) this.#byte(COMMA);
    this.#columns = column + 1;
  }

  /**
   * Writes the text before the first value of a row: empty lines for skipped rows, and cells with
   * only spaces.
   */
  #writeBeginning(): void {
    this.#isBegun = true;
    this.#reserve(this.#row - this.#nextRow);
    for (let gap = this.#nextRow; gap < this.#row; gap += 1) this.#byte(LINE_FEED);
    for (const { column, text } of this.#spaces) this.#writeBlank(column, text);
  }

  #byte(byte: number): void {
    this.#bytes[this.#length++] = byte;
  }

  /**
   * Makes room in the memory before a text is written there, and tests the limits then. After the
   * writing it would be too late: one row can repeat a long text a thousand times.
   */
  #reserve(room: number): void {
    if (this.#length + room <= this.#bytes.length) return;
    if (this.#length + room - this.#start > LIMITS.row * MOST_UTF8_BYTES) throw excess('row');
    if (this.#length + room > this.#left) throw excess('text');
    if (this.#length + room > LIMITS.repeated) throw excess('repeated');
    const larger = Buffer.allocUnsafeSlow((this.#length + room) * 2);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

function tooWide(columns: number): UnreadableFile {
  return new UnreadableFile('header-too-wide', { columns, most: MOST_COLUMNS });
}
