/** Makes the parts of a recipe of texts, wherever these stand: in an option or in a saved recipe. */
import { CALL_COLUMNS, type ColumnName, columnNamed } from '../../calls/columns/columns.ts';
import { Failure } from '../../failure.ts';
import { quoted } from '../../safe-text/quoted.ts';
import type { Wanted } from '../../words/failure-parameters.ts';
import { TimeZone } from '../cells/zones.ts';

/** Where a part of a recipe comes from, for messages. */
export interface RecipeSource {
  /** The option, or the key of a file, as its user knows it. */
  readonly text: string;
  /** The name of the option in camelCase, for examples; `undefined` for the key of a file. */
  readonly option?: string | undefined;
}

/**
 * The time zone of a name.
 *
 * @param source the option or key that names it, for the message
 * @throws Failure `setting-invalid` (exit 2) when there is none
 */
export function readZone(text: string, source: RecipeSource): TimeZone {
  try {
    return new TimeZone(text);
  } catch {
    throw wrong(source, { kind: 'time-zone' }, text);
  }
}

/**
 * The column of a call by its name in any letter case.
 *
 * @throws Failure `setting-invalid` (exit 2) when there is none
 */
export function readColumn(text: string, source: RecipeSource): ColumnName {
  const column = columnNamed(text.trim());
  if (column !== undefined) return column.name;
  const names = CALL_COLUMNS.map(({ name }) => name);
  throw wrong(source, { kind: 'column', names }, text);
}

/** The failure of a value that is not what it must be. */
export function wrong(
  { text: source, option }: RecipeSource,
  wanted: Wanted,
  text: string,
): Failure {
  return new Failure('setting-invalid', { source, option, wanted, shown: quoted(text) });
}
