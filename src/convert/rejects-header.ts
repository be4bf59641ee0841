/** Recognizes the header of a rejects file. A user corrects such a file and converts it again. */
import { REJECT_REASON } from '../calls/columns/header.ts';

/** Says whether a record is the header of a rejects file. */
export function isHeaderOfRejects([first = '']: readonly string[]): boolean {
  return first.trim().toLowerCase() === REJECT_REASON.toLowerCase();
}

/**
 * Says whether a record is the header of a rejects file, if the original export had no header.
 *
 * @param columns the column names that the recipe gives to an export without a header
 */
export function isNamedInRejects(
  fields: readonly string[],
  columns: readonly string[] | undefined,
): boolean {
  return columns !== undefined && isHeaderOfRejects(fields) && fields[1]?.trim() === columns[0];
}
