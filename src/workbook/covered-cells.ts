/** Finds values in cells that merged ranges cover. Spreadsheet programs hide these values. */
import { MOST_COLUMNS } from '../limits.ts';
import { columnLetters, columnOf, rowOf } from './cell-reference.ts';
import type { RowConsumer } from './row-consumer.ts';
import { excess } from './workbook-limits.ts';

/** A merged range. Rows are counted from 1, and columns from 0. */
interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Counts the values in covered cells, while the rows of the sheet are read again. */
export class CoveredCells implements RowConsumer {
  /** The number of covered cells with a value. */
  count = 0;
  /** The first covered cell with a value, for example `B7`. */
  first: string | undefined;
  /** The ranges that begin below the current row, in reverse order of their first rows. */
  readonly #below: Range[];
  /** The ranges that the current row is in. */
  #open: Range[] = [];
  #row = 0;
  /** The columns of the current row that have a value and are covered. */
  #columns: number[] = [];

  /** @param merged ranges of merged cells, for example `A2:A5` */
  constructor(merged: readonly string[]) {
    this.#below = merged
      .map(rangeOf)
      .filter(({ left }) => left < MOST_COLUMNS)
      .sort((one, other) => other.top - one.top);
  }

  begin(row: number): void {
    this.#row = row;
    this.#columns = [];
    for (let next = this.#below.at(-1); next !== undefined; next = this.#below.at(-1)) {
      if (next.top > row) break;
      this.#open.push(next);
      this.#below.pop();
    }
    if (this.#open.length > 0) this.#open = this.#open.filter(({ bottom }) => bottom >= row);
    // Merged ranges never overlap, so a row is in no more ranges than it has columns.
    if (this.#open.length > MOST_COLUMNS) throw excess('ranges');
  }

  digits(column: number): void {
    this.#look(column);
  }

  text(column: number, text: string): void {
    if (text.trim() !== '') this.#look(column);
  }

  end(): boolean {
    const [column] = this.#columns;
    if (column !== undefined) this.first ??= `${columnLetters(column)}${String(this.#row)}`;
    this.count += this.#columns.length;
    return true;
  }

  drop(): void {
    this.#columns = [];
  }

  #look(column: number): void {
    const isCovered = this.#open.some(
      ({ top, left, right }) =>
        column >= left && column <= right && (column !== left || this.#row !== top),
    );
    if (isCovered) this.#columns.push(column);
  }
}

function rangeOf(range: string): Range {
  const [from = '', to = from] = range.split(':');
  return { top: rowOf(from), bottom: rowOf(to), left: columnOf(from), right: columnOf(to) };
}
