/** Which records of an export become calls: `--only` and `--skip`. */

/** A column and the values that are meant, in lower case. */
export interface RecordRule {
  readonly column: string;
  readonly values: ReadonlySet<string>;
}

/** @returns the rule of `column=value,value`; `undefined` when it is none */
export function recordRule(text: string): RecordRule | undefined {
  const at = text.indexOf('=');
  const column = text.slice(0, Math.max(0, at)).trim();
  if (column === '') return undefined;
  const values = text.slice(at + 1).split(',');
  return { column, values: new Set(values.map((value) => value.trim().toLowerCase())) };
}

/** Whether a cell is one of the values: as a whole, without spaces around it, in any letter case. */
export function keeps({ values }: RecordRule, cell: string): boolean {
  return values.has(cell.trim().toLowerCase());
}
