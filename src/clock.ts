/** The clock of the program, which tells the time and waits. Tests replace it. */
import type { StopSignal } from './abortable.ts';

/** Tells the time and waits. */
export interface Clock {
  /** @returns milliseconds since 1970-01-01 UTC */
  readonly now: () => number;
  /**
   * Waits.
   *
   * @param milliseconds the length of the wait
   * @param signal ends the wait early; the promise is then rejected with the reason of the signal
   */
  sleep(milliseconds: number, signal?: StopSignal): Promise<void>;
}

/** The system clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    const { setTimeout: delay } = await import('node:timers/promises');
    try {
      // Node accepts any object with the members of StopSignal, so the cast to AbortSignal is safe.
      const stop = signal as AbortSignal | undefined;
      await delay(milliseconds, undefined, stop === undefined ? {} : { signal: stop });
    } catch (error) {
      throw signal?.aborted === true ? signal.reason : error;
    }
  },
};
