/** The fast path of a conversion: bytes to bytes. It leaves some records to the text reader. */
import { NO_COLUMNS } from '../calls/check/clean-lines.ts';
import type { RecordCheck } from '../calls/check/record-check.ts';
import { isTotalsLine } from '../calls/check/totals-line.ts';
import type { CellFindingCode } from '../calls/columns/rules.ts';
import { type ColumnShape, SHAPE_RULES } from '../calls/columns/shapes.ts';
import { LONGEST_LINES } from '../calls/scan/record-scanner.ts';
import type { Delimiter } from '../csv/dialect.ts';
import { RecordReader } from '../csv/record-reader.ts';
import { writtenField } from '../csv/record-writer.ts';
import type { FastLines } from '../csv/table.ts';
import type { CleanLines } from '../csv/table-reading.ts';
import type { ByteCell } from './cells/byte-cells.ts';
import { CallBytes } from './cells/call-bytes.ts';
import { isIndependent, type WrongCall, type WrongColumn, WrongSets } from './wrong-calls.ts';

/** How one column of the calls is produced. */
export type ByteColumn =
  | {
      readonly kind: 'cell';
      readonly shape: ColumnShape;
      readonly at: number;
      readonly write: ByteCell;
    }
  /** Every call has the same bytes in this column. */
  | { readonly kind: 'constant'; readonly bytes: Uint8Array }
  /** The value is read from the text of the record. */
  | { readonly kind: 'text'; readonly shape: ColumnShape };

/** Reads the columns of calls as text. */
interface ColumnReading {
  /** The problem of the value that was read last. */
  readonly problem: CellFindingCode | undefined;
  readColumn(at: number, fields: readonly string[], line: number): string;
  /** Adds the evidence that the records converted as bytes give about whole columns. */
  addByteEvidence(): void;
}

/** The input of the fast path for one export. */
export interface ByteExport {
  /** The columns of the calls, in order. */
  readonly columns: readonly ByteColumn[];
  /** The number of fields in a record. */
  readonly width: number;
  readonly delimiter: Delimiter;
  /** Columns that are not used for calls. Their values may cause warnings. */
  readonly watched: readonly { readonly at: number; add(cell: string): void }[];
  /** Reads cells in an uncommon form. */
  readonly conversion: ColumnReading;
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
}

/** A call that the scanner did not prove clean. */
export interface SingleCall {
  /** The call as CSV; valid only during the callback. */
  readonly bytes: Uint8Array;
  /** The problem of each wrong value, by column index. */
  readonly problems: ReadonlyMap<number, CellFindingCode>;
  /** Whether the scanner counted the call and proved that it has no other problem. */
  readonly isProved: boolean;
  /** The physical line where the call starts, from 1. */
  readonly line: number;
}

/** Receives the converted calls, in the order of the records. */
export interface ByteCalls {
  /** @param records the number of clean calls */
  clean(records: number): void;
  /** @returns whether the call is good */
  single(call: SingleCall): boolean;
  /** @param bytes good calls as CSV, one after another; valid only during the callback */
  written(bytes: Uint8Array): void;
}

/** The known facts about a call that is checked separately. */
type KnownWrong = Pick<SingleCall, 'problems' | 'isProved'>;

/** Calls that were converted together, before their check. */
interface Batch {
  readonly made: Uint8Array;
  /** The physical line of the first call. */
  readonly line: number;
  readonly calls: ByteCalls;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;

/** The size of a batch of calls, in bytes. A full batch is checked. */
const AT_ONCE = 256 * 1024;

/**
 * A call may be longer than its record by this number of bytes, because of quotes, line ends and
 * the digits of a time.
 */
const ROOM_BESIDE = 1024;

/** A line of totals begins with one of these letters: T, G, И or В, in upper or lower case. */
const TOTALS_LATIN: ReadonlySet<number> = new Set([0x54, 0x74, 0x47, 0x67]);
const CYRILLIC = 0xd0;
const TOTALS_CYRILLIC: ReadonlySet<number> = new Set([0x98, 0xb8, 0x92, 0xb2]);

const NO_PROBLEMS: ReadonlyMap<number, CellFindingCode> = new Map();

/** Converts records of one export if their fields can be found in the bytes. */
export class ByteRecords {
  readonly #export: ByteExport;
  readonly #check: RecordCheck;
  readonly #out = new CallBytes(Math.min(AT_ONCE + ROOM_BESIDE * 64, LONGEST_LINES));
  /** The maximum difference in bytes between the length of a call and its record. */
  readonly #roomBeside: number;
  /**
   * Has 1 for each byte that ends a field, and for each byte that the fast path does not accept.
   */
  readonly #isSpecial = new Uint8Array(256);
  readonly #delimiter: number;
  /** The offsets where the fields of the current record begin and end, in bytes. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** The offset where each call of the batch ends, in bytes. */
  readonly #callEnds: number[] = [];
  /** The calls of the batch that are known to be wrong. */
  readonly #wrong: WrongCall[] = [];
  /** The index of the first good call that is not passed on yet. */
  #goodFrom = 0;
  readonly #wrongSets = new WrongSets();

