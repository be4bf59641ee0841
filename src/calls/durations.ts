/** Counts durations, and finds their quantiles. */

/** The number of durations in a file, and their quantiles in seconds. */
export interface DurationQuantiles {
  readonly count: number;
  readonly median: number;
  readonly ninetieth: number;
  readonly longest: number;
}

/** Half a day, in seconds. A longer duration is counted as if it were half a day. */
const LONGEST_COUNTED = 43_200;

/**
 * Counts how often each duration occurs. Durations are in whole seconds. With these counts, the
 * quantiles are exact, except for durations over half a day. All these long durations are counted
 * together.
 */
export class Durations {
  readonly #counts = new Uint32Array(LONGEST_COUNTED + 1);
  #count = 0;
  #longest = 0;

  add(seconds: number | undefined): void {
    if (seconds === undefined) return;
    this.#longest = Math.max(this.#longest, seconds);
    const at = Math.min(seconds, LONGEST_COUNTED);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#count += 1;
  }

  quantiles(): DurationQuantiles | undefined {
    if (this.#count === 0) return undefined;
    return {
      count: this.#count,
      median: this.#at(0.5),
      ninetieth: this.#at(0.9),
      longest: this.#longest,
    };
  }

  #at(share: number): number {
    const wanted = Math.ceil(this.#count * share);
    let passed = 0;
    for (const [seconds, count] of this.#counts.entries()) {
      passed += count;
      if (passed >= wanted) return seconds;
    }
    return LONGEST_COUNTED;
  }
}
