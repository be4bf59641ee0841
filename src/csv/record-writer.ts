/** Writes records as CSV. */

/**
 * A field needs quotes if it contains a comma, a quote or a line end, or if it begins or ends with
 * a space that readers may strip.
 */
const SPECIAL = /[",\r\n]|^[\s\ufeff]|[\s\ufeff]$/;

/**
 * Writes records as CSV in the documented format of the service: commas, LF, and quotes only where
 * a field needs them. There is no formula guard: an apostrophe before `+7…` would change the phone
 * number.
 *
 * @param rows records, each with at least two fields
 * @returns one line for each record, all with LF; the empty string if there are no records
 */
export function writeRecords(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => writeRecord(row)).join('');
}

/**
 * Writes one record as {@link writeRecords} does, with its LF.
 *
 * @param isPlain marks the fields that never need quotes, so that they are not examined
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
