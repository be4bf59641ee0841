/**
 * Finds the line with the column names, if there are other lines above it. A line above may be the
 * title of a report, for example.
 */
import { isHeading } from './headings.ts';

/**
 * The maximum number of records to search for the column names, if the first line does not have
 * them.
 */
export const MOST_TITLES = 100;

/** Says whether a record may be a title: at most one cell is not empty. */
function isTitle(cells: readonly string[]): boolean {
  return cells.filter((cell) => cell.trim() !== '').length <= 1;
}

/** Matches values that no header has: numbers, times, phone numbers, addresses. */
const VALUE = /^[+\-.,:()/\s]*\d[\d+\-.,:()/\s]*(?:[ap]\.?m\.?|z)?$|@|:\/\//i;

/** Says whether a cell has a value, and cannot be the name of a column. */
export function holdsValue(cell: string): boolean {
  return VALUE.test(cell.trim());
}

/** The minimum number of column names in a header below the first line. */
const FEWEST_NAMES = 2;
/** A record of a call has at least this many values. A line above the header may have one. */
const FEWEST_VALUES = 2;

/**
 * The reason why a record below the first line may be the header. `known`: it has known names.
 * `names`: it has words, and a title is above it.
 */
export type NamesMatch = 'known' | 'names' | undefined;

/** The first line of a file, which may be the header or a title. */
export class FirstLine {
  readonly #isTitle: boolean;
  readonly #names: number;
  readonly #isKnown: (name: string) => boolean;
  /** Whether this line is certainly the header: it has names, and a record below it has values. */
  #isHeader = false;

  /**
   * @param cells the first record
   * @param isKnown says whether a name is known
   */
  constructor(cells: readonly string[], isKnown: (name: string) => boolean = isHeading) {
    this.#isTitle = isTitle(cells);
    this.#isKnown = isKnown;
    this.#names = this.#namesIn(cells);
  }

  /**
   * Says whether a record below the first line is the header. A header has no values. Words of
   * calls, such as `Internal` and `Answered`, may also be column names, so a record with values is
   * not a header. The record is the header in two cases. It has at least two known names, and more
   * of them than the first line. Or the first line is a title, and the record has at least two
   * words.
   *
   * @param cells the record, divided at the detected delimiter
   */
  matchOf(cells: readonly string[]): NamesMatch {
    // The delimiter was detected from the first line. If that line is a title, the delimiter may be
    // wrong.
    const words = cells.flatMap((cell) => cell.split(/[,;\t|]/)).map((name) => name.trim());
    const values = words.filter(holdsValue).length;
    this.#isHeader ||= this.#names >= FEWEST_NAMES && values >= FEWEST_VALUES;
    if (this.#isHeader) return undefined;
    const names = this.#namesIn(words);
    if (names >= FEWEST_NAMES && names > this.#names) return 'known';
    if (!this.#isTitle || this.#names > 0) return undefined;
    const filled = words.filter((word) => word !== '');
    return filled.length >= FEWEST_NAMES && filled.every(isName) ? 'names' : undefined;
  }

  /** Counts the known names of a record; 0 if the record has a value. */
  #namesIn(cells: readonly string[]): number {
    if (cells.some(holdsValue)) return 0;
    return cells.filter((cell) => this.#isKnown(cell.trim())).length;
  }
}

function isName(cell: string): boolean {
  return /\p{L}/u.test(cell) && !holdsValue(cell);
}
