/** Reads the rows of one sheet of an .xls workbook. */
import { columnLetters } from '../cell-reference.ts';
import { type CellContext, CellTexts, NUMBER_TYPE, type SheetFacts } from '../cell-text.ts';
import type { RowConsumer } from '../row-consumer.ts';
import { excess, LIMITS } from '../workbook-limits.ts';
import {
  type BiffRecord,
  biffRecords,
  damagedRecord,
  HEAD_BYTES,
  numberAt,
  RECORD,
} from './biff-records.ts';
import type { CompoundStream } from './compound-file.ts';
import { TextReader } from './xls-strings.ts';

/** A sheet of an .xls workbook. */
interface XlsSheet {
  readonly stream: CompoundStream;
  /** The position of its first record in the stream. */
  readonly from: number;
  readonly context: CellContext;
  readonly orders: RowOrders;
}

/** One cell with its text. */
interface Cell {
  readonly column: number;
  readonly text: string;
}

/** The row and the column of a cell, both from 0, and the number of the cell's format. */
interface CellPlace {
  readonly row: number;
  readonly column: number;
  readonly style: number;
}

/** The errors of formulas by their numbers. Follows [MS-XLS], 2.5.10. */
const ERRORS: ReadonlyMap<number, string> = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
  [0x2b, '#GETTING_DATA'],
]);

/** Returns the text of an error. An unknown error has a text too, so its cell is not empty. */
function errorText(code: number | undefined): string {
  return ERRORS.get(code ?? -1) ?? '#ERROR!';
}

/** The kinds of formula results that are not numbers. Follows [MS-XLS], 2.5.133. */
const RESULT = { text: 0, truth: 1, error: 2 } as const;

/** After this number of rows, the caller gets the consumer, and can take the collected rows. */
const ROWS_AT_ONCE = 256;

/**
 * Reads the rows of a sheet in order. Some programs write the cells in another order. Then all
 * cells of the sheet are collected first.
 *
 * @throws UnreadableFile `workbook-damaged` or `workbook-excess`
 */
export async function* readXlsRows<Consumer extends RowConsumer>(
  sheet: XlsSheet,
  consumer: Consumer,
  facts: SheetFacts,
): AsyncIterable<Consumer> {
  const cells = new SheetCells(sheet.context, facts);
  const rows = sheet.orders.isOrdered(sheet)
    ? orderedRows(cells, sheet)
    : collectedRows(cells, sheet);
  let written = 0;
  for (const [row, ofRow] of rows) {
    consumer.begin(row + 1);
    for (const { column, text } of ofRow) consumer.text(column, text);
    if (consumer.end(row + 1) && cells.hiddenRows.has(row)) facts.hiddenRows += 1;
    written += 1;
    if (written % ROWS_AT_ONCE === 0) yield await Promise.resolve(consumer);
  }
  yield consumer;
}

/** Finds out which sheets of one workbook have their rows in order. Reads each sheet once. */
export class RowOrders {
  readonly #found = new Map<number, boolean>();
  readonly #most: number;
  #bytes = 0;

