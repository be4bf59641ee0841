/** Counts the tags of a file, in memory that does not grow with the file. */

const MOST_TAGS = 10_000;
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The size of the hash table. It is more than twice the maximum number of tags, so a tag is usually
 * at the first place that is tried. The size must be a power of two.
 */
const PLACES = 32_768;

/** The constants of the 32-bit hash FNV-1a, from draft-eastlake-fnv. */
const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Counts tags. If there are more than 10,000 different tags, or more than 4 MiB of tags, the class
 * forgets rare tags: first the tags that occurred once, then the tags that occurred at most 2, 4,
 * 8 … times. The class stops forgetting when at most half of each limit is used. Until tags are
 * forgotten, all counts are exact. Afterwards, a count can be too small, but never too large.
 */
export class TagCounts {
  /**
   * A hash table. A place contains the index of a tag, plus 1; 0 marks a free place. A tag is at
   * the place of its hash. If that place was not free, the tag is at the next free place.
   */
  readonly #places = new Uint16Array(PLACES);
  readonly #hashes = new Int32Array(MOST_TAGS + 1);
  readonly #starts = new Uint32Array(MOST_TAGS + 1);
  readonly #ends = new Uint32Array(MOST_TAGS + 1);
  readonly #counts = new Uint32Array(MOST_TAGS + 1);
  #size = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #length = 0;

  add(tag: string): void {
    const bytes = Buffer.from(tag);
    this.addBytes(bytes, 0, bytes.length);
  }

  /**
   * Counts one tag.
   *
   * @param bytes text in UTF-8; the bytes from `from` up to `to` are the tag
   */
  addBytes(bytes: Uint8Array, from: number, to: number): void {
    let hash = FNV_BASIS | 0;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), FNV_PRIME);
    let place = placeOf(hash);
    for (let tag = this.#places[place] ?? 0; tag !== 0; tag = this.#places[place] ?? 0) {
      if (this.#hashes[tag - 1] === hash && this.#isTag(tag - 1, bytes, from, to)) {
        this.#counts[tag - 1] = (this.#counts[tag - 1] ?? 0) + 1;
        return;
      }
      place = (place + 1) % PLACES;
    }
    this.#append(bytes, from, to);
    this.#hashes[this.#size] = hash;
    this.#counts[this.#size] = 1;
    this.#size += 1;
    this.#places[place] = this.#size;
    if (this.#size > MOST_TAGS || this.#length > MOST_BYTES) this.#forgetRare();
  }

  /** Returns the most frequent tags. Tags with equal counts are in the order of the file. */
  top(count: number): (readonly [tag: string, count: number])[] {
    return Array.from(this.#counts.subarray(0, this.#size), (times, tag) => ({ times, tag }))
      .sort((left, right) => right.times - left.times)
      .slice(0, count)
      .map(({ times, tag }) => [
        this.#bytes.toString('utf8', this.#starts[tag], this.#ends[tag]),
        times,
      ]);
  }

  #isTag(tag: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#starts[tag] ?? 0;
    if ((this.#ends[tag] ?? 0) - start !== to - from) return false;
    for (let at = from; at < to; at += 1) {
      if (bytes[at] !== this.#bytes[start + at - from]) return false;
    }
    return true;
  }

  #append(bytes: Uint8Array, from: number, to: number): void {
    const end = this.#length + to - from;
    if (end > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(end * 2);
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    for (let at = from; at < to; at += 1) this.#bytes[this.#length + at - from] = bytes[at] ?? 0;
    this.#starts[this.#size] = this.#length;
    this.#ends[this.#size] = end;
    this.#length = end;
  }

  #forgetRare(): void {
    for (let rare = 1; this.#size > MOST_TAGS / 2 || this.#length > MOST_BYTES / 2; rare *= 2) {
      this.#keepOver(rare);
    }
    this.#places.fill(0);
    for (let tag = 0; tag < this.#size; tag += 1) {
      let place = placeOf(this.#hashes[tag] ?? 0);
      while (this.#places[place] !== 0) place = (place + 1) % PLACES;
      this.#places[place] = tag + 1;
    }
  }

  /** Forgets all tags that occurred at most `rare` times. The other tags stay in order. */
  #keepOver(rare: number): void {
    let [size, length] = [0, 0];
    for (let tag = 0; tag < this.#size; tag += 1) {
      const count = this.#counts[tag] ?? 0;
      if (count <= rare) continue;
      const [start, end] = [this.#starts[tag] ?? 0, this.#ends[tag] ?? 0];
      this.#bytes.copyWithin(length, start, end);
      this.#hashes[size] = this.#hashes[tag] ?? 0;
      this.#counts[size] = count;
      this.#starts[size] = length;
      length += end - start;
      this.#ends[size] = length;
      size += 1;
    }
    this.#size = size;
    this.#length = length;
  }
}

function placeOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (PLACES - 1);
}
