import { type QuickCheck, SCANNED_BYTES } from './quick-check.ts';
import { type Scan, scanIn, scanLength, type ScanSettings } from './record-scanner.ts';

/** Scans stretches of a file on another thread. */
export interface ScanHelper {
  /** Whether it takes one more stretch without keeping it waiting for long. */
  readonly hasRoom: boolean;
  /**
   * @param stretch whole lines
   * @param currencies the codes of those met so far
   * @returns what it found, good until {@link MOST_WAITING} further calls; `undefined` when the helper
   *   is of no use. It is never rejected.
   */
  scan(stretch: Uint8Array, currencies: Iterable<number>): Promise<Scan | undefined>;
  close(): void;
}

/** Starts a helper for a file; `undefined` when it would be of no use. */
export type StartHelper = (settings: ScanSettings) => Promise<ScanHelper | undefined>;

/** What is checked in the end, in the order of the file. */
interface Check {
  /** The quick way, when it can be gone now. */
  readonly quick: QuickCheck | undefined;
  take(stretch: Uint8Array, done?: Scan): 'is-windows-1251' | undefined;
}

interface Waiting {
  readonly stretch: Uint8Array;
  readonly scan: Promise<Scan | undefined>;
}

/** The start of a thread is worth it from so many bytes on. */
const WORTHWHILE = 4_000_000;
/** So many stretches may wait for their turn; the more, the more memory. */
export const MOST_WAITING = 6;
const LINE_FEED = 0x0a;
/** A line without end is for the reader, which knows what is too long. */
const LONGEST_LINE = 64 * 1024;

/**
 * Spreads the scanning of a large file over this thread and a helper's. Scans come in any order; the
 * check takes the stretches in the order of the file, so that it finds the same with a helper and
 * without.
 */
export class ScanAhead {
  readonly #check: Check;
  #start: StartHelper | undefined;
  readonly #waiting: Waiting[] = [];
  /** Memory for the scans of this thread, used in turn. */
  readonly #own: Scan[] = [];
  #turn = 0;
  #seen = 0;
  #quick: QuickCheck | undefined;
  #helper: ScanHelper | undefined;

  /** @param start starts a helper; without, nothing is scanned ahead */
  constructor(check: Check, start: StartHelper | undefined) {
    this.#check = check;
    this.#start = start;
  }

  /** The same bytes, in stretches of whole lines where there is a helper to be had. */
  async *pieces(blocks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    if (this.#start === undefined) {
      yield* blocks;
      return;
    }
    let rest: Uint8Array = new Uint8Array(0);
    for await (const block of blocks) {
      const bytes = rest.length === 0 ? block : Buffer.concat([rest, block]);
      const lines = bytes.lastIndexOf(LINE_FEED) + 1;
      const end = bytes.length - lines > LONGEST_LINE ? bytes.length : lines;
      if (end > 0) yield bytes.subarray(0, end);
      rest = bytes.subarray(end);
    }
    if (rest.length > 0) yield rest;
  }

  /** Takes the next piece; what it comes to may be told with a later one. */
  async take(stretch: Uint8Array): Promise<'is-windows-1251' | undefined> {
    this.#seen += stretch.length;
    this.#quick ??= this.#check.quick;
    const quick = this.#quick;
    if (this.#start === undefined || quick === undefined || this.#seen < WORTHWHILE) {
      return this.#check.take(stretch);
    }
    this.#helper ??= await this.#start(quick.settings);
    if (this.#helper === undefined) {
      this.#start = undefined;
      return this.#check.take(stretch);
    }
    // Reading ahead goes on without a turn of the event loop, in which the helper's answers come.
    await new Promise(setImmediate);
    this.#waiting.push({ stretch, scan: this.#scan(stretch, quick, this.#helper) });
    return this.#waiting.length < MOST_WAITING ? undefined : await this.#takeFirst();
  }

  /** Takes what still waits. */
  async finish(): Promise<'is-windows-1251' | undefined> {
    while (this.#waiting.length > 0) {
      if ((await this.#takeFirst()) === 'is-windows-1251') return 'is-windows-1251';
    }
    return undefined;
  }

  close(): void {
    this.#helper?.close();
  }

  async #takeFirst(): Promise<'is-windows-1251' | undefined> {
    const first = this.#waiting.shift();
    return first === undefined ? undefined : this.#check.take(first.stretch, await first.scan);
  }

  async #scan(
    stretch: Uint8Array,
    quick: QuickCheck,
    helper: ScanHelper,
  ): Promise<Scan | undefined> {
    // What is cut within a line, or very long, is for the check alone.
    if (stretch.at(-1) !== LINE_FEED || stretch.length > SCANNED_BYTES) return undefined;
    if (helper.hasRoom) return await helper.scan(stretch, quick.currencies);
    return this.#scanHere(stretch, quick);
  }

  #scanHere(stretch: Uint8Array, quick: QuickCheck): Scan {
    this.#turn = (this.#turn + 1) % (MOST_WAITING + 1);
    const wanted = scanLength(stretch.length);
    let scan = this.#own[this.#turn];
    if (scan === undefined || scan.hashes.buffer.byteLength < wanted) {
      scan = scanIn(new ArrayBuffer(wanted));
      this.#own[this.#turn] = scan;
    }
    quick.scanInto(stretch, scan);
    return scan;
  }
}
