/** The rules `--only` and `--skip`, which select the records of an export that become calls. */

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

/** Says whether a cell equals one of the values, ignoring letter case and spaces around it. */
export function keeps({ values }: RecordRule, cell: string): boolean {
  return values.has(cell.trim().toLowerCase());
}
