/** Limits the number of requests per second. */
import type { StopSignal } from '../abortable.ts';
import type { Clock } from '../clock.ts';
import { REQUESTS_A_SECOND } from '../limits.ts';

/** The length of the time window, in milliseconds. */
const WINDOW = 1000;

/**
 * Delays requests to keep their number per second within the limit of the service.
 *
 * @see https://yandex.com/dev/metrika/en/intro/quotas
 */
export class RateLimit {
  readonly #clock: Clock;
  readonly #recent: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits until one more request may be sent. */
  async waitForTurn(signal: StopSignal | undefined): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      while ((this.#recent[0] ?? now) <= now - WINDOW) this.#recent.shift();
      const [oldest] = this.#recent;
      if (oldest === undefined || this.#recent.length < REQUESTS_A_SECOND) {
        this.#recent.push(now);
        return;
      }
      await this.#clock.sleep(oldest + WINDOW - now, signal);
    }
  }
}
