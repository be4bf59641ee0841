/** Cell references such as `C7`. */

/** The last row and the last column of a sheet, from 1. */
export const LAST_ROW = 1_048_576;
export const LAST_COLUMN = 16_384;

const CODE_A = 0x41;
const CODE_Z = 0x5a;
const LETTERS = 26;

/** @returns the row of a reference such as `B7`, or the first row of a range such as `A2:A5` */
export function rowOf(reference: string): number {
  return Number(/\d+/.exec(reference)?.[0] ?? 0);
}

/** @returns the column in a reference such as `C7`, from 0; -1 if the reference is invalid */
export function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at);
    if (code < CODE_A || code > CODE_Z) break;
    column = column * LETTERS + (code - CODE_A + 1);
    if (column > LAST_COLUMN) return -1;
  }
  return column - 1;
}

/**
 * Returns the letters of a column.
 *
 * @param column the column, from 0
 */
export function columnLetters(column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / LETTERS)) {
    letters = String.fromCharCode(CODE_A + ((left - 1) % LETTERS)) + letters;
  }
  return letters;
}
