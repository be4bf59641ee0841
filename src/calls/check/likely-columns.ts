/** Finds columns whose first values have the same form, such as times or phone numbers. */

/** The maximum number of values to read in each column. */
const MOST_VALUES = 50;

/**
 * The minimum share of values that have the form. It is not 1, because exports often have a few
 * damaged cells.
 */
const USUAL_SHARE = 0.8;

/** A column of the file. */
interface Column {
  /** The name that options use. */
  readonly name: string;
  /** The index of the column in a record. */
  readonly at: number;
}

interface Watched extends Column {
  values: number;
  fitting: number;
}

/** Reads the first values of columns. */
export class LikelyColumns {
  readonly #share: number;
  readonly #fits: (text: string) => boolean;
  readonly #all: readonly Watched[];
  /** The columns that do not have {@link MOST_VALUES} values yet. */
  #watched: readonly Watched[];

  /**
   * @param columns the columns to watch
   * @param fits says whether a value, without spaces around it, has the form to look for
   * @param share the minimum share of the values that must fit
   */
  constructor(
    columns: readonly Column[],
    fits: (text: string) => boolean,
    share: number = USUAL_SHARE,
  ) {
    this.#share = share;
    this.#fits = fits;
    this.#all = columns.map(({ name, at }) => ({ name, at, values: 0, fitting: 0 }));
    this.#watched = this.#all;
  }

  /**
   * Adds one record.
   *
   * @param textAt returns the field of the record at an index
   */
  add(textAt: (at: number) => string): void {
    if (this.#watched.length === 0) return;
    let isFull = false;
    for (const column of this.#watched) {
      const text = textAt(column.at).trim();
      if (text === '') continue;
      column.values += 1;
      if (this.#fits(text)) column.fitting += 1;
      if (column.values === MOST_VALUES) isFull = true;
    }
    if (isFull) this.#watched = this.#watched.filter(({ values }) => values < MOST_VALUES);
  }

  /** The names of the columns whose values have the form. */
  get names(): readonly string[] {
    return this.#all
      .filter(({ values, fitting }) => fitting > 0 && fitting >= values * this.#share)
      .map(({ name }) => name);
  }
}
