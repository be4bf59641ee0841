const NEEDS_QUOTES = /[",\r\n]/;

/**
 * A record as a careful writer would write it: with commas, quotes only where they are needed, and no
 * line end. Two records are the same when these bytes are.
 */
export function carefullyWritten(fields: readonly string[]): Buffer {
  const cells = fields.map((field) =>
    NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field,
  );
  return Buffer.from(cells.join(','), 'utf8');
}
