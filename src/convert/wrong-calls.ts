/** What is wrong with calls that are made by their bytes, before they are checked as wholes. */
import type { CellFindingCode } from '../calls/columns/rules.ts';
import type { ColumnShape } from '../calls/columns/shapes.ts';

/** What is wrong with one value of a call. */
export interface WrongColumn {
  readonly at: number;
  readonly code: CellFindingCode;
  /** Whether it means nothing for the other values. */
  readonly isIndependent: boolean;
}

/** A call that is wrong, of those that were made at once. */
export interface WrongCall {
  /** Its place among them. */
  readonly at: number;
  /** What is wrong with its values, by the column's place. */
  readonly problems: ReadonlyMap<number, CellFindingCode>;
  /**
   * The columns that are wrong, the same array for the same columns; `undefined` where their values mean something
   * for others.
   */
  readonly columns: readonly number[] | undefined;
}

/** Remembers what is wrong with calls, since most of them are wrong in the same way. */
export class WrongSets {
  /** Sets of columns, by their bits. */
  readonly #columns = new Map<number, readonly number[]>();
  /** Single problems, by their column and code. */
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

/** Whether a wrong value says no more to the check of a whole call than that something stands there. */
export function isIndependent(shape: ColumnShape, value: string): boolean {
  if (shape === 'date-time') return /\D/.test(value);
  // Where a recipe gives a flag other words, a 1 is wrong. The check of the whole call takes it as a 1 all the same.
  return value !== '1';
}
