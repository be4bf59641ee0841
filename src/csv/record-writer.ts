/** Records to CSV as the service documents it. */

/** What makes a field need quotes: the delimiter, quotes, line ends, and what readers may cut at its ends. */
const SPECIAL = /[",\r\n]|^[\s\ufeff]|[\s\ufeff]$/;

/**
 * Records to CSV as the service documents it: commas, LF, quotes only where a field needs them. No
 * formula guard is applied: an apostrophe before `+7…` would change the phone number.
 *
 * @param rows records, each with at least two fields
 * @returns their lines, the last one with its LF; the empty string when there are none
 */
export function writeRecords(rows: readonly (readonly string[])[]): string {
  return rows.map(writeRecord).join('');
}

/** One record as {@link writeRecords} writes it, with its LF. */
export function writeRecord(fields: readonly string[]): string {
  let text = '';
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? '';
    if (at > 0) text += ',';
    text += SPECIAL.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
  }
  return `${text}\n`;
}
