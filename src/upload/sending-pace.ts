/** Chooses the sizes of the blocks in which a file is sent. */
import type { Clock } from '../clock.ts';

/**
 * The smallest block, in bytes. A socket accepts it without waiting, so a short file is sent
 * immediately.
 */
const SMALLEST = 32 * 1024;
const LARGEST = 1024 * 1024;
/** The number of blocks for each measurement. The first few blocks only fill system buffers. */
const BLOCKS = 16;
/** If `BLOCKS` blocks take fewer milliseconds than this, the next blocks are larger. */
const FAST = 400;
/**
 * If one block takes more milliseconds than this, the next blocks are small. A large block takes
 * long on a slow connection, so sending could seem to make no progress.
 */
const SLOW = 1000;

/**
 * Chooses the block size for sending one file. On a fast connection, blocks grow, because each
 * block costs time. On a slow connection, blocks are small, because a request fails if the
 * socket takes too long to accept a block.
 */
export class SendingPace {
  readonly #clock: Clock;
  #bytes = SMALLEST;
  #blocks = 0;
  /** The time when the present block size was chosen. */
  #chosen: number;
  /** The time when the last block was requested. */
  #asked: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#asked = clock.now();
    this.#chosen = this.#asked;
  }

  /** @returns the size of the next block, in bytes */
  next(): number {
    const now = this.#clock.now();
    const waited = now - this.#asked;
    this.#asked = now;
    this.#blocks += 1;
    if (waited > SLOW) {
      this.#choose(SMALLEST, now);
    } else if (this.#blocks > BLOCKS) {
      const took = now - this.#chosen;
      // A negative time means that the clock was set back.
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
