/** How fast a line takes bytes, and how long those may still be on the way that it seems to have taken. */
import type { Clock } from '../clock.ts';

/** Systems on both sides of a connection hold so many bytes that nobody has read yet. */
const BUFFERS = 8 * 1024 * 1024;

/** While all that was handed over may lie in buffers, the line may be as slow as this: bytes a second. */
const SLOWEST = 4096;

/** So many times the usual waiting is enough for any line whose pace is not known. */
const MOST_PATIENCE = 10;

/** How fast a line has taken the bytes of one request. */
export class LinePace {
  readonly #clock: Clock;
  readonly #started: number;
  #handed = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#started = clock.now();
  }

  /** @param bytes that were handed over now */
  handed(bytes: number): void {
    this.#handed += bytes;
  }

  /**
   * How long the bytes may take that lie in buffers: what was handed over has not arrived.
   *
   * @param timeout milliseconds that are waited without progress
   * @returns milliseconds
   */
  patience(timeout: number): number {
    const passed = this.#handed - BUFFERS;
    const elapsed = this.#clock.now() - this.#started;
    if (passed > 0 && elapsed > 0) return Math.ceil((BUFFERS / passed) * elapsed);
    return Math.min(Math.ceil((this.#handed / SLOWEST) * 1000), MOST_PATIENCE * timeout);
  }
}
