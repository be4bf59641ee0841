/**
 * Distinguishes lines above the column names, such as the title of a report, from the names
 * themselves.
 */
import { looksLikeData } from './header.ts';
import { isHeading } from './headings.ts';

/**
 * The number of records below the first line that are searched for the column names, if that line
 * has none.
 */
export const MOST_TITLES = 20;

/** Says whether a record is a single line of text, with at most one cell that is not empty. */
export function isTitle(cells: readonly string[]): boolean {
  return cells.filter((cell) => cell.trim() !== '').length <= 1;
}

/**
 * Why a record below the first line may hold the column names: it has known names, or words below a
 * title.
 */
export type NamesMatch = 'known' | 'names' | undefined;

/**
 * Says whether a record holds the column names, if the first line does not. The record must have
 * known names, or words below a title.
 *
 * @param cells the record, divided at the detected delimiter
 * @param belowTitle whether the first line is a title, so that any names may follow
 * @param isKnown says whether a name is one of those that are expected
 */
export function matchOfNames(
  cells: readonly string[],
  belowTitle: boolean,
  isKnown: (name: string) => boolean = isHeading,
): NamesMatch {
  // If the first line is a title, the delimiter was not detected from the column names.
  const names = cells.flatMap((cell) => cell.split(/[,;\t|]/)).map((name) => name.trim());
  if (names.filter(isKnown).length >= 2) return 'known';
  const filled = names.filter((name) => name !== '');
  return belowTitle && filled.length >= 2 && filled.every(isName) ? 'names' : undefined;
}

function isName(cell: string): boolean {
  return /\p{L}/u.test(cell) && !looksLikeData(cell);
}
