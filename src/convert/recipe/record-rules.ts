/** The rules of `--only` and `--skip`. They decide which records of an export become calls. */

/** A column and its selected values, in lower case. */
export interface RecordRule {
  readonly column: string;
  readonly values: ReadonlySet<string>;
}

/** @returns the rule written as `column=value,value`; `undefined` if the text is not a rule */
export function recordRule(text: string): RecordRule | undefined {
  const at = text.indexOf('=');
  const column = text.slice(0, Math.max(0, at)).trim();
  if (column === '') return undefined;
  const values = text.slice(at + 1).split(',');
  return { column, values: new Set(values.map((value) => value.trim().toLowerCase())) };
}

/** Says whether a cell equals one of the values. Ignores letter case and spaces around the cell. */
export function keeps({ values }: RecordRule, cell: string): boolean {
  return values.has(cell.trim().toLowerCase());
}
