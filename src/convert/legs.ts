/** Joins the legs of each call. Call systems write every leg as a separate record. */
import type { ColumnName } from '../calls/columns/columns.ts';
import type { UnusualCall } from './call-batch.ts';
import { CallBytes } from './cells/call-bytes.ts';
import { KeyHasher, SeenKeys } from './cells/seen-keys.ts';
import { type RecordPlace, RecordPlaces } from './record-places.ts';

/** One leg of a call. */
export interface Leg extends RecordPlace {
  /** Bytes that contain the leg. From `from` to `to`, they are a call as a line of CSV. */
  readonly call: Buffer;
  readonly from: number;
  readonly to: number;
  readonly more: UnusualCall | undefined;
}

/** The maximum distance between two legs of one call, in records. */
export const LEG_WINDOW = 10_000;
/** The number of records in memory: the newest record, and all records within the window. */
const STORED = LEG_WINDOW + 1;
/** The number of lists of calls, a power of two. The hash of a call's key selects a list. */
const BUCKETS = 16_384;
/** The initial size of each of the two memories for waiting legs, in bytes. */
const AT_FIRST = 64 * 1024;
const NONE = -1;
const NO_LEGS: readonly Leg[] = [];

/** Receives calls, and legs that come too late. */
export interface CallReceiver {
  /** Receives the legs of a call, when no later leg can be joined to it. */
  readonly onCall: (first: Leg, others: readonly Leg[]) => void;
  /**
   * Reports a leg that comes after its call was passed on.
   *
   * @param line the physical line of the call's first leg, from 1
   * @returns the errors of the leg
   */
  readonly onTooFar: (leg: RecordPlace, line: number) => UnusualCall;
}

/**
 * Collects legs by the key of their call. Passes on calls in the order of their first legs.
 *
 * Nearly every record waits here, until no later leg can belong to the same call. One object for
 * each waiting record would make the conversion 1.4 times as slow, and take 50 MB more memory. So
 * the facts about a leg are in arrays. The index of a leg is the number of its record modulo the
 * length of the array. The keys and the calls are in two memories. When one memory has `STORED`
 * legs, no leg in the other memory still waits.
 */
export class LegJoiner {
  readonly #receiver: CallReceiver;
  #records = 0;
  readonly #sources = new RecordPlaces(STORED);
  readonly #unusual = new Map<number, UnusualCall>();
  readonly #memories = [new CallBytes(AT_FIRST), new CallBytes(AT_FIRST)] as const;
  #current: 0 | 1 = 0;
  #inCurrent = 0;
  /**
   * The places of each leg. `#places` says which memory has the leg. The other three arrays have
   * positions in this memory: where the key begins, where the call begins, and where the call ends.
   */
  readonly #places = new Uint8Array(STORED);
  readonly #keys = new Uint32Array(STORED);
  readonly #froms = new Uint32Array(STORED);
  readonly #tos = new Uint32Array(STORED);
  /** One half of the hash of each key. */
  readonly #hashes = new Int32Array(STORED);
  readonly #hasher = new KeyHasher();
  /** The keys of all calls, with the lines of their first legs. */
  readonly #firstLegs = new SeenKeys();
  /** Whether a leg is the first one of a call that is not passed on yet. */
  readonly #areFirst = new Uint8Array(STORED);
  /** The next leg of the same call. */
  readonly #next = new Int32Array(STORED);
  /**
   * The lists of calls. `#buckets` has the newest call of each list. For each call, `#earlier` has
   * the call before it in the same list.
   */
  readonly #buckets = new Int32Array(BUCKETS).fill(NONE);
  readonly #earlier = new Int32Array(STORED);

  constructor(receiver: CallReceiver) {
    this.#receiver = receiver;
  }

