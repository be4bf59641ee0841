/** Tells lines above the column names, such as the title of a report, from the names themselves. */
import { looksLikeData } from './header.ts';
import { isHeading } from './headings.ts';

/** Below a first line without column names, so many records are searched for them. */
export const MOST_TITLES = 20;

/** Whether a record is a line of text that stands by itself: at most one of its cells has something in it. */
export function isTitle(cells: readonly string[]): boolean {
  return cells.filter((cell) => cell.trim() !== '').length <= 1;
}

/** How a record below a first line without column names looks like them. */
export type NamesMatch = 'known' | 'names' | undefined;

/**
 * Whether a record below a first line without column names holds them: names that are known, or at least words below a
 * title.
 *
 * @param cells the record, divided at what was taken for the delimiter
 * @param belowTitle whether the first line is a title, so that any names may follow
 * @param isKnown tells whether a name is one that is looked for
 */
export function matchOfNames(
  cells: readonly string[],
  belowTitle: boolean,
  isKnown: (name: string) => boolean = isHeading,
): NamesMatch {
  // Where the first line is a title, the delimiter cannot be told by it.
  const names = cells.flatMap((cell) => cell.split(/[,;\t|]/)).map((name) => name.trim());
  if (names.filter(isKnown).length >= 2) return 'known';
  const filled = names.filter((name) => name !== '');
  return belowTitle && filled.length >= 2 && filled.every(isName) ? 'names' : undefined;
}

function isName(cell: string): boolean {
  return /\p{L}/u.test(cell) && !looksLikeData(cell);
}
