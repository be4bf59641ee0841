/** The positions of the records that calls come from. */

/** The position of a record in the export. */
export interface RecordPlace {
  /** The physical line where the record starts, from 1. */
  readonly line: number;
  /** The number of physical lines of the record. */
  readonly lines: number;
  /** The number of the record, from 1. The header is not counted. */
  readonly record: number;
}

/** Stores many positions without an object for each of them. */
export class RecordPlaces {
  /** The physical line where each record starts. */
  readonly starts: Uint32Array;
  readonly #heights: Uint32Array;
  readonly #records: Float64Array;

  /** @param size the number of positions */
  constructor(size: number) {
    this.starts = new Uint32Array(size);
    this.#heights = new Uint32Array(size);
    this.#records = new Float64Array(size);
  }

  set(at: number, { line, lines, record }: RecordPlace): void {
    this.starts[at] = line;
    this.#heights[at] = lines;
    this.#records[at] = record;
  }

  at(at: number): RecordPlace {
    return {
      line: this.starts[at] ?? 0,
      lines: this.#heights[at] ?? 1,
      record: this.#records[at] ?? 0,
    };
  }
}
