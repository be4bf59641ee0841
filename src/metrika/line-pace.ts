/** Measures the speed of a connection, and estimates how long buffered bytes need to arrive. */
import type { Clock } from '../clock.ts';

/** The maximum number of bytes in the buffers at both ends of a connection. */
const BUFFERS = 8 * 1024 * 1024;

/**
 * The speed to assume while the real speed is unknown, in bytes a second. The real speed is unknown
 * as long as all bytes may still be in buffers.
 */
const SLOWEST = 4096;

/** The longest wait while the speed is unknown, as a multiple of the timeout. */
const MOST_PATIENCE = 10;

/** Measures the speed at which a connection accepts the bytes of one request. */
export class LinePace {
  readonly #clock: Clock;
  readonly #started: number;
  #bytes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#started = clock.now();
  }

  /** Counts bytes that have just been passed to the connection. */
  addBytes(bytes: number): void {
    this.#bytes += bytes;
  }

  /**
   * Estimates the time until the bytes in buffers arrive.
   *
   * @param timeout the usual limit for the time without progress, in milliseconds
   * @returns milliseconds
   */
  patience(timeout: number): number {
    const passed = this.#bytes - BUFFERS;
    const elapsed = this.#clock.now() - this.#started;
    if (passed > 0 && elapsed > 0) return Math.ceil((BUFFERS / passed) * elapsed);
    return Math.min(Math.ceil((this.#bytes / SLOWEST) * 1000), MOST_PATIENCE * timeout);
  }
}
