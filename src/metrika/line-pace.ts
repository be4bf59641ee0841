/** Measures the speed of a connection and estimates how long buffered bytes still need. */
import type { Clock } from '../clock.ts';

/** The most bytes that may lie unread in system buffers on both sides of a connection. */
const BUFFERS = 8 * 1024 * 1024;

/** The slowest speed to expect while everything may still lie in buffers, in bytes a second. */
const SLOWEST = 4096;

/** While the speed is unknown, the longest wait is this many times the timeout. */
const MOST_PATIENCE = 10;

/** Measures how fast a connection accepts the bytes of one request. */
export class LinePace {
  readonly #clock: Clock;
  readonly #started: number;
  #bytes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#started = clock.now();
  }

  /** Counts bytes that were passed to the connection just now. */
  addBytes(bytes: number): void {
    this.#bytes += bytes;
  }

  /**
   * Estimates how long the bytes in buffers may still need to arrive.
   *
   * @param timeout the usual wait without progress, in milliseconds
   * @returns milliseconds
   */
  patience(timeout: number): number {
    const passed = this.#bytes - BUFFERS;
    const elapsed = this.#clock.now() - this.#started;
    if (passed > 0 && elapsed > 0) return Math.ceil((BUFFERS / passed) * elapsed);
    return Math.min(Math.ceil((this.#bytes / SLOWEST) * 1000), MOST_PATIENCE * timeout);
  }
}
