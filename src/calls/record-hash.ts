const QUOTE = 0x22;
const COMMA = 0x2c;

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

/**
 * The same for a record that is written well, but with more quotes than needed.
 *
 * @param bytes what the record is part of; it must hold no line end inside a field
 */
export function withoutNeedlessQuotes(bytes: Uint8Array, from: number, to: number): Buffer {
  const written = Buffer.allocUnsafe(to - from);
  let length = 0;
  let at = from;
  while (at < to) {
    if (bytes[at] === QUOTE) {
      const start = at;
      let needed = false;
      for (at += 1; at < to && (bytes[at] !== QUOTE || bytes[at + 1] === QUOTE); at += 1) {
        needed ||= bytes[at] === COMMA || bytes[at] === QUOTE;
        if (bytes[at] === QUOTE) at += 1;
      }
      const end = at;
      at += 1;
      for (let kept = needed ? start : start + 1; kept < (needed ? at : end); kept += 1) {
        written[length] = bytes[kept] ?? 0;
        length += 1;
      }
    } else {
      for (; at < to && bytes[at] !== COMMA; at += 1) {
        written[length] = bytes[at] ?? 0;
        length += 1;
      }
    }
    if (at < to) {
      written[length] = COMMA;
      length += 1;
      at += 1;
    }
  }
  return written.subarray(0, length);
}

// One is even and the other odd, so that two words and their two sums determine one another. Their
// last bytes keep ten digits in the last byte of one word apart from ten in the other.
const LOW_SHARE = 0x9e37791b;
const HIGH_SHARE = 0x632be51a;

/**
 * A hash of 64 bits, in two halves, of the bytes of a record. Both halves see every byte, since calls
 * often differ in a few digits only, and are worked out side by side.
 */
export class RecordHash {
  low = 0;
  high = 0;

  /**
   * @param view the bytes that the record is part of
   * @param from where it begins
   * @param to where it ends, without the line end
   */
  take(view: DataView, from: number, to: number): void {
    let low = 0x811c9dc5 ^ (to - from);
    let high = 0x9e3779b9 ^ (to - from);
    for (let at = from; at < to; at += 8) {
      const whole = at + 8 <= to;
      const first = whole ? view.getInt32(at, true) : lastWord(view, at, to);
      const second = whole ? view.getInt32(at + 4, true) : lastWord(view, at + 4, to);
      low = Math.imul(low ^ (first + Math.imul(second, LOW_SHARE)), 0x85ebca6b);
      high = Math.imul(high ^ (second + Math.imul(first, HIGH_SHARE)), 0xcc9e2d51);
      low ^= low >>> 15;
      high ^= high >>> 15;
    }
    low = Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
    high = Math.imul(high ^ (high >>> 16), 0x1b873593);
    this.low = (low ^ (low >>> 16)) >>> 0;
    this.high = (high ^ (high >>> 13)) >>> 0;
  }
}

/** The word of four bytes at a place, of those before the end. */
function lastWord(view: DataView, from: number, end: number): number {
  let word = 0;
  for (let at = Math.min(from + 4, end) - 1; at >= from; at -= 1) {
    word = (word << 8) | view.getUint8(at);
  }
  return word;
}
