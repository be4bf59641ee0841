/** Time as the program lives through it; tests bring their own. */
import type { StopSignal } from './abortable.ts';

/** The time, and waits. */
export interface Clock {
  /** @returns milliseconds since 1970-01-01 UTC */
  readonly now: () => number;
  /**
   * @param milliseconds how long to wait
   * @param signal ends the wait at once; the promise is then rejected with its reason
   */
  sleep(milliseconds: number, signal?: StopSignal): Promise<void>;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    const { setTimeout: delay } = await import('node:timers/promises');
    try {
      // What fits our small type and is no signal of the platform works there too.
      const stop = signal as AbortSignal | undefined;
      await delay(milliseconds, undefined, stop === undefined ? {} : { signal: stop });
    } catch (error) {
      throw signal?.aborted === true ? signal.reason : error;
    }
  },
};
