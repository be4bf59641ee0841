/** Records to CSV as the service documents it. */
import Papa from 'papaparse';

/**
 * Records to CSV as the service documents it: commas, LF, quotes only where a field needs them. No
 * formula guard is applied: an apostrophe before `+7…` would change the phone number.
 *
 * @param rows records, each with at least two fields
 * @returns their lines, the last one with its LF; the empty string when there are none
 */
export function writeRecords(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return `${Papa.unparse([...rows], { newline: '\n', header: false, escapeFormulae: false })}\n`;
}
