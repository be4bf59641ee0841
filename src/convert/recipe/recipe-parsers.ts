/** Parses texts to values of a recipe, whether they come from an option or a recipe file. */
import { CALL_COLUMNS, type ColumnName, columnNamed } from '../../calls/columns/columns.ts';
import { Failure } from '../../failure.ts';
import { quoted } from '../../safe-text/quoted.ts';
import type { Wanted } from '../../words/failure-parameters.ts';
import { TimeZone } from '../cells/zones.ts';

/** The origin of a value in a recipe, for messages. */
export interface RecipeSource {
  /** The option, or the key of a file, as the user knows it. */
  readonly text: string;
  /** The name of the option in camelCase, for examples; `undefined` for the key of a file. */
  readonly option?: string | undefined;
}

/**
 * Returns the time zone with a given name.
 *
 * @param source the option or key of the name, for the message
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
 * Returns the column of a call with a given name, in any letter case.
 *
 * @throws Failure `setting-invalid` (exit 2) if there is no such column
 */
export function readColumn(text: string, source: RecipeSource): ColumnName {
  const column = columnNamed(text.trim());
  if (column !== undefined) return column.name;
  const names = CALL_COLUMNS.map(({ name }) => name);
  throw wrong(source, { kind: 'column', names }, text);
}

/** Returns the failure for a wrong value. */
export function wrong(
  { text: source, option }: RecipeSource,
  wanted: Wanted,
  text: string,
): Failure {
  return new Failure('setting-invalid', { source, option, wanted, shown: quoted(text) });
}
