/** Remembers texts by their hashes, in up to 16 bytes for each text. */

/** The hash of a text: two integers of 32 bits. */
export interface KeyHash {
  readonly high: number;
  readonly low: number;
}

/** Hashes texts. One object is used for all texts, because an object for each text is expensive. */
export class KeyHasher implements KeyHash {
  high = 0;
  low = 0;

  /** Hashes a text. The result is in `high` and `low`. */
  hash(text: string): void {
    this.#begin();
    for (let at = 0; at < text.length; at += 1) this.#add(text.charCodeAt(at));
    this.#end();
  }

  /** Hashes ASCII text, with the same result as {@link hash}. */
  hashBytes(bytes: Uint8Array, from: number, to: number): void {
    this.#begin();
    for (let at = from; at < to; at += 1) this.#add(bytes[at] ?? 0);
    this.#end();
  }

  #begin(): void {
    this.high = 0x811c_9dc5 | 0;
    this.low = 0;
  }

  #add(code: number): void {
    this.high = Math.imul(this.high ^ code, 0x0100_0193);
    this.low = Math.imul(this.low, 31) + code;
  }

  #end(): void {
    this.low = Math.imul(this.low ^ (this.low >>> 15), 0x85eb_ca6b);
  }
}

/** A table has three numbers for each text: two for its hash, and one for its line. */
const NUMBERS = 3;
const TABLES = 256;
const FIRST_PLACES = 64;
/** A full table grows by this factor. */
const GROWTH = 1.25;
/** A table counts as full when more than this share of its places is used. */
const FULL = 0.88;

/**
 * Remembers where texts were first seen. Two texts with the same hash are treated as equal. Among
 * ten million texts, the probability that any two have the same hash is about one in 400,000.
 *
 * There are many small tables, each in one array of numbers. They grow one by one, so the memory
 * never doubles at once.
 */
export class SeenKeys {
  readonly #tables = Array.from(
    { length: TABLES },
    (_, at) => new Int32Array(placesAtFirst(at) * NUMBERS),
  );
  readonly #counts = new Int32Array(TABLES);
  /** The number of different texts. */
  size = 0;

  /** Returns the line where a text was first seen; `undefined` if it was not seen. */
  lineOf({ high, low }: KeyHash): number | undefined {
    const table = this.#tables[high & (TABLES - 1)];
    const line = table?.[placeIn(table, high, low) + 2];
    return line === 0 ? undefined : line;
  }

  /**
   * Remembers a text if it was not seen before.
   *
   * @param line the physical line of the text, from 1
   * @returns the line where the text was first seen; `undefined` if this line is the first one
   */
  see({ high, low }: KeyHash, line: number): number | undefined {
    const at = high & (TABLES - 1);
    const table = this.#tables[at];
    if (table === undefined) return undefined;
    const place = placeIn(table, high, low);
    const seen = table[place + 2] ?? 0;
    if (seen !== 0) return seen;
    table[place] = high;
    table[place + 1] = low;
    table[place + 2] = line;
    const count = (this.#counts[at] ?? 0) + 1;
    this.#counts[at] = count;
    this.size += 1;
    if (count * NUMBERS > table.length * FULL) this.#tables[at] = grown(table);
    return undefined;
  }
}

/** Returns the initial size of a table. The sizes differ, so the tables do not all grow at once. */
function placesAtFirst(table: number): number {
  return Math.round(FIRST_PLACES * GROWTH ** (table / TABLES));
}

/** @returns the index of a text in a table, or of the free place for it */
function placeIn(table: Int32Array, high: number, low: number): number {
  const { length } = table;
  // `low >>> 1` is never negative and has 31 bits. The remainder of a longer number is much slower.
  let at = ((low >>> 1) % ((length / NUMBERS) | 0)) * NUMBERS;
  while (table[at + 2] !== 0 && (table[at] !== high || table[at + 1] !== low)) {
    at += NUMBERS;
    if (at === length) at = 0;
  }
  return at;
}

function grown(table: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array((Math.ceil((table.length / NUMBERS) * GROWTH) + 1) * NUMBERS);
  for (let at = 0; at < table.length; at += NUMBERS) {
    const line = table[at + 2] ?? 0;
    if (line === 0) continue;
    const [high, low] = [table[at] ?? 0, table[at + 1] ?? 0];
    const place = placeIn(larger, high, low);
    larger[place] = high;
    larger[place + 1] = low;
    larger[place + 2] = line;
  }
  return larger;
}
