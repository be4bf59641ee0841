/** Collects the problems of calls that were converted as bytes, before the check of each call. */
import type { CellFindingCode } from '../calls/columns/rules.ts';
import type { ColumnShape } from '../calls/columns/shapes.ts';

/** The problem of one value of a call. */
export interface WrongColumn {
  readonly at: number;
  readonly code: CellFindingCode;
  /** Whether the other values of the call can be checked without this value. */
  readonly isIndependent: boolean;
}

/** A wrong call in a batch. */
export interface WrongCall {
  /** The index of the call in the batch. */
  readonly at: number;
  /** The problem of each wrong value, by column index. */
  readonly problems: ReadonlyMap<number, CellFindingCode>;
  /**
   * The wrong columns. Calls with the same wrong columns share one array. `undefined` if a wrong
   * value affects the check of other values.
   */
  readonly columns: readonly number[] | undefined;
}

/**
 * Creates wrong calls. All calls with the same single problem in the same column share one set.
 */
export class WrongSets {
  /** The shared arrays of columns. Each key is a number with one bit for each column. */
  readonly #columns = new Map<number, readonly number[]>();
  /** The shared sets with a single problem, by column and code. */
  readonly #single: Map<CellFindingCode, WrongCall['problems']>[] = [];

  /** @param wrong at least one column, in the order of the columns */
  callOf(wrong: readonly WrongColumn[], at: number): WrongCall {
    const [first] = wrong;
    const problems =
      wrong.length === 1 && first !== undefined
        ? this.#problemsOf(first)
        : new Map(wrong.map((one) => [one.at, one.code]));
    return { at, problems, columns: this.#columnsOf(wrong) };
  }

  #columnsOf(wrong: readonly WrongColumn[]): readonly number[] | undefined {
    let bits = 0;
    for (const one of wrong) {
      if (!one.isIndependent) return undefined;
      bits |= 1 << one.at;
    }
    let columns = this.#columns.get(bits);
    if (columns === undefined) {
      columns = wrong.map((one) => one.at);
      this.#columns.set(bits, columns);
    }
    return columns;
  }

  #problemsOf({ at, code }: WrongColumn): WrongCall['problems'] {
    const known = (this.#single[at] ??= new Map<CellFindingCode, WrongCall['problems']>());
    let problems = known.get(code);
    if (problems === undefined) {
      problems = new Map([[at, code]]);
      known.set(code, problems);
    }
    return problems;
  }
}

/** Says whether the other values of a call can be checked without this wrong value. */
export function isIndependent(shape: ColumnShape, value: string): boolean {
  if (shape === 'date-time') return /\D/.test(value);
  // If a recipe defines other words for a flag, the value 1 is wrong. But the check of the whole
  // call does not know these words, and takes 1 for yes.
  return value !== '1';
}
