/** Parses the texts of options and recipe files to values of a recipe. */
import { CALL_COLUMNS, type ColumnName, columnNamed } from '../../calls/columns/columns.ts';
import { Failure } from '../../failure.ts';
import { quoted } from '../../safe-text/quoted.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { Wanted } from '../../words/failure-parameters.ts';
import { TimeZone } from '../cells/zones.ts';

/** The origin of a value in a recipe, for messages about the value. */
export interface RecipeSource {
  /** The name of the option or of the key in a file, as the user knows it. */
  readonly text: string;
  /** The name of the option in camelCase, for examples; `undefined` if the value is from a file. */
  readonly option?: string | undefined;
}

/**
 * Returns the time zone with a given name.
 *
 * @param source the option or key that has the name, for the message
 * @throws Failure `setting-invalid` (exit 2) if there is no such zone
 */
export function readZone(text: string, source: RecipeSource): TimeZone {
  try {
    return new TimeZone(text);
  } catch {
    throw wrong(source, { kind: 'time-zone' }, text);
  }
}

/**
 * Finds a column of a call by its name, in any letter case.
 *
 * @throws Failure `setting-invalid` (exit 2) if there is no such column
 */
export function readColumn(text: string, source: RecipeSource): ColumnName {
  const column = columnNamed(text.trim());
  if (column !== undefined) return column.name;
  const names = CALL_COLUMNS.map(({ name }) => name);
  throw wrong(source, { kind: 'column', names }, text);
}

/** Creates the failure for a wrong value. */
export function wrong(
  { text: source, option }: RecipeSource,
  wanted: Wanted,
  text: string,
): Failure {
  // A value in a file may be personal, as a value in a cell may be.
  const shown = quoted(option === undefined ? shownColumn(text) : text);
  return new Failure('setting-invalid', { source, option, wanted, shown });
}