  /**
   * Adds one leg.
   *
   * @param call the leg, written as a call in a line of CSV; the method copies the bytes
   * @param key the value that the legs of one call share; '' for a call with only one leg
   */
  add(call: CallBytes, source: RecordPlace, more: UnusualCall | undefined, key: string): void {
    const leg = this.#records % STORED;
    this.#records += 1;
    this.#sources.set(leg, source);
    this.#hasher.hash(key);
    this.#store(leg, call, key);
    this.#next[leg] = NONE;
    const first = key === '' ? NONE : this.#firstWithKeyOf(leg);
    const isFirst = key !== '' && first === NONE;
    const line = isFirst ? this.#firstLegs.see(this.#hasher, source.line) : undefined;
    const unusual = line === undefined ? more : this.#receiver.onTooFar(source, line);
    if (unusual !== undefined) this.#unusual.set(leg, unusual);
    // A leg that comes too late loses its key. Otherwise, later legs would be joined to it.
    if (line !== undefined) this.#keys[leg] = this.#froms[leg] ?? 0;
    if (first >= 0) {
      let last = first;
      while ((this.#next[last] ?? NONE) >= 0) last = this.#next[last] ?? NONE;
      this.#next[last] = leg;
    } else {
      this.#areFirst[leg] = 1;
    }
    if (isFirst && line === undefined) {
      const bucket = (this.#hashes[leg] ?? 0) & (BUCKETS - 1);
      this.#earlier[leg] = this.#buckets[bucket] ?? NONE;
      this.#buckets[bucket] = leg;
    }
    this.#close((leg + 1) % STORED);
  }

  /**
   * The physical line of the oldest record that may still be waiting; `undefined` if there were no
   * records.
   */
  get oldestLine(): number | undefined {
    if (this.#records === 0) return undefined;
    return this.#sources.starts[this.#records < STORED ? 0 : this.#records % STORED];
  }

  /** Passes on the remaining calls, at the end of the export. */
  closeAll(): void {
    for (let at = 1; at <= STORED; at += 1) this.#close((this.#records + at) % STORED);
  }

  #store(leg: number, call: CallBytes, key: string): void {
    if (this.#inCurrent === STORED) {
      this.#current = this.#current === 0 ? 1 : 0;
      this.#memories[this.#current].length = 0;
      this.#inCurrent = 0;
    }
    this.#inCurrent += 1;
    const memory = this.#memories[this.#current];
    this.#places[leg] = this.#current;
    const from = memory.length;
    this.#keys[leg] = from;
    memory.text(key);
    this.#hashes[leg] = this.#hasher.low;
    this.#froms[leg] = memory.length;
    memory.copy(call.bytes, 0, call.length);
    this.#tos[leg] = memory.length;
  }

  #firstWithKeyOf(leg: number): number {
    const hash = this.#hashes[leg] ?? 0;
    let other = this.#buckets[hash & (BUCKETS - 1)] ?? NONE;
    while (other >= 0 && (this.#hashes[other] !== hash || !this.#areKeysEqual(leg, other))) {
      other = this.#earlier[other] ?? NONE;
    }
    return other;
  }

  #areKeysEqual(one: number, other: number): boolean {
    const length = (this.#froms[one] ?? 0) - (this.#keys[one] ?? 0);
    if (length !== (this.#froms[other] ?? 0) - (this.#keys[other] ?? 0)) return false;
    const [left, right] = [this.#bytesOf(one), this.#bytesOf(other)];
    const [from, start] = [this.#keys[one] ?? 0, this.#keys[other] ?? 0];
    for (let at = 0; at < length; at += 1) if (left[from + at] !== right[start + at]) return false;
    return true;
  }

  #close(first: number): void {
    if (this.#areFirst[first] !== 1) return;
    this.#areFirst[first] = 0;
    this.#removeFromBucket(first);
    let leg = this.#next[first] ?? NONE;
    if (leg < 0) {
      this.#receiver.onCall(this.#legAt(first), NO_LEGS);
      return;
    }
    const others: Leg[] = [];
    for (; leg >= 0; leg = this.#next[leg] ?? NONE) others.push(this.#legAt(leg));
    this.#receiver.onCall(this.#legAt(first), others);
  }

  #removeFromBucket(leg: number): void {
    if (this.#keys[leg] === this.#froms[leg]) return;
    const bucket = (this.#hashes[leg] ?? 0) & (BUCKETS - 1);
    const earlier = this.#earlier[leg] ?? NONE;
    let later = this.#buckets[bucket] ?? NONE;
    if (later === leg) {
      this.#buckets[bucket] = earlier;
      return;
    }
    while (this.#earlier[later] !== leg) later = this.#earlier[later] ?? NONE;
    this.#earlier[later] = earlier;
  }

  #legAt(leg: number): Leg {
    const more = this.#unusual.get(leg);
    if (more !== undefined) this.#unusual.delete(leg);
    // An object that is made with spread syntax is slow to use.
    const { line, lines, record } = this.#sources.at(leg);
    return {
      line,
      lines,
      record,
      call: this.#bytesOf(leg),
      from: this.#froms[leg] ?? 0,
      to: this.#tos[leg] ?? 0,
      more,
    };
  }

  #bytesOf(leg: number): Buffer {
    return this.#memories[this.#places[leg] === 0 ? 0 : 1].bytes;
  }
}

/**
 * Joins the values of several legs into one call. `DateTime` is the earliest time, and
 * `TalkDuration` the longest duration. The call is answered if any leg was answered. `HoldDuration`
 * comes from the answered leg. If no leg was answered, `HoldDuration` is the longest duration. For
 * most other columns, the value comes from the first leg that has a value.
 *
 * @param names the columns of the values
 */
export function joinedValues(
  names: readonly ColumnName[],
  legs: readonly (readonly string[])[],
): string[] {
  const missed = names.indexOf('CallMissed');
  const talk = names.indexOf('TalkDuration');
  const isAnswered = (leg: readonly string[]): boolean =>
    missed < 0 ? Number(leg[talk] ?? 0) > 0 : leg[missed] === '0';
  const answered = legs.find(isAnswered);
  return names.map((name, at) => {
    const values = legs.map((leg) => leg[at] ?? '').filter((value) => value !== '');
    const [first = ''] = values;
    if (name === 'DateTime') return smallest(values) ?? first;
    if (name === 'TalkDuration') return largest(values) ?? first;
    if (name === 'CallMissed') return answered === undefined ? first : '0';
    if (name === 'HoldDuration') return answered?.[at] ?? largest(values) ?? first;
    return name === 'FirstTimeCaller' && values.includes('1') ? '1' : first;
  });
}

function smallest(values: readonly string[]): string | undefined {
  return allWhole(values) ? String(Math.min(...values.map(Number))) : undefined;
}

function largest(values: readonly string[]): string | undefined {
  return allWhole(values) ? String(Math.max(...values.map(Number))) : undefined;
}

function allWhole(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => /^\d{1,15}$/.test(value));
}