  constructor(source: ByteExport, check: RecordCheck) {
    this.#export = source;
    this.#check = check;
    this.#isSpecial.fill(1, 0, SPACE);
    this.#delimiter = source.delimiter.charCodeAt(0);
    for (const byte of [this.#delimiter, LINE_FEED, QUOTE]) this.#isSpecial[byte] = 1;
    this.#starts = new Int32Array(source.width);
    this.#ends = new Int32Array(source.width);
    const constant = source.columns.reduce(
      (sum, column) => sum + (column.kind === 'constant' ? column.bytes.length : 0),
      0,
    );
    this.#roomBeside = ROOM_BESIDE + constant;
  }

  /**
   * Converts records in order. Stops before a record that must be read as text.
   *
   * @param lines valid UTF-8 that ends with a line feed
   * @param from the offset where the first record begins, in bytes
   * @param line the physical line of that record, from 1
   * @param lineEnds the line ends found earlier in the export; this method adds new ones
   */
  convert({ lines: bytes, from, line, lineEnds }: FastLines, calls: ByteCalls): CleanLines {
    const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let end = from;
    let records = 0;
    for (;;) {
      const next = this.#convertBatch(lines, end, line + records);
      if (next === end) return { end, records };
      this.#checkBatch(line + records, calls);
      end = next;
      records += this.#callEnds.length;
      if (lines[end - 2] === CARRIAGE_RETURN) lineEnds.crlf = true;
      else lineEnds.lf = true;
    }
  }

  /**
   * Converts records to one batch of calls.
   *
   * @returns the offset where the last of these records ends
   */
  #convertBatch(lines: Buffer, from: number, line: number): number {
    const out = this.#out;
    out.length = 0;
    this.#callEnds.length = 0;
    this.#wrong.length = 0;
    let at = from;
    while (at < lines.length && out.length < AT_ONCE) {
      const end = this.#record(lines, at, line + this.#callEnds.length);
      if (end < 0) break;
      at = end;
      this.#callEnds.push(out.length);
    }
    return at;
  }

  /** Checks the calls of the batch, and passes on the good ones. */
  #checkBatch(line: number, calls: ByteCalls): void {
    const batch = { made: this.#out.bytes.subarray(0, this.#out.length), line, calls };
    const all = this.#callEnds.length;
    this.#goodFrom = 0;
    let next = 0;
    for (let at = 0; at < all;) {
      const wrong = this.#wrong[next];
      if (wrong?.at === at) {
        const taken = this.#checkWrong(next, batch);
        next += taken;
        at += taken;
      } else at = this.#checkUnmarked(at, wrong?.at ?? all, batch);
    }
    this.#passOn(all, batch);
  }

  /** Passes on the good calls before the index `end`. */
  #passOn(end: number, { made, calls }: Batch): void {
    const from = this.#startOf(this.#goodFrom);
    const to = this.#startOf(end);
    if (to > from) calls.written(made.subarray(from, to));
    this.#goodFrom = end;
  }

  #checkSingle(at: number, { problems, isProved }: KnownWrong, batch: Batch): void {
    const { made, line, calls } = batch;
    const bytes = made.subarray(this.#startOf(at), this.#startOf(at + 1));
    if (calls.single({ bytes, problems, isProved, line: line + at })) return;
    this.#passOn(at, batch);
    this.#goodFrom = at + 1;
  }

  /**
   * Checks calls without known problems. Stops after the first call that is not proved clean.
   *
   * @returns the index after the last checked call
   */
  #checkUnmarked(at: number, end: number, batch: Batch): number {
    const { made, line, calls } = batch;
    const [from, to] = [this.#startOf(at), this.#startOf(end)];
    const run = { from, to, line: line + at, wrong: NO_COLUMNS };
    const clean = this.#check.cleanLines.takeRun(made, run);
    if (clean > 0) calls.clean(clean);
    const next = at + clean;
    if (next === end) return end;
    this.#checkSingle(next, { problems: NO_PROBLEMS, isProved: false }, batch);
    return next + 1;
  }

