/** Describes the problems that the conversion found in a call, before the check of the call. */
import type { CellFindingCode } from '../calls/columns/rules.ts';
import type { WrongColumn } from './cells/column-cells.ts';

/** The problems of a wrong call. */
export interface WrongCall {
  /** The problem of each wrong value, by column index. */
  readonly problems: ReadonlyMap<number, CellFindingCode>;
  /**
   * The wrong columns. Calls with the same wrong columns share one array. `undefined` if a wrong
   * value affects the check of other values.
   */
  readonly columns: readonly number[] | undefined;
}

/**
 * Creates wrong calls. Nearly all wrong calls of a file have the same few problems, so calls with
 * the same single problem share one object.
 */
export class WrongSets {
  /** The shared arrays of columns. Each key is a number with one bit for each column. */
  readonly #columns = new Map<number, readonly number[]>();
  /** The shared calls with a single problem, by column and code. */
  readonly #single: Map<CellFindingCode, WrongCall>[] = [];

  /**
   * Returns a wrong call with the problems of some columns.
   *
   * @param wrong the wrong columns, at least one, sorted by column index
   */
  callOf(wrong: readonly WrongColumn[]): WrongCall {
    const [first] = wrong;
    if (wrong.length === 1 && first !== undefined) return this.singleOf(first);
    const problems = new Map(wrong.map((one) => [one.at, one.code]));
    return { problems, columns: this.#columnsOf(wrong) };
  }

  /** Returns the call that has only one wrong column. */
  singleOf(wrong: WrongColumn): WrongCall {
    const { at, code, isIndependent } = wrong;
    const known = (this.#single[at] ??= new Map<CellFindingCode, WrongCall>());
    const before = known.get(code);
    if (before !== undefined && (before.columns !== undefined) === isIndependent) return before;
    const call = { problems: new Map([[at, code]]), columns: this.#columnsOf([wrong]) };
    known.set(code, call);
    return call;
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
}
