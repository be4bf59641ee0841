/** Chooses the block size for sending a file. */
import type { Clock } from '../clock.ts';

/**
 * Bytes. A socket accepts a block of this size without waiting, so a short file is sent at once.
 */
const SMALLEST = 32 * 1024;
const LARGEST = 1024 * 1024;
/** The speed is measured over this many blocks, because the first few only fill system buffers. */
const BLOCKS = 16;
/** Milliseconds. If that many blocks take less time, the next ones are larger. */
const FAST = 400;
/**
 * Milliseconds. If a block takes longer, the next blocks are small again. With large blocks, a slow
 * connection could look dead.
 */
const SLOW = 1000;

/**
 * Chooses the block size for sending one file. On a fast connection each block costs time, so
 * blocks grow. On a slow one they stay small, because a connection that accepts no block for long
 * counts as dead.
 */
export class SendingPace {
  readonly #clock: Clock;
  #bytes = SMALLEST;
  #blocks = 0;
  /** The time when the present size was chosen. */
  #chosen: number;
  /** The time when the last block was requested. */
  #asked: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#asked = clock.now();
    this.#chosen = this.#asked;
  }

  /** @returns the size of the next block, in bytes; blocks are read one ahead of the connection */
  next(): number {
    const now = this.#clock.now();
    const waited = now - this.#asked;
    this.#asked = now;
    this.#blocks += 1;
    if (waited > SLOW) {
      this.#choose(SMALLEST, now);
    } else if (this.#blocks > BLOCKS) {
      const took = now - this.#chosen;
      // If the clock was set back, the time is meaningless.
      const fast = took >= 0 && took < FAST;
      this.#choose(fast ? Math.min(this.#bytes * 2, LARGEST) : this.#bytes, now);
    }
    return this.#bytes;
  }

  #choose(bytes: number, now: number): void {
    this.#bytes = bytes;
    this.#blocks = 0;
    this.#chosen = now;
  }
}
