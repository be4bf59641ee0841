import { carefullyWritten, RecordHash } from './record-hash.ts';

/** How far apart two equal records may stand, in records, and still be found for certain. */
export const TWIN_WINDOW = 1 << 18;

const SMALLEST = 1 << 10;
const LARGEST = TWIN_WINDOW * 2;

/** A hash table of record fingerprints with the lines they were met on; open addressing. */
class Generation {
  count = 0;
  #slots = SMALLEST;
  #low = new Uint32Array(SMALLEST);
  #high = new Uint32Array(SMALLEST);
  #lines = new Uint32Array(SMALLEST);

  find(low: number, high: number): number {
    const at = this.#slotOf(low, high);
    return this.#lines[at] ?? 0;
  }

  add(low: number, high: number, line: number): void {
    if (this.count * 2 >= this.#slots && this.#slots < LARGEST) this.#grow();
    const at = this.#slotOf(low, high);
    this.#low[at] = low;
    this.#high[at] = high;
    this.#lines[at] = line;
    this.count += 1;
  }

  clear(): void {
    this.#lines.fill(0);
    this.count = 0;
  }

  /** The slot that holds the fingerprint, or the free one where it belongs. Line 0 marks free. */
  #slotOf(low: number, high: number): number {
    const mask = this.#slots - 1;
    let at = low & mask;
    while (this.#lines[at] !== 0 && (this.#low[at] !== low || this.#high[at] !== high)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  #grow(): void {
    const before = { low: this.#low, high: this.#high, lines: this.#lines };
    this.#slots *= 2;
    this.#low = new Uint32Array(this.#slots);
    this.#high = new Uint32Array(this.#slots);
    this.#lines = new Uint32Array(this.#slots);
    this.count = 0;
    before.lines.forEach((line, at) => {
      if (line !== 0) this.add(before.low[at] ?? 0, before.high[at] ?? 0, line);
    });
  }
}

/**
 * Finds records that are the very same as an earlier one, in at most 13 MB however long the file is.
 *
 * The error is one-sided: two equal records at most {@link TWIN_WINDOW} records apart are always
 * found, farther ones perhaps not, and two different ones are never taken for twins (but for a
 * collision of 64 bits).
 */
export class TwinFinder {
  #current = new Generation();
  #previous: Generation | undefined;
  readonly #hash = new RecordHash();

  /**
   * @param fields the record
   * @param line the physical line it starts on, from 1
   * @returns the line of the record it repeats, or `undefined` when it is new
   */
  lineOfTwin(fields: readonly string[], line: number): number | undefined {
    const bytes = carefullyWritten(fields);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#hash.take(view, 0, bytes.length);
    return this.#find(this.#hash.low, this.#hash.high, line);
  }

  /**
   * The same for a record whose hash is known, of the bytes that {@link carefullyWritten} would make.
   * A record that is not new is not noted.
   */
  isNew(low: number, high: number, line: number): boolean {
    return this.#find(low, high, line) === undefined;
  }

  #find(low: number, high: number, line: number): number | undefined {
    const earlier = this.#current.find(low, high) || (this.#previous?.find(low, high) ?? 0);
    if (earlier !== 0) return earlier;
    if (this.#current.count >= TWIN_WINDOW) {
      const spare = this.#previous ?? new Generation();
      this.#previous = this.#current;
      spare.clear();
      this.#current = spare;
    }
    this.#current.add(low, high, line);
    return undefined;
  }
}
