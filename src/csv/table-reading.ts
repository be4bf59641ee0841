/**
 * Divides the bytes of one file into records. The form of the file must be known. Clean lines can
 * be passed on as bytes, without decoding.
 */
import { isUtf8 } from 'node:buffer';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { MOST_COLUMNS } from '../limits.ts';
import { TEXT_PIECE } from './decoding.ts';
import type { LineEnds } from './line-ends.ts';
import {
  isBlankRecord,
  lineEndsWithin,
  problemsByRow,
  type ReadProblem,
  type RecordBatch,
  RecordReader,
} from './record-reader.ts';
import { areRecordsLines, type TableForm } from './table-form.ts';
import { TableText } from './table-text.ts';

/** The result of the fast path for some lines. */
export interface CleanLines {
  /** The position after the last accepted record, in bytes. */
  readonly end: number;
  /** The number of physical lines of the accepted records. */
  readonly lines: number;
}

/** Receives the records of a file in their order. */
export interface TableConsumer {
  /**
   * Receives one record.
   *
   * @param fields the fields; an empty array if the record could not be read at all
   * @param line the physical line where the record starts, from 1
   * @param suspect whether the record may contain NUL or undecodable bytes
   * @param problem why the record cannot be read, or may be read wrongly
   */
  record(
    fields: readonly string[],
    line: number,
    suspect: boolean,
    problem: ReadProblem['kind'] | undefined,
  ): void;
  /** Receives the line number of a record that has only spaces. */
  blank(line: number): void;
  /**
   * The fast path: accepts consecutive clean records as bytes, before they are decoded.
   *
   * @param lines valid UTF-8 that ends with a line feed, at most {@link TableConsumer.longestLines}
   *   bytes
   * @param from the position in `lines` where the first record begins, in bytes
   * @param line the physical line of that record, from 1
   * @param lineEnds the kinds of line ends that were found before; the consumer adds the new
   *   kinds that it finds
   */
  cleanLines?(lines: Uint8Array, from: number, line: number, lineEnds: LineEnds): CleanLines;
  /** The maximum number of bytes for one call of the fast path. */
  readonly longestLines?: number;
}

const LINE_FEED = 0x0a;
const NO_BYTES = Buffer.alloc(0);
/** A UTF-16 unit takes at most this many bytes in UTF-8. */
const MOST_UTF8_BYTES = 3;
/**
 * The maximum length of a stored incomplete line, in bytes. A longer incomplete line goes to the
 * record reader, which decides whether the line is too long for a record.
 */
const LONGEST_KEPT = 64 * 1024;
/**
 * If the fast path accepts more than this number of consecutive bytes, only one line is read as text
 * before the fast path is tried again. Otherwise, twice as many lines as last time are read as text.
 */
const MANY_BYTES = 1024;
/** The maximum number of lines to read as text before the fast path is tried again. */
const MOST_LINES = 4096;

/** Reads one file. */
export class TableReading {
  /** Whether undecodable bytes were found. */
  damaged = false;
  readonly #form: TableForm;
  readonly #consumer: TableConsumer;
  readonly #text: TableText;
  readonly #reader: RecordReader;
  /** Whether the first record, usually the header, has been read. */
  #hasBegun = false;
  /** Whether to try the fast path before decoding lines. */
  #isFast: boolean;
  /** On the fast path, the bytes of an incomplete line. */
  #kept = NO_BYTES;
  /** A reusable buffer for bytes that are converted to UTF-8. */
  #transcoded = NO_BYTES;
  /** Whether the known part of an incomplete record may contain NUL or undecodable bytes. */
  #isSuspect = false;

  constructor(form: TableForm, consumer: TableConsumer) {
    const { delimiter, separatorLine } = form.dialect;
    this.#form = form;
    this.#consumer = consumer;
    this.#text = new TableText(form);
    this.#reader = new RecordReader(delimiter, separatorLine ? 2 : 1, areRecordsLines(form));
    this.#isFast = consumer.cleanLines !== undefined && !separatorLine;
  }

  /** The physical line where the next record starts, from 1. */
  get line(): number {
    return this.#reader.line;
  }

  /** The kinds of line ends between the records that were read. */
  get lineEnds(): Readonly<LineEnds> {
    return this.#reader.lineEnds;
  }

  /**
   * Reads bytes.
   *
   * @param block the next bytes of the file, of any length; valid only until `push` returns
   */
  push(block: Uint8Array): void {
    const bytes = this.#text.withoutMark(block);
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + this.#longestPiece());
      at += piece.length;
      if (!this.#isFast) this.#pushText(piece);
      else if (this.#form.encoding === 'utf-8') this.#pushLines(piece);
      else this.#transcode(piece);
    }
  }

  /** Ends the file, and passes on the last records. */
  end(): void {
    const kept = this.#kept;
    this.#kept = NO_BYTES;
    // The kept bytes are always UTF-8, even if the file is in another encoding.
    if (this.#form.encoding === 'utf-8') this.#pushText(kept);
    else this.#read(kept.toString('utf8'), false);
    const rest = this.#text.end();
    this.#read(rest, this.#text.damaged);
    this.#report(this.#reader.end(), this.#isSuspect);
  }

  #longestPiece(): number {
    const { longestLines } = this.#consumer;
    const asItIs = this.#isFast && this.#form.encoding === 'utf-8' && longestLines !== undefined;
    // The piece may complete a stored line. The stored part and the piece are joined, and together
    // they must not exceed `longestLines`.
    return asItIs ? longestLines - LONGEST_KEPT : TEXT_PIECE;
  }

  #pushText(bytes: Uint8Array): void {
    const text = this.#text.push(bytes);
    this.#read(text, this.#text.damaged);
  }

