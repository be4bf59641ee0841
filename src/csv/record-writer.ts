/** Writes records as CSV. */

/**
 * Matches a field that needs quotes. It contains a comma, a quote or a line end, or has a space at
 * an end. Readers may remove such spaces.
 */
const SPECIAL = /[",\r\n]|^[\s\ufeff]|[\s\ufeff]$/;

/**
 * Writes records as CSV in the documented format of the service: commas, LF, and quotes only where
 * a field needs them. Formulas get no apostrophe to protect spreadsheets, because an apostrophe
 * before `+7…` would change a phone number.
 *
 * @param rows records, each with at least two fields
 * @returns one line for each record, each with LF at the end; the empty string if there are no
 *   records
 */
export function writeRecords(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => writeRecord(row)).join('');
}

/**
 * Writes one record in the format of {@link writeRecords}, with LF at the end.
 *
 * @param isPlain marks the fields that never need quotes, which saves the search for special
 *   characters
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

/** Writes one field, with quotes only if it needs them. */
export function writtenField(field: string): string {
  return SPECIAL.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
