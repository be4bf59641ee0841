import type { Clock } from '../../src/clock.ts';

/** A clock on which waiting takes no time. */
export class FakeClock implements Clock {
  /** The waits that were asked for, in milliseconds. */
  readonly sleeps: number[] = [];
  #now: number;

  /** @param now milliseconds since 1970-01-01 UTC at which it starts */
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

  /** Lets time pass. */
  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
