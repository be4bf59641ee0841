/** Adds the missing cells to rows that were written before all columns were known. */

/** Consecutive rows with the same number of cells. */
export interface ShortRows {
  readonly width: number;
  /** The number of rows. */
  rows: number;
}

const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const QUOTE = 0x22;

/**
 * Yields a table: the header, and rows that all have the same number of cells.
 *
 * @param rows the rows as CSV; line ends inside cells are in quotes
 * @param short the widths of the rows, in their order
 * @param width the number of columns
 */
export async function* widened(
  header: Uint8Array,
  rows: AsyncIterable<Uint8Array>,
  short: readonly ShortRows[],
  width: number,
): AsyncIterable<Uint8Array> {
  yield header;
  const missing = new MissingCells(short, width);
  let isQuoted = false;
  for await (const block of rows) {
    if (missing.areDone) {
      yield block;
      continue;
    }
    const pieces: Uint8Array[] = [];
    let from = 0;
    // An iterator over the bytes would take several times as long.
    for (let at = 0; at < block.length; at += 1) {
      const byte = block[at];
      if (byte === QUOTE) isQuoted = !isQuoted;
      if (byte !== LINE_FEED || isQuoted) continue;
      const cells = missing.next();
      if (cells === 0) continue;
      pieces.push(block.subarray(from, at), new Uint8Array(cells).fill(COMMA));
      from = at;
    }
    yield Buffer.concat([...pieces, block.subarray(from)]);
  }
}

/** Says for each row how many cells it lacks. */
class MissingCells {
  readonly #short: readonly ShortRows[];
  readonly #width: number;
  #at = 0;
  /** The number of rows of the current width that have been passed. */
  #passed = 0;

  constructor(short: readonly ShortRows[], width: number) {
    this.#short = short;
    this.#width = width;
  }

  /** Whether all further rows have all cells. */
  get areDone(): boolean {
    return (this.#short[this.#at]?.width ?? this.#width) === this.#width;
  }

  /** @returns the number of missing cells of the next row */
  next(): number {
    const now = this.#short[this.#at];
    if (now === undefined) return 0;
    this.#passed += 1;
    if (this.#passed === now.rows) {
      this.#at += 1;
      this.#passed = 0;
    }
    // A row without cells is written like a row with one empty cell.
    return this.#width - Math.max(1, now.width);
  }
}