  /** @param most the size of the workbook, in bytes */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Says whether the rows of the cells of a sheet are in order.
   *
   * @throws UnreadableFile `workbook-damaged` if the sheets together are longer than the workbook,
   *   so that some of them overlap
   */
  isOrdered({ stream, from }: Pick<XlsSheet, 'stream' | 'from'>): boolean {
    const known = this.#found.get(from);
    if (known !== undefined) return known;
    let last = 0;
    let isOrdered = true;
    const count = (bytes: number): void => {
      this.#bytes += bytes;
      if (this.#bytes > this.#most) throw damagedRecord();
    };
    for (const { type, data } of ofSheet(stream, from, count)) {
      if (!CELLS.has(type)) continue;
      const row = numberAt(data, 0);
      isOrdered = row >= last;
      if (!isOrdered) break;
      last = row;
    }
    this.#found.set(from, isOrdered);
    return isOrdered;
  }
}

function* orderedRows(cells: SheetCells, sheet: XlsSheet): Iterable<[number, Cell[]]> {
  let now = -1;
  let ofRow: Cell[] = [];
  for (const [row, cell] of cells.all(sheet)) {
    if (row !== now) {
      if (ofRow.length > 0) yield [now, byColumn(ofRow)];
      ofRow = [];
      now = row;
    }
    ofRow.push(cell);
  }
  if (ofRow.length > 0) yield [now, byColumn(ofRow)];
}

function collectedRows(cells: SheetCells, sheet: XlsSheet): [number, Cell[]][] {
  const rows = new Map<number, Cell[]>();
  let count = 0;
  for (const [row, cell] of cells.all(sheet)) {
    count += 1;
    if (count > LIMITS.cells) {
      throw excess('cells');
    }
    const ofRow = rows.get(row);
    if (ofRow === undefined) rows.set(row, [cell]);
    else ofRow.push(cell);
  }
  return [...rows]
    .sort(([one], [other]) => one - other)
    .map(([row, ofRow]) => [row, byColumn(ofRow)]);
}

/** Sorts the cells of a row. If the file has a cell twice, the later one is used. */
function byColumn(cells: readonly Cell[]): Cell[] {
  const isSorted = cells.every(
    ({ column }, at) => at === 0 || (cells[at - 1]?.column ?? 0) < column,
  );
  if (isSorted) return [...cells];
  const columns = new Map(cells.map((cell) => [cell.column, cell]));
  return [...columns.values()].sort((one, other) => one.column - other.column);
}

/** Reads the cells of a sheet, and facts about the sheet. Follows [MS-XLS], 2.4. */
class SheetCells {
  readonly hiddenRows = new Set<number>();
  readonly #texts: CellTexts;
  readonly #facts: SheetFacts;

  constructor(context: CellContext, facts: SheetFacts) {
    this.#texts = new CellTexts('Workbook', context, facts);
    this.#facts = facts;
  }

  /** Yields the cells in the order of the file, each with its row, from 0. */
  *all({ stream, from }: XlsSheet): Iterable<[number, Cell]> {
    /** The cell of a formula whose text comes in a later record. */
    let waiting: { readonly row: number; readonly column: number } | undefined;
    for (const { type, data } of ofSheet(stream, from)) {
      if (type === RECORD.textOfFormula && waiting !== undefined) {
        const { row, column } = waiting;
        waiting = undefined;
        const text = textIn([data], 0);
        if (text !== '') yield [row, { column, text }];
        continue;
      }
      if (type === RECORD.severalNumbers) {
        yield* this.#severalNumbers(data);
        continue;
      }
      if (!CELLS.has(type)) {
        this.#learn(type, data);
        continue;
      }
      const [row, column, style] = [numberAt(data, 0), numberAt(data, 2), numberAt(data, 4)];
      if (type === RECORD.formula && isTextLater(data)) {
        waiting = { row, column };
        continue;
      }
      const text = this.#text(type, data, { row, column, style });
      if (text !== '') yield [row, { column, text }];
    }
  }

  #text(type: number, data: Buffer, place: CellPlace): string {
    const { style } = place;
    switch (type) {
      case RECORD.labelOfStrings:
        return this.#texts.sharedString(longAt(data, 6));
      case RECORD.number:
        return this.#number(doubleAt(data, 6), style);
      case RECORD.shortNumber:
        return this.#number(shortNumber(longAt(data, 6)), style);
      case RECORD.label:
      case RECORD.richLabel:
        return textIn([data], 6);
      case RECORD.truthOrError:
        return data[7] === 0 ? truth(data[6]) : errorText(data[6]);
      default:
        return this.#result(data, place);
    }
  }