  /** Converts bytes of another encoding to UTF-8 for the fast path. */
  #transcode(bytes: Uint8Array): void {
    const decoded = this.#text.rewrite(bytes);
    if (typeof decoded !== 'string') {
      this.#pushLines(decoded);
      return;
    }
    if (this.#text.damaged) {
      const kept = this.#kept.toString('utf8');
      this.#isFast = false;
      this.#kept = NO_BYTES;
      this.#read(kept + decoded, true);
      return;
    }
    const room = decoded.length * MOST_UTF8_BYTES;
    if (this.#transcoded.length < room) this.#transcoded = Buffer.allocUnsafeSlow(room);
    this.#pushLines(this.#transcoded.subarray(0, this.#transcoded.write(decoded, 'utf8')));
  }

  /** Reads the complete lines of a block. Stores the beginning of an incomplete line. */
  #pushLines(block: Uint8Array): void {
    const kept = this.#kept;
    const cut = kept.length === 0 ? 0 : block.indexOf(LINE_FEED) + 1;
    const end = block.lastIndexOf(LINE_FEED) + 1;
    // The start of the block may complete a stored line. Only the two parts of this line are copied
    // into a new buffer. Copying the whole block would take too long.
    const line = cut === 0 ? NO_BYTES : Buffer.concat([kept, block.subarray(0, cut)]);
    const lines = block.subarray(cut, end);
    this.#kept = NO_BYTES;
    if (!isUtf8(line) || !isUtf8(lines)) {
      this.#isFast = false;
      this.#pushUtf8(Buffer.concat([kept, block]));
      return;
    }
    this.#readLines(line);
    this.#readLines(lines);
    const rest = end === 0 ? Buffer.concat([kept, block]) : block.subarray(end);
    if (rest.length > LONGEST_KEPT || !this.#isIdle) this.#pushUtf8(rest);
    else this.#kept = Buffer.from(rest);
  }

  /**
   * Passes clean records on as bytes. Other records become text, in batches of lines. Each batch
   * has twice as many lines as the previous batch, until many records are clean again.
   */
  #readLines(lines: Uint8Array): void {
    let asText = 0;
    for (let at = 0; at < lines.length;) {
      const next = this.#cleanLines(lines, at);
      asText = next - at > MANY_BYTES ? 1 : Math.min(Math.max(1, asText * 2), MOST_LINES);
      if (next === lines.length) break;
      at = afterLines(lines, next, asText);
      this.#pushUtf8(lines.subarray(next, at));
    }
  }

  /**
   * Reads bytes as text.
   *
   * @param bytes UTF-8; the original bytes may have been in another encoding
   */
  #pushUtf8(bytes: Uint8Array): void {
    if (this.#form.encoding === 'utf-8') this.#pushText(bytes);
    else this.#read(asBuffer(bytes).toString('utf8'), false);
  }

  get #isIdle(): boolean {
    // Blocks of UTF-8 may end inside a character. Other encodings are decoded before this point, so
    // their characters are complete.
    return this.#reader.isIdle && (this.#form.encoding !== 'utf-8' || this.#text.isIdle);
  }

  #cleanLines(lines: Uint8Array, from: number): number {
    if (!this.#isIdle || !this.#reader.isCertain) return from;
    if (this.#consumer.cleanLines === undefined) return from;
    const { line, lineEnds } = this.#reader;
    const { end, lines: skipped } = this.#consumer.cleanLines(lines, from, line, lineEnds);
    if (skipped > 0) this.#isSuspect = false;
    this.#reader.skip(skipped);
    return end;
  }

  #read(text: string, damaged: boolean): void {
    if (damaged) this.damaged = true;
    if (text === '') return;
    const isSuspect = this.#isSuspect || damaged || text.includes('\0');
    this.#report(this.#reader.push(text), isSuspect);
    // The end of this piece may cut a record. A later piece then completes the record. The complete
    // record must be suspect if its first part is suspect.
    this.#isSuspect = isSuspect && !this.#reader.isIdle;
  }

  #report(batch: RecordBatch, suspect: boolean): void {
    const problems = problemsByRow(batch);
    let line = batch.firstLine;
    for (const [index, fields] of batch.rows.entries()) {
      if (isBlankRecord(fields)) this.#consumer.blank(line);
      else if (!this.#hasBegun && fields.length > MOST_COLUMNS) {
        throw new UnreadableFile('header-too-wide', { columns: fields.length, most: MOST_COLUMNS });
      } else this.#consumer.record(fields, line, suspect, problems.get(index)?.kind);
      this.#hasBegun ||= !isBlankRecord(fields);
      line += batch.oneLineEach ? 1 : 1 + lineEndsWithin(fields);
    }
    for (const { kind, line: at, row } of batch.problems) {
      if (row === undefined) this.#consumer.record([], at, suspect, kind);
    }
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** @returns the position after a number of lines; `from` if the number is 0 */
function afterLines(bytes: Uint8Array, from: number, lines: number): number {
  let at = from;
  for (let line = 0; line < lines && at < bytes.length; line += 1) {
    at = bytes.indexOf(LINE_FEED, at) + 1;
  }
  return at;
}
