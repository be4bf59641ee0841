/** Recognizes the header of a file of rejects that is converted again after its correction. */
import { REJECT_REASON } from '../calls/columns/header.ts';

/** Says whether a record is the header of a file of rejects. */
export function isHeaderOfRejects([first = '']: readonly string[]): boolean {
  return first.trim().toLowerCase() === REJECT_REASON.toLowerCase();
}

/**
 * Says whether a record is the header that was added to the rejects of an export without one.
 *
 * @param columns the names that the recipe has for such an export
 */
export function isNamedInRejects(
  fields: readonly string[],
  columns: readonly string[] | undefined,
): boolean {
  return columns !== undefined && isHeaderOfRejects(fields) && fields[1]?.trim() === columns[0];
}