  #number(value: number, style: number): string {
    return this.#texts.text(NUMBER_TYPE, style, String(value));
  }

  /** Returns the stored result of a formula. */
  #result(data: Buffer, { row, column, style }: CellPlace): string {
    if (numberAt(data, 12) !== 0xffff) {
      const value = doubleAt(data, 6);
      if (Number.isFinite(value)) return this.#number(value, style);
      this.#facts.addUnknown(column, row + 1);
      return '';
    }
    if (data[6] === RESULT.truth) return truth(data[8]);
    return data[6] === RESULT.error ? errorText(data[8]) : '';
  }

  *#severalNumbers(data: Buffer): Iterable<[number, Cell]> {
    const row = numberAt(data, 0);
    const first = numberAt(data, 2);
    for (let at = 4; at + 6 <= data.length - 2; at += 6) {
      const text = this.#number(shortNumber(longAt(data, at + 2)), numberAt(data, at));
      yield [row, { column: first + (at - 4) / 6, text }];
    }
  }

  #learn(type: number, data: Buffer): void {
    if (type === RECORD.row) {
      if ((numberAt(data, 12) & HIDDEN_ROW) !== 0) this.hiddenRows.add(numberAt(data, 0));
    } else if (type === RECORD.columns) {
      if ((numberAt(data, 8) & 1) !== 0) {
        this.#facts.hideColumns(numberAt(data, 0) + 1, numberAt(data, 2) + 1);
      }
    } else if (type === RECORD.merged) {
      for (let at = 2; at + 8 <= data.length; at += 8) {
        const [top, bottom] = [numberAt(data, at), numberAt(data, at + 2)];
        const [left, right] = [numberAt(data, at + 4), numberAt(data, at + 6)];
        this.#facts.addMerged(
          `${columnLetters(left)}${String(top + 1)}:${columnLetters(right)}${String(bottom + 1)}`,
        );
      }
    }
  }
}

const HIDDEN_ROW = 0x20;

/** The records that begin with the row and the column of a cell. */
const CELLS: ReadonlySet<number> = new Set([
  RECORD.formula,
  RECORD.severalNumbers,
  RECORD.richLabel,
  RECORD.labelOfStrings,
  RECORD.number,
  RECORD.label,
  RECORD.truthOrError,
  RECORD.shortNumber,
]);

/**
 * Yields the records of a sheet, without those of charts inside the sheet.
 *
 * @param count receives the length of every record, in bytes
 */
function* ofSheet(
  stream: CompoundStream,
  from: number,
  count?: (bytes: number) => void,
): Iterable<BiffRecord> {
  let depth = 0;
  for (const record of biffRecords(stream, from)) {
    count?.(HEAD_BYTES + record.data.length);
    if (depth === 0 && record.type !== RECORD.begin) throw damagedRecord();
    if (record.type === RECORD.begin) depth += 1;
    else if (record.type === RECORD.end) depth -= 1;
    else if (depth === 1) yield record;
    if (depth === 0) return;
  }
  throw damagedRecord();
}

function isTextLater(data: Buffer): boolean {
  return numberAt(data, 12) === 0xffff && data[6] === RESULT.text;
}

function textIn(parts: readonly Buffer[], at: number): string {
  const reader = new TextReader(parts, at);
  return reader.text(reader.number());
}

function truth(value: number | undefined): string {
  return value === 0 ? 'FALSE' : 'TRUE';
}

/** Returns a number that is stored in four bytes. Follows [MS-XLS], 2.5.217. */
function shortNumber(stored: number): number {
  const isWhole = (stored & 2) !== 0;
  let value: number;
  if (isWhole) value = stored >> 2;
  else {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE((stored & ~3) >>> 0, 4);
    value = bytes.readDoubleLE(0);
  }
  return (stored & 1) === 0 ? value : value / 100;
}

function longAt(data: Buffer, at: number): number {
  if (data.length < at + 4) throw damagedRecord();
  return data.readUInt32LE(at);
}

function doubleAt(data: Buffer, at: number): number {
  if (data.length < at + 8) throw damagedRecord();
  return data.readDoubleLE(at);
}
