/** Interfaces and classes that receive the rows of a sheet, cell by cell. */

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

/** Keeps the first rows of a sheet as text. */
export class FirstRows implements RowConsumer {
  /** The rows with a value that is not blank. */
  readonly rows: string[][] = [];
  #cells: string[] = [];

  begin(): void {
    this.#cells = [];
  }

  digits(column: number, bytes: Uint8Array, from: number, to: number): void {
    this.text(column, Buffer.from(bytes.subarray(from, to)).toString('latin1'));
  }

  text(column: number, text: string): void {
    this.#cells[column] = text;
  }

  end(): boolean {
    const cells = Array.from(this.#cells, (cell: string | undefined) => cell ?? '');
    const isFilled = cells.some((cell) => cell.trim() !== '');
    if (isFilled) this.rows.push(cells);
    return isFilled;
  }

  drop(): void {
    this.#cells = [];
  }
}
