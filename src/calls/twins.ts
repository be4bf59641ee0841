import { carefullyWritten, RecordHash } from './record-hash.ts';

/** How far apart two equal records may stand, in records, and still be found for certain. */
export const TWIN_WINDOW = 1 << 18;

/** Small files, which most are, do not make it grow. */
const SMALLEST = 1 << 13;
const LARGEST = TWIN_WINDOW * 2;

/** The words of a slot: the halves of the hash, and the line. They lie together for the cache's sake. */
const SLOT = 3;
const HIGH = 1;
const LINE = 2;

/** Bits of the filter of a generation, of which one in sixteen is set at most. */
const FILTER = TWIN_WINDOW * 16;
const FILTER_WORDS = FILTER / 32;

/** A hash table of record hashes with the lines they were met on; open addressing. */
class Generation {
  count = 0;
  #slots = SMALLEST;
  #words = new Uint32Array(SMALLEST * SLOT);
  /** A bit for some of the bits of each hash: small enough for the cache, which the table is not. */
  #filter = new Uint32Array(0);

  /** Whether it must grow before one more comes; it grows once. */
  get isTight(): boolean {
    return this.count * 2 >= this.#slots && this.#slots < LARGEST;
  }

  /** Whether it may hold the hash; `false` is certain. */
  mayHold(high: number): boolean {
    const bit = high & (FILTER - 1);
    return ((this.#filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  /** The line in a slot; 0 when it is free. */
  lineIn(slot: number): number {
    return this.#words[slot + LINE] ?? 0;
  }

  put(slot: number, low: number, high: number, line: number): void {
    this.#words[slot] = low;
    this.#words[slot + HIGH] = high;
    this.#words[slot + LINE] = line;
    this.count += 1;
    if (this.#filter.length === 0) return;
    const bit = high & (FILTER - 1);
    this.#filter[bit >>> 5] = (this.#filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }

  clear(): void {
    this.#words.fill(0);
    this.#filter.fill(0);
    this.count = 0;
  }

  /** The slot that holds the hash, or the free one where it belongs. */
  slotOf(low: number, high: number): number {
    const words = this.#words;
    const end = this.#slots * SLOT;
    let at = (low & (this.#slots - 1)) * SLOT;
    while (words[at + LINE] !== 0 && (words[at] !== low || words[at + HIGH] !== high)) {
      at += SLOT;
      if (at === end) at = 0;
    }
    return at;
  }

  grow(): void {
    const before = this.#words;
    this.#slots = LARGEST;
    this.#filter = new Uint32Array(FILTER_WORDS);
    this.#words = new Uint32Array(this.#slots * SLOT);
    this.count = 0;
    for (let at = 0; at < before.length; at += SLOT) {
      const low = before[at] ?? 0;
      const high = before[at + HIGH] ?? 0;
      const line = before[at + LINE] ?? 0;
      if (line !== 0) this.put(this.slotOf(low, high), low, high, line);
    }
  }
}

/**
 * Finds records that are the very same as an earlier one, in at most 14 MB however long the file is.
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
    let slot = this.#current.slotOf(low, high);
    const previous = this.#previous;
    let earlier = this.#current.lineIn(slot);
    if (earlier === 0 && previous?.mayHold(high) === true) {
      earlier = previous.lineIn(previous.slotOf(low, high));
    }
    if (earlier !== 0) return earlier;
    if (this.#current.count >= TWIN_WINDOW) {
      const spare = previous ?? new Generation();
      this.#previous = this.#current;
      spare.clear();
      this.#current = spare;
      slot = spare.slotOf(low, high);
    } else if (this.#current.isTight) {
      this.#current.grow();
      slot = this.#current.slotOf(low, high);
    }
    this.#current.put(slot, low, high, line);
    return undefined;
  }
}
