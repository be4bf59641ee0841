import type { Clock } from '../clock.ts';

const SMALLEST = 64 * 1024;
const LARGEST = 1024 * 1024;
/** Milliseconds: a line that takes the largest block in less has no need of smaller ones. */
const FAST = 100;
/** Milliseconds: a block that takes longer is too large to tell a slow line from a dead one. */
const SLOW = 1000;

/**
 * How large the blocks of one sending are. On a fast line each of them costs time, so they grow. On a
 * slow one they are small, since a line counts as dead when it has not taken a block for long.
 */
export class SendingPace {
  readonly #clock: Clock;
  #bytes = SMALLEST;
  #asked: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#asked = clock.now();
  }

  /** @returns the length of the next block, in bytes; it is asked for when the line wants one */
  next(): number {
    const now = this.#clock.now();
    const took = now - this.#asked;
    this.#asked = now;
    if (took > SLOW) this.#bytes = SMALLEST;
    else if (took < FAST) this.#bytes = Math.min(this.#bytes * 2, LARGEST);
    return this.#bytes;
  }
}
