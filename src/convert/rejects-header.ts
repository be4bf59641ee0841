/** Recognizes the header of a rejects file. A user corrects such a file and converts it again. */
import { REJECT_REASON } from '../calls/columns/header.ts';

/** Says whether a record is the header of a rejects file. */
export function isHeaderOfRejects([first = '']: readonly string[]): boolean {
  return first.trim().toLowerCase() === REJECT_REASON.toLowerCase();
}

/**
 * Says whether a record is the header of the rejects of an export that had no header.
 *
 * @param columns the column names in the recipe
 */
export function isNamedInRejects(
  fields: readonly string[],
  columns: readonly string[] | undefined,
): boolean {
  return columns !== undefined && isHeaderOfRejects(fields) && fields[1]?.trim() === columns[0];
}
