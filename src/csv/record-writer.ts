/** Writes records as CSV. */

/**
 * Matches a field that needs quotes: a field with a comma, a quote or a line end, or a field that
 * begins or ends with a space. Without quotes, some readers would remove this space.
 */
const SPECIAL = /[",\r\n]|^[\s\ufeff]|[\s\ufeff]$/;

/**
 * Writes records as CSV in the documented format of the service: commas, LF, and quotes only where
 * a field needs them. No apostrophe is added before formulas. An apostrophe would protect
 * spreadsheets from formulas, but before `+7…` it would change a phone number.
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
 * @param isPlain for each field, `true` if the field never needs quotes. Such a field is not
 *   searched for special characters.
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
