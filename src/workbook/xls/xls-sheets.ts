/** Finds the sheets of an .xls workbook of Excel 97 to 2003. */
import type { LocalFile } from '../../files/local-file.ts';
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { type CellFormat, formatOfCode, formatOfNumber } from '../cell-formats.ts';
import type { CellContext } from '../cell-text.ts';
import { SharedStrings } from '../shared-strings.ts';
import type { ReadRows, Sheet } from '../sheets.ts';
import { excess, LIMITS } from '../workbook-limits.ts';
import { type BiffRecord, biffRecords, damagedRecord, numberAt, RECORD } from './biff-records.ts';
import { CompoundFile, type CompoundStream } from './compound-file.ts';
import { readXlsRows, RowOrders } from './xls-rows.ts';
import { TextReader } from './xls-strings.ts';

/**
 * The maximum size of a file, in bytes. A sheet in this format has at most 65,536 rows, so a file
 * of calls is never larger.
 */
const LARGEST = 64 * 1024 * 1024;

/** The version of the records of Excel 97 to 2003. */
const BIFF8 = 0x600;

/** The kind of a sheet with cells. */
const IS_WORKSHEET = 0;

/** A sheet, and where its records begin in the stream. */
interface Place {
  readonly name: string;
  readonly isHidden: boolean;
  readonly hasCells: boolean;
  readonly from: number;
}

/**
 * Finds the sheets of a workbook. Follows [MS-XLS], 2.1.7.20.3.
 *
 * @throws UnreadableFile `workbook-locked`, `workbook-damaged`, `workbook-too-large`, or
 *   `file-packed` if the file is an older workbook or is not a workbook
 */
export function xlsSheets(file: LocalFile): readonly Sheet[] {
  if (file.size > LARGEST) {
    throw new UnreadableFile('workbook-too-large', { bytes: file.size, limit: LARGEST });
  }
  const stream = workbookStream(new CompoundFile(file));
  const globals = new Globals();
  for (const record of biffRecords(stream, 0)) {
    if (!globals.take(record)) break;
  }
  const context = globals.context();
  const orders = new RowOrders(file.size);
  // Sheets at the same position share one function, so that the sheet is examined once.
  const readers = new Map<number, ReadRows>();
  const readerOf = (from: number): ReadRows => {
    let reader = readers.get(from);
    if (reader === undefined) {
      reader = (consumer, facts) => readXlsRows({ stream, from, context, orders }, consumer, facts);
      readers.set(from, reader);
    }
    return reader;
  };
  return globals.places.map(({ name, isHidden, hasCells, from }) => ({
    name,
    isHidden,
    rows: hasCells ? readerOf(from) : undefined,
  }));
}

function workbookStream(compound: CompoundFile): CompoundStream {
  const names = new Set(compound.names.map((name) => name.toLowerCase()));
  if (names.has('encryptedpackage')) throw new UnreadableFile('workbook-locked', {});
  const stream = compound.stream('Workbook');
  if (stream !== undefined) return stream;
  // Excel 5 and 95 called the stream `Book`.
  const container = names.has('book') ? 'xls' : 'compound';
  throw new UnreadableFile('file-packed', { container });
}

/** Collects what all sheets share: the list of sheets, the formats and the shared strings. */
class Globals {
  readonly places: Place[] = [];
  #isFrom1904 = false;
  #isBegun = false;
  readonly #codes = new Map<number, CellFormat>();
  readonly #formats: number[] = [];
  /** The data of the shared strings, in parts; `undefined` before they begin. */
  #strings: Buffer[] | undefined;
  #areStringsOpen = false;

  /** @returns whether more records follow */
  take({ type, data }: BiffRecord): boolean {
    if (!this.#isBegun) {
      this.#begin(type, data);
      return true;
    }
    if (type === RECORD.continue) {
      if (this.#areStringsOpen) this.#strings?.push(Buffer.from(data));
      return true;
    }
    this.#areStringsOpen = type === RECORD.strings;
    if (type === RECORD.password) throw new UnreadableFile('workbook-locked', {});
    if (type === RECORD.strings) this.#strings = [Buffer.from(data)];
    else if (type === RECORD.dates) this.#isFrom1904 = numberAt(data, 0) === 1;
    else if (type === RECORD.cellFormat) {
      if (this.#formats.length >= LIMITS.formats) throw excess('formats');
      this.#formats.push(numberAt(data, 2));
    } else if (type === RECORD.sheet) {
      if (this.places.length >= LIMITS.sheets) throw excess('sheets');
      this.places.push(placeIn(data));
    } else if (type === RECORD.numberFormat && this.#codes.size < LIMITS.formats) {
      const reader = new TextReader([data], 2);
      this.#codes.set(numberAt(data, 0), formatOfCode(reader.text(reader.number())));
    }
    return type !== RECORD.end;
  }

  context(): CellContext {
    return {
      strings: this.#strings === undefined ? new SharedStrings() : stringsIn(this.#strings),
      formats: this.#formats.map((id) =>
        this.#codes.has(id) ? this.#codes.get(id) : formatOfNumber(id),
      ),
      isFrom1904: this.#isFrom1904,
    };
  }

  #begin(type: number, data: Buffer): void {
    if (type !== RECORD.begin) throw damagedRecord();
    if (numberAt(data, 0) !== BIFF8) throw new UnreadableFile('file-packed', { container: 'xls' });
    this.#isBegun = true;
  }
}

function placeIn(data: Buffer): Place {
  if (data.length < 8) throw damagedRecord();
  return {
    from: data.readUInt32LE(0),
    isHidden: ((data[4] ?? 0) & 3) !== 0,
    hasCells: data[5] === IS_WORKSHEET,
    name: new TextReader([data], 7).text(data[6] ?? 0),
  };
}

/** Reads the shared strings. Follows [MS-XLS], 2.4.265. */
function stringsIn(parts: readonly Buffer[]): SharedStrings {
  const reader = new TextReader(parts);
  reader.longNumber();
  const count = reader.longNumber();
  const strings = new SharedStrings();
  for (let at = 0; at < count; at += 1) strings.add(reader.text(reader.number()));
  return strings;
}