  /**
   * Checks consecutive calls that are all wrong in the same columns. May stop before the last one.
   *
   * @returns the number of checked calls
   */
  #checkWrong(first: number, batch: Batch): number {
    const { made, line } = batch;
    const { at = 0, columns } = this.#wrong[first] ?? {};
    let end = first + 1;
    for (; this.#wrong[end]?.columns === columns; end += 1) {
      if (this.#wrong[end]?.at !== at + end - first) break;
    }
    let proved = 0;
    if (columns !== undefined) {
      const to = this.#startOf(at + end - first);
      const run = { from: this.#startOf(at), to, line: line + at, wrong: columns };
      proved = this.#check.cleanLines.takeRun(made, run);
    }
    const taken = Math.min(proved + 1, end - first);
    for (const { at: call, problems } of this.#wrong.slice(first, first + taken)) {
      this.#checkSingle(call, { problems, isProved: call - at < proved }, batch);
    }
    return taken;
  }

  #startOf(call: number): number {
    return call === 0 ? 0 : (this.#callEnds[call - 1] ?? 0);
  }

  /**
   * @returns the offset where the record ends; -1 if its fields cannot be found or memory is full
   */
  #record(lines: Buffer, from: number, line: number): number {
    const end = this.#divide(lines, from);
    const out = this.#out;
    if (end < 0 || !out.hasRoom(end - from + this.#roomBeside)) return -1;
    const { columns, watched } = this.#export;
    let fields: readonly string[] | undefined;
    let wrong: WrongColumn[] | undefined;
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index];
      if (column === undefined) break;
      if (index > 0) out.byte(COMMA);
      if (column.kind === 'constant') {
        out.copy(column.bytes, 0, column.bytes.length);
        continue;
      }
      if (column.kind === 'cell' && this.#writeCell(column, lines)) continue;
      fields ??= this.#fields(lines, from);
      const found = this.#writeText(index, column.shape, fields, line);
      if (found !== undefined) (wrong ??= []).push(found);
    }
    out.byte(LINE_FEED);
    if (wrong !== undefined) this.#wrong.push(this.#wrongSets.callOf(wrong, this.#callEnds.length));
    for (const column of watched) column.add(this.#field(lines, column.at));
    return end;
  }

  /**
   * Writes a cell in an uncommon form.
   *
   * @returns the problem of the cell, if it has one
   */
  #writeText(
    at: number,
    shape: ColumnShape,
    fields: readonly string[],
    line: number,
  ): WrongColumn | undefined {
    const { conversion, now } = this.#export;
    conversion.addByteEvidence();
    const value = conversion.readColumn(at, fields, line);
    this.#out.text(writtenField(value));
    if (value === '') return undefined;
    const code = conversion.problem ?? SHAPE_RULES[shape](value, now);
    return code === undefined
      ? undefined
      : { at, code, isIndependent: isIndependent(shape, value) };
  }

  /** @returns whether the cell is in a common form */
  #writeCell({ at, write }: Extract<ByteColumn, { kind: 'cell' }>, lines: Uint8Array): boolean {
    const [start, end] = [this.#starts[at] ?? 0, this.#ends[at] ?? 0];
    if (start === end) return true;
    const out = this.#out;
    const { length } = out;
    if (lines[start] === SPACE || lines[end - 1] === SPACE || !write(lines, start, end, out)) {
      out.length = length;
      return false;
    }
    return true;
  }

  /**
   * Finds the fields of a record.
   *
   * @returns the offset where the record ends; -1 if the record must be read as text
   */
  #divide(lines: Buffer, from: number): number {
    const { width } = this.#export;
    const delimiter = this.#delimiter;
    let field = 0;
    let start = from;
    let at = from;
    const isSpecial = this.#isSpecial;
    for (; ; at += 1) {
      while (isSpecial[lines[at] ?? QUOTE] === 0) at += 1;
      const byte = lines[at];
      const isEnd = byte === LINE_FEED;
      if (!isEnd && byte !== delimiter) {
        if (byte === CARRIAGE_RETURN && lines[at + 1] === LINE_FEED) continue;
        return -1;
      }
      if (field === width) return -1;
      this.#starts[field] = start;
      this.#ends[field] = isEnd && at > start && lines[at - 1] === CARRIAGE_RETURN ? at - 1 : at;
      field += 1;
      start = at + 1;
      if (isEnd) break;
    }
    return field === width && !this.#isEmptyOrTotals(lines) ? at + 1 : -1;
  }

  /** Says whether a record has no values at all, or is a line of totals. */
  #isEmptyOrTotals(lines: Buffer): boolean {
    for (let field = 0; field < this.#export.width; field += 1) {
      let start = this.#starts[field] ?? 0;
      const end = this.#ends[field] ?? 0;
      while (start < end && lines[start] === SPACE) start += 1;
      if (start === end) continue;
      const first = lines[start] ?? 0;
      const mayBe =
        first < 0x80
          ? TOTALS_LATIN.has(first)
          : first !== CYRILLIC || TOTALS_CYRILLIC.has(lines[start + 1] ?? 0);
      if (!mayBe) return false;
      const text = this.#field(lines, field);
      // A value of non-ASCII spaces counts as empty.
      if (text.trim() !== '') return isTotalsLine([text]);
    }
    return true;
  }

  /** Returns all fields of a record. */
  #fields(lines: Buffer, from: number): readonly string[] {
    const end = this.#ends[this.#export.width - 1] ?? from;
    return lines.toString('utf8', from, end).split(this.#export.delimiter);
  }

  #field(lines: Buffer, at: number): string {
    return lines.toString('utf8', this.#starts[at] ?? 0, this.#ends[at] ?? 0);
  }
}

/** Returns the values of a call whose fields {@link writtenField} wrote. */
export function valuesOf(call: Uint8Array): readonly string[] {
  const text = Buffer.from(call.buffer, call.byteOffset, call.byteLength).toString('utf8');
  if (!text.includes('"')) return text.slice(0, -1).split(',');
  return new RecordReader(',').push(text).rows[0] ?? [];
}
