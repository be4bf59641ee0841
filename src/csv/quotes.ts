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

/**
 * Finds the value that is open at the end of a record's beginning. A quote at the very end may be
 * the first half of a doubled quote, so its value counts as open.
 *
 * @param text the beginning of one record, without malformed quotes
 * @returns the position of the quote that opens the value; `undefined` if no value is open
 */
export function openingQuote(text: string, delimiter: string): number | undefined {
  for (let at = 0; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return undefined;
    at = quote + 1;
    if (!isFieldStart(text, quote, delimiter)) continue;
    const close = closingQuote(text, at);
    if (close < 0 || close + 1 === text.length) return quote;
    at = close + 1;
  }
}

/** Searches for the end of a value in quotes. The text comes in pieces, and is not stored. */
export class OpenValue {
  readonly #delimiter: string;
  /** Whether the last character was a quote that the next character may double. */
  #isAfterQuote = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** Whether a quote has closed the value, if the text ends here. */
  get isClosedAtEnd(): boolean {
    return this.#isAfterQuote;
  }

  /**
   * @param text the next piece of text after the opening quote
   * @returns how the value ends in this piece; `undefined` if it does not end there
   */
  push(text: string): 'closed' | 'malformed' | undefined {
    if (text === '') return undefined;
    const isDoubled = this.#isAfterQuote && text.startsWith('"');
    if (this.#isAfterQuote && !isDoubled) return this.#endBefore(text[0]);
    const close = closingQuote(text, isDoubled ? 1 : 0);
    this.#isAfterQuote = close >= 0 && close + 1 === text.length;
    return close < 0 || this.#isAfterQuote ? undefined : this.#endBefore(text[close + 1]);
  }

  #endBefore(next: string | undefined): 'closed' | 'malformed' {
    const isEnd = next === this.#delimiter || next === '\n' || next === '\r';
    return isEnd ? 'closed' : 'malformed';
  }
}

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
