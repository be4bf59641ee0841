/** Interfaces and classes that receive the rows of a sheet, cell by cell. */
import { MOST_COLUMNS } from '../limits.ts';

/**
 * Receives the rows in order. For each row, the reader calls `begin`, then `digits` or `text` for
 * each cell that is not empty, and then `end`.
 */
export interface RowConsumer {
  /** @param row the number of the row, from 1 */
  begin(row: number): void;
  /**
   * Receives a stored whole number.
   *
   * @param column the column, from 0
   */
  digits(column: number, bytes: Uint8Array, from: number, to: number): void;
  /** @param column the column, from 0 */
  text(column: number, text: string): void;
  /** @returns whether the row has a value that is not blank */
  end(row: number): boolean;
  /** Discards the current row. The reader will read this row again from the beginning. */
  drop(): void;
}

/** The maximum length of the text that is kept of a cell, in UTF-16 code units. */
const LONGEST_NAME = 1024;

/** Keeps the first rows of a sheet as text. */
export class FirstRows implements RowConsumer {
  /** The rows with a value that is not blank. */
  readonly rows: string[][] = [];
  /** The number of rows that were read, blank ones included. */
  read = 0;
  readonly #most: number;
  #cells: string[] = [];

  /** @param most the maximum number of rows to keep */
  constructor(most: number) {
    this.#most = most;
  }

  begin(): void {
    this.#cells = [];
  }

  digits(column: number, bytes: Uint8Array, from: number, to: number): void {
    if (this.#isWanted(column)) {
      this.text(column, Buffer.from(bytes.subarray(from, to)).toString('latin1'));
    }
  }

  text(column: number, text: string): void {
    // A name of a column is short.
    if (this.#isWanted(column)) this.#cells[column] = text.slice(0, LONGEST_NAME);
  }

  end(): boolean {
    this.read += 1;
    if (this.rows.length >= this.#most) return false;
    const cells = Array.from(this.#cells, (cell: string | undefined) => cell ?? '');
    const isFilled = cells.some((cell) => cell.trim() !== '');
    if (isFilled) this.rows.push(cells);
    return isFilled;
  }

  drop(): void {
    this.#cells = [];
  }

  #isWanted(column: number): boolean {
    return column < MOST_COLUMNS && this.rows.length < this.#most;
  }
}
