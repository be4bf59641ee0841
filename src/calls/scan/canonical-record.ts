/** Writes canonical records, for comparison. */
import type { Delimiter } from '../../csv/dialect.ts';

const SPECIAL = /["\r\n]/;

/**
 * Returns a record with quotes only where they are needed, without a line end. Two records of a
 * file are equal if their canonical records are equal.
 */
export function canonicalRecord(fields: readonly string[], delimiter: Delimiter): string {
  const joined = fields.join(delimiter);
  const isPlain = !SPECIAL.test(joined) && !fields.some((field) => field.includes(delimiter));
  if (isPlain) return joined;
  return fields
    .map((field) =>
      field.includes(delimiter) || SPECIAL.test(field) ? `"${field.replaceAll('"', '""')}"` : field,
    )
    .join(delimiter);
}
