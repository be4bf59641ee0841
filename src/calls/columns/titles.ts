/**
 * Finds the line with the column names, if there are other lines above it. Such a line is, for
 * example, the title of a report.
 */
import { looksLikeData } from './header.ts';
import { isHeading } from './headings.ts';

/**
 * The maximum number of records to search for the column names, if the first line does not have
 * them.
 */
export const MOST_TITLES = 20;

/** Says whether a record may be a title: at most one cell is not empty. */
export function isTitle(cells: readonly string[]): boolean {
  return cells.filter((cell) => cell.trim() !== '').length <= 1;
}

/**
 * Why a record below the first line may be the header: it has known names, or it has words below a
 * title.
 */
export type NamesMatch = 'known' | 'names' | undefined;

/**
 * Says whether a record below the first line is the header. The header has at least two known
 * names, or it is below a title and has at least two words.
 *
 * @param cells the record, divided at the detected delimiter
 * @param belowTitle whether the first line is a title; if so, the header may have any names
 * @param isKnown says whether a name is known
 */
export function matchOfNames(
  cells: readonly string[],
  belowTitle: boolean,
  isKnown: (name: string) => boolean = isHeading,
): NamesMatch {
  // The delimiter was detected from the first line. If that line is a title, the delimiter may be
  // wrong.
  const names = cells.flatMap((cell) => cell.split(/[,;\t|]/)).map((name) => name.trim());
  if (names.filter(isKnown).length >= 2) return 'known';
  const filled = names.filter((name) => name !== '');
  return belowTitle && filled.length >= 2 && filled.every(isName) ? 'names' : undefined;
}

function isName(cell: string): boolean {
  return /\p{L}/u.test(cell) && !looksLikeData(cell);
}
