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
  return rows.map((row) => writeRecord(row)).join('');
}

/**
 * One record as {@link writeRecords} writes it, with its LF.
 *
 * @param isPlain tells of the fields that need no quotes whatever they hold, so that nobody looks
 */
export function writeRecord(fields: readonly string[], isPlain?: readonly boolean[]): string {
  let text = '';
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? '';
    if (at > 0) text += ',';
    text += isPlain?.[at] === true ? field : writtenField(field);
  }
  return `${text}\n`;
}

/** One field as it stands in a record, with quotes only where it needs them. */
export function writtenField(field: string): string {
  return SPECIAL.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
