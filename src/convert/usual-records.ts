/**
 * The fast path of a conversion: records whose cells have their usual forms go from bytes to bytes, and are proved clean
 * by the scanner. Whatever is otherwise is read as text.
 */
import type { RecordCheck } from '../calls/check/record-check.ts';
import { LONGEST_LINES } from '../calls/scan/record-scanner.ts';
import type { LineEnds } from '../csv/line-ends.ts';
import type { CleanLines } from '../csv/table-reading.ts';
import { CallBytes } from './call-bytes.ts';
import type { UsualCell } from './usual-cells.ts';

/** What one column of a call is made of. */
export type UsualColumn =
  | { readonly kind: 'cell'; readonly at: number; readonly write: UsualCell }
  /** The same bytes in every call. */
  | { readonly kind: 'constant'; readonly bytes: Uint8Array };

/** What the fast path of one export works with. */
export interface UsualExport {
  /** The columns of the calls, in their order. */
  readonly columns: readonly UsualColumn[];
  /** How many fields a record has. */
  readonly width: number;
  /** The code of the character between them. */
  readonly delimiter: number;
  /** Columns that are left out and have to be looked at all the same. */
  readonly watched: readonly { readonly at: number; add(cell: string): void }[];
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;

/** So many bytes of calls are made before they are checked. */
const AT_ONCE = 256 * 1024;

/** Bytes that quotes, line ends and the digits of a time may add to a record. */
const ROOM_BESIDE = 1024;

/** The letters that a line of totals begins with: T and G, И and В, small and large. */
const TOTALS_LATIN: ReadonlySet<number> = new Set([0x54, 0x74, 0x47, 0x67]);
const CYRILLIC = 0xd0;
const TOTALS_CYRILLIC: ReadonlySet<number> = new Set([0x98, 0xb8, 0x92, 0xb2]);

/** Converts the usual records of one export. */
export class UsualRecords {
  readonly #export: UsualExport;
  readonly #check: RecordCheck;
  readonly #out = new CallBytes(Math.min(AT_ONCE + ROOM_BESIDE * 64, LONGEST_LINES));
  /** The bytes that a field may not hold, or ends before. */
  readonly #isSpecial = new Uint8Array(256);
  /** Where each field of a record begins and ends. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** Where each record that was made ends, in the export and in the calls. */
  readonly #sourceEnds: number[] = [];
  readonly #outEnds: number[] = [];

  constructor(source: UsualExport, check: RecordCheck) {
    this.#export = source;
    this.#check = check;
    this.#isSpecial.fill(1, 0, SPACE);
    for (const byte of [source.delimiter, LINE_FEED, QUOTE]) this.#isSpecial[byte] = 1;
    this.#starts = new Int32Array(source.width);
    this.#ends = new Int32Array(source.width);
  }

  /**
   * Converts records, one after another, up to the first that is not usual or not clean.
   *
   * @param lines valid UTF-8 that ends with a line feed
   * @param from where a record begins
   * @param line the physical line of that record, from 1
   * @param lineEnds the line ends of the export so far, to be added to
   * @param take gets the calls as they are written; the bytes are not kept after that
   */
  take(
    { lines, from, line, lineEnds }: Lines,
    take: (calls: Uint8Array, records: number) => void,
  ): CleanLines {
    let at = from;
    let records = 0;
    for (;;) {
      const made = this.#make(lines, at);
      if (made === 0) break;
      const calls = this.#out.bytes.subarray(0, this.#out.length);
      const ends = { lf: false, crlf: false, cr: false };
      const clean = this.#check.cleanLines.take(calls, 0, line + records, ends).records;
      if (clean > 0) {
        this.#lookAt(lines, at, clean);
        take(calls.subarray(0, this.#outEnds[clean - 1]), clean);
        at = this.#sourceEnds[clean - 1] ?? at;
        records += clean;
        this.#addLineEnds(lines, at, lineEnds);
      }
      if (clean < made) break;
    }
    return { end: at, records };
  }

  /** Makes calls of usual records. @returns how many */
  #make(lines: Uint8Array, from: number): number {
    const out = this.#out;
    out.length = 0;
    this.#sourceEnds.length = 0;
    this.#outEnds.length = 0;
    let at = from;
    while (at < lines.length && out.length < AT_ONCE) {
      const start = out.length;
      const end = this.#record(lines, at);
      if (end < 0) {
        out.length = start;
        break;
      }
      at = end;
      this.#sourceEnds.push(at);
      this.#outEnds.push(out.length);
    }
    return this.#outEnds.length;
  }

  /** @returns where the record ends; -1 when it is not usual */
  #record(lines: Uint8Array, from: number): number {
    const end = this.#divide(lines, from);
    if (end < 0 || !this.#out.hasRoom(end - from + ROOM_BESIDE)) return -1;
    const out = this.#out;
    const { columns } = this.#export;
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index];
      if (column === undefined) break;
      if (index > 0) out.byte(COMMA);
      if (column.kind === 'constant') {
        out.copy(column.bytes, 0, column.bytes.length);
        continue;
      }
      const [start, stop] = [this.#starts[column.at] ?? 0, this.#ends[column.at] ?? 0];
      if (start < stop && !column.write(lines, start, stop, out)) return -1;
    }
    out.byte(LINE_FEED);
    return end;
  }

  /** Finds the fields of a record. @returns where it ends; -1 when it needs a closer look */
  #divide(lines: Uint8Array, from: number): number {
    const { width, delimiter } = this.#export;
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
      const stop = isEnd && at > start && lines[at - 1] === CARRIAGE_RETURN ? at - 1 : at;
      if (
        field === width ||
        lines[start] === SPACE ||
        (stop > start && lines[stop - 1] === SPACE)
      ) {
        return -1;
      }
      this.#starts[field] = start;
      this.#ends[field] = stop;
      field += 1;
      start = at + 1;
      if (isEnd) break;
    }
    return field === width && !this.#mayBeTotals(lines) ? at + 1 : -1;
  }

  /** Whether the first value of a record may be a word for a sum, or there is none at all. */
  #mayBeTotals(lines: Uint8Array): boolean {
    for (let field = 0; field < this.#export.width; field += 1) {
      const start = this.#starts[field] ?? 0;
      if (start === this.#ends[field]) continue;
      const first = lines[start] ?? 0;
      return first === CYRILLIC
        ? TOTALS_CYRILLIC.has(lines[start + 1] ?? 0)
        : TOTALS_LATIN.has(first);
    }
    return true;
  }

  /** Shows the columns that are left out, and tell whether a record is a call at all, to who looks at them. */
  #lookAt(lines: Uint8Array, from: number, records: number): void {
    const { watched } = this.#export;
    if (watched.length === 0) return;
    let at = from;
    for (let record = 0; record < records; record += 1) {
      at = this.#divide(lines, at);
      for (const column of watched) {
        const [start, stop] = [this.#starts[column.at] ?? 0, this.#ends[column.at] ?? 0];
        column.add(textIn(lines, start, stop));
      }
    }
  }

  #addLineEnds(lines: Uint8Array, end: number, lineEnds: LineEnds): void {
    if (lines[end - 2] === CARRIAGE_RETURN) lineEnds.crlf = true;
    else lineEnds.lf = true;
  }
}

/** Lines of an export. */
export interface Lines {
  readonly lines: Uint8Array;
  readonly from: number;
  readonly line: number;
  readonly lineEnds: LineEnds;
}

function textIn(lines: Uint8Array, from: number, to: number): string {
  return Buffer.from(lines.buffer, lines.byteOffset + from, to - from).toString('utf8');
}
