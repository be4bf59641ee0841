/** Recognizes the line that adds up the calls above it. */

const TOTALS =
  /^(?:итого|итог|всего|totals?|grand total)\s*(?::[\d\s.,]*)?$|^(?:итого|итог|всего|totals?|grand total)[\d\s.,]*$/i;

const DIGIT_9 = 0x39;

/** Says whether a record adds up the calls above it. */
export function isTotalsLine(fields: readonly string[]): boolean {
  for (const field of fields) {
    const text = field.trim();
    // Most records begin with a digit, so the fast test of the first character comes first.
    if (text !== '') return beginsTotals(text);
  }
  return false;
}

/** Says whether the first field of a record, without spaces around it, begins a line of totals. */
export function beginsTotals(text: string): boolean {
  return text.charCodeAt(0) > DIGIT_9 && text.length < 32 && TOTALS.test(text);
}
