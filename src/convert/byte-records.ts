/**
 * The fast path of a conversion, for records whose fields can be found in their bytes. Cells in
 * common forms are converted from bytes to bytes; others are read as text. The scanner proves calls
 * clean, and the rest are checked one by one. Records that do not qualify are left to the reader of
 * text.
 */
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
  /** The same bytes in every call. */
  | { readonly kind: 'constant'; readonly bytes: Uint8Array }
  /** Read from the text of the record. */
  | { readonly kind: 'text'; readonly shape: ColumnShape };

/** Reads the columns of calls as text. */
interface ColumnReading {
  /** The problem of the value that was read last. */
  readonly problem: CellFindingCode | undefined;
  readColumn(at: number, fields: readonly string[], line: number): string;
  /** Adds the evidence about columns from records that were converted as bytes. */
  addByteEvidence(): void;
}

/** What the fast path of one export works with. */
export interface ByteExport {
  /** The columns of the calls, in order. */
  readonly columns: readonly ByteColumn[];
  /** The number of fields in a record. */
  readonly width: number;
  readonly delimiter: Delimiter;
  /** Columns that are not used for calls, but watched for warnings. */
  readonly watched: readonly { readonly at: number; add(cell: string): void }[];
  /** Reads cells that are not in a common form. */
  readonly conversion: ColumnReading;
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
}

/** A call that is not proved clean. */
export interface SingleCall {
  /** The call as it is written; valid only during the callback. */
  readonly bytes: Uint8Array;
  /** The problems of its values, by column index. */
  readonly problems: ReadonlyMap<number, CellFindingCode>;
  /** Whether the scanner proved that nothing else is wrong with the call, and counted it. */
  readonly isProved: boolean;
  /** The physical line where it starts, from 1. */
  readonly line: number;
}

/** Receives the results, in the order of the records. */
export interface ByteCalls {
  /** @param records the number of clean calls */
  clean(records: number): void;
  /** @returns whether the call is good */
  single(call: SingleCall): boolean;
  /**
   * @param bytes good calls as they are written, one after another; valid only during the callback
   */
  written(bytes: Uint8Array): void;
}

/** What is known about a call that is checked on its own. */
type KnownWrong = Pick<SingleCall, 'problems' | 'isProved'>;

/** Calls that were produced together. */
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

/** How many bytes of calls are produced before they are checked. */
const AT_ONCE = 256 * 1024;

/**
 * The number of bytes that a call may get in addition to those of its record: for quotes, line ends
 * and the digits of a time.
 */
const ROOM_BESIDE = 1024;

/** The first letters of a totals line: T and G, И and В, in either case. */
const TOTALS_LATIN: ReadonlySet<number> = new Set([0x54, 0x74, 0x47, 0x67]);
const CYRILLIC = 0xd0;
const TOTALS_CYRILLIC: ReadonlySet<number> = new Set([0x98, 0xb8, 0x92, 0xb2]);

const NO_PROBLEMS: ReadonlyMap<number, CellFindingCode> = new Map();

/** Converts the records of one export whose fields can be found in their bytes. */
export class ByteRecords {
  readonly #export: ByteExport;
  readonly #check: RecordCheck;
  readonly #out = new CallBytes(Math.min(AT_ONCE + ROOM_BESIDE * 64, LONGEST_LINES));
  /** How many bytes longer than its record a call can be. */
  readonly #roomBeside: number;
  /** Holds 1 for each byte that ends a field, or that no field may have on the fast path. */
  readonly #isSpecial = new Uint8Array(256);
  readonly #delimiter: number;
  /** Where each field of a record begins and ends. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** Where each call of the batch ends. */
  readonly #callEnds: number[] = [];
  /** The calls of the batch that are known to be wrong. */
  readonly #wrong: WrongCall[] = [];
  /** Calls from this index up to the current one are good, but not passed on yet. */
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
   * Converts records one after another, up to the first whose fields cannot be found in its bytes.
   *
   * @param lines valid UTF-8 that ends with a line feed
   * @param from where a record begins
   * @param line the physical line of that record, from 1
   * @param lineEnds the line ends found in the export so far; new ones are added
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

  /** Converts a batch of records to calls. @returns where the last of these records ends */
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

  /** Passes on the good calls before a given one. */
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
   * Checks calls that may be clean, up to the first that is not.
   * @returns the index after the last call that was checked
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
   * Checks calls that are wrong in the same columns, up to one that is wrong elsewhere.
   * @returns how many were checked
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

  /** @returns where the record ends; -1 if its fields cannot be found, or the memory is full */
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

  /** Writes a cell that is not in a common form. @returns its problem */
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

  /** Finds the fields of a record. @returns where the record ends; -1 if it must be read as text */
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
      // The value may consist of non-ASCII spaces. Then it counts as empty.
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
