/**
 * The rules for quotes. Finds records that break the rules, and values that are still open after
 * such a record.
 */

/**
 * Finds the first record with malformed quotes. After the closing quote of a value, there must be a
 * delimiter or the end of the line.
 *
 * @param text starts where a record starts; line ends outside values are LF
 * @returns the position of the record; `undefined` if there is none
 */
export function malformedRecord(text: string, delimiter: string): number | undefined {
  let record = 0;
  for (let at = 0; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return undefined;
    record = lineStart(text, at, quote) ?? record;
    if (!isFieldStart(text, quote, delimiter)) {
      at = quote + 1;
      continue;
    }
    const close = closingQuote(text, quote + 1);
    const next = text[close + 1];
    if (close < 0 || next === undefined) return undefined;
    if (next === '\n') record = close + 2;
    else if (next !== delimiter) return record;
    at = close + 1;
  }
}

/**
 * @returns the start of the last line that starts in the range; `undefined` if no line starts there
 */
function lineStart(text: string, from: number, to: number): number | undefined {
  // `lastIndexOf` does not stop at the beginning of the range. For each quote, it could search the
  // whole record again.
  for (let at = to - 1; at >= from; at -= 1) {
    if (text.charCodeAt(at) === LF) return at + 1;
  }
  return undefined;
}

const LF = 0x0a;

/** @returns the position of the next quote that is not doubled; -1 if there is none */
function closingQuote(text: string, from: number): number {
  for (let at = from; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || text[quote + 1] !== '"') return quote;
    at = quote + 2;
  }
}

function isFieldStart(text: string, at: number, delimiter: string): boolean {
  const before = text[at - 1];
  return before === undefined || before === delimiter || before === '\n' || before === '\r';
}

/**
 * Says whether a value is open at the end of some lines. A quote closes a value if the delimiter or
 * the end of the line follows. Spaces may come between. Any other quote inside a value is ignored.
 *
 * @param lines the text of the lines, from the start of a line
 * @param isOpen whether a value is open at the start of the lines
 */
export function leavesValueOpen(lines: string, isOpen: boolean, delimiter: string): boolean {
  let open = isOpen;
  for (let at = 0; ;) {
    const quote = lines.indexOf('"', at);
    if (quote < 0) return open;
    at = quote + 1;
    if (!open) open = isFieldStart(lines, quote, delimiter);
    else if (lines[at] === '"') at += 1;
    else if (isFieldEnd(lines, at, delimiter)) open = false;
  }
}

function isFieldEnd(text: string, from: number, delimiter: string): boolean {
  let at = from;
  while (text[at] === ' ') at += 1;
  const next = text[at];
  return next === undefined || next === delimiter || next === '\n' || next === '\r';
}
