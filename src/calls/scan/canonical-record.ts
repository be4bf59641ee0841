/** The one way to write a record, by which two records are compared. */
import type { Delimiter } from '../../csv/dialect.ts';

const SPECIAL = /["\r\n]/;

/**
 * A record with quotes only where they are needed, and no line end. Two records of a file are the same
 * when these texts are.
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
