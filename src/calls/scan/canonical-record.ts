/** The one way to write a record, by which two records are compared. */
import type { Delimiter } from '../../csv/dialect.ts';

/**
 * A record with quotes only where they are needed, and no line end. Two records of a file are the same
 * when these bytes are.
 */
export function canonicalRecord(fields: readonly string[], delimiter: Delimiter): Buffer {
  const cells = fields.map((field) =>
    field.includes(delimiter) || /["\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field,
  );
  return Buffer.from(cells.join(delimiter), 'utf8');
}
