/** Receives the rows of a sheet, cell by cell. */

/** Receives each row in order: its beginning, its cells that are not empty, its end. */
export interface RowConsumer {
  /** @param row the number of the row, from 1 */
  begin(row: number): void;
  /**
   * Receives a whole number, as stored in the file.
   *
   * @param column the column, from 0
   */
  digits(column: number, bytes: Uint8Array, from: number, to: number): void;
  /** @param column the column, from 0 */
  text(column: number, text: string): void;
  /** @returns whether the row has anything but spaces */
  end(row: number): boolean;
  /** Forgets the current row, because it is read again from its beginning. */
  drop(): void;
}

/** Keeps the first rows of a sheet as text. */
export class FirstRows implements RowConsumer {
  /** The rows that have anything but spaces. */
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
