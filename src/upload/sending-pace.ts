/** How large the blocks of one sending are. */
import type { Clock } from '../clock.ts';

/** A socket takes it without waiting, so a short file leaves at once. */
const SMALLEST = 32 * 1024;
const LARGEST = 1024 * 1024;
/** The system holds some blocks that the line has not taken, so a few say nothing of it. */
const BLOCKS = 16;
/** Milliseconds for so many blocks: a line that takes less time for them can have larger ones. */
const FAST = 400;
/** Milliseconds: a block that takes longer is too large to tell a slow line from a dead one. */
const SLOW = 1000;

/**
 * How large the blocks of one sending are. On a fast line each of them costs time, so they grow. On a
 * slow one they stay small, since a line counts as dead when it has not taken a block for long.
 */
export class SendingPace {
  readonly #clock: Clock;
  #bytes = SMALLEST;
  #blocks = 0;
  /** When the present length was chosen, and when the last block was asked for. */
  #chosen: number;
  #asked: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#asked = clock.now();
    this.#chosen = this.#asked;
  }

  /** @returns the length of the next block, in bytes; it is read one block ahead of the line */
  next(): number {
    const now = this.#clock.now();
    const waited = now - this.#asked;
    this.#asked = now;
    this.#blocks += 1;
    if (waited > SLOW) {
      this.#choose(SMALLEST, now);
    } else if (this.#blocks > BLOCKS) {
      const took = now - this.#chosen;
      // A clock that was set back says nothing.
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
