import type { Clock } from '../../src/clock.ts';

/** A clock on which waiting takes no time. */
export class FakeClock implements Clock {
  /** The requested waits, in milliseconds. */
  readonly sleeps: number[] = [];
  #now: number;

  /** @param now the time at which the clock starts, in milliseconds since 1970-01-01 UTC */
  constructor(now = Date.UTC(2026, 10, 20, 12, 0, 0)) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(milliseconds);
    this.#now += milliseconds;
    await Promise.resolve();
  }

  /** Advances the clock. */
  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
