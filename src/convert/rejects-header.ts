/** The header of a file of rejected records, which is converted once more when they are corrected. */
import { REJECT_REASON } from '../calls/columns/header.ts';

/** Whether a record is the header of a file of rejected records. */
export function isHeaderOfRejects([first = '']: readonly string[]): boolean {
  return first.trim().toLowerCase() === REJECT_REASON.toLowerCase();
}

/**
 * Whether a record is the header that was written over rejected records of an export without one.
 *
 * @param columns the names that the recipe has for such an export
 */
export function isNamedInRejects(
  fields: readonly string[],
  columns: readonly string[] | undefined,
): boolean {
  return columns !== undefined && isHeaderOfRejects(fields) && fields[1]?.trim() === columns[0];
}
