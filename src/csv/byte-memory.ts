/** Remembers results by the bytes that they were made from. */

/** The number of remembered results. It is a power of two. */
const SLOTS = 256;
/** The maximum length of a remembered key, in bytes. */
const LONGEST_KEY = 48;

/**
 * Remembers the results of the last keys. Two keys may share a slot; then the later key replaces
 * the earlier one.
 */
export class ByteMemory<Result> {
  readonly #keys = new Uint8Array(SLOTS * LONGEST_KEY);
  /** The length of the key in each slot; 0 if the slot is free. */
  readonly #lengths = new Uint8Array(SLOTS);
  readonly #results: (Result | undefined)[] = new Array<Result | undefined>(SLOTS).fill(undefined);

  /**
   * Returns the result of a key.
   *
   * @param bytes the key, from `from` to `to`; not empty
   * @returns `undefined` if the key is not remembered
   */
  find(bytes: Uint8Array, from: number, to: number): Result | undefined {
    const length = to - from;
    if (length > LONGEST_KEY) return undefined;
    const slot = slotOf(bytes, from, to);
    if (this.#lengths[slot] !== length) return undefined;
    const keys = this.#keys;
    const key = slot * LONGEST_KEY;
    for (let at = 0; at < length; at += 1) {
      if (keys[key + at] !== bytes[from + at]) return undefined;
    }
    return this.#results[slot];
  }

  /** Remembers the result of a key. */
  keep(bytes: Uint8Array, from: number, to: number, result: Result): void {
    if (to - from > LONGEST_KEY) return;
    const slot = slotOf(bytes, from, to);
    for (let at = from; at < to; at += 1) {
      this.#keys[slot * LONGEST_KEY + at - from] = bytes[at] ?? 0;
    }
    this.#lengths[slot] = to - from;
    this.#results[slot] = result;
  }
}

function slotOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
  return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (SLOTS - 1);
}
