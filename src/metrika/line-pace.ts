/** Measures the speed of a connection, and estimates how long buffered bytes need to arrive. */
import type { Clock } from '../clock.ts';

/** The maximum number of bytes that the buffers at both ends of a connection hold together. */
const BUFFERS = 8 * 1024 * 1024;

/**
 * The speed to assume while the real speed is unknown, in bytes per second. The real speed is
 * unknown while nearly all bytes may still be in buffers.
 */
const SLOWEST = 4096;

/** The limit for a wait, as a multiple of the timeout. */
const MOST_TIMEOUTS = 10;

/**
 * The limit for a wait that is computed from the duration of the sending, in milliseconds. If
 * {@link MOST_TIMEOUTS} timeouts are longer, they are the limit instead.
 */
const HALF_AN_HOUR = 30 * 60 * 1000;

/**
 * The speed is known after the connection has accepted this many bytes more than the buffers can
 * hold.
 */
const KNOWN_FROM = 4 * 1024 * 1024;

/**
 * The speed is computed as if at least this many bytes had arrived. So the speed is only a guess
 * while fewer bytes have certainly arrived.
 */
const GUESSED_FROM = 1024 * 1024;

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
    // The clock may have been set back.
    const elapsed = Math.max(0, this.#clock.now() - this.#started);
    const longest = Math.max(MOST_TIMEOUTS * timeout, HALF_AN_HOUR);
    const buffered = Math.min(this.#bytes, BUFFERS);
    const guessed = Math.ceil((buffered / Math.max(passed, GUESSED_FROM)) * elapsed);
    if (passed >= KNOWN_FROM) return Math.min(guessed, longest);
    const usual = Math.min(Math.ceil((this.#bytes / SLOWEST) * 1000), MOST_TIMEOUTS * timeout);
    // If the socket accepted the bytes slowly, the connection is slow. So the bytes in the buffers
    // also need a long time.
    return Math.min(Math.max(usual, guessed), longest);
  }
}
