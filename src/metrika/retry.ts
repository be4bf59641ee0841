import type { Clock } from '../clock.ts';
import { RequestFailure } from './request-failure.ts';

/** How often and how long to try. */
export interface RetryPolicy {
  /** How many times a request is repeated at most. */
  readonly retries: number;
  /** Milliseconds after the first attempt beyond which none is begun. */
  readonly totalTime: number;
}

/** Said before each wait. */
export interface RetryNotice {
  readonly failure: RequestFailure;
  /** Milliseconds until the next attempt. */
  readonly wait: number;
  /** The number of the retry that follows, from 1. */
  readonly retry: number;
  readonly retries: number;
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/** Ten minutes: long enough for a restart of the service, short enough for cron. */
export const RETRY_TIME = 10 * 60 * 1000;

/** What the retries of one request draw on. */
export interface RetrySurroundings {
  readonly clock: Clock;
  readonly random: () => number;
  readonly policy: RetryPolicy;
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Counts the attempts at one thing and knows when the next one is due. */
export class RetrySchedule {
  readonly #around: RetrySurroundings;
  readonly #started: number;
  #retry = 0;

  constructor(around: RetrySurroundings) {
    this.#around = around;
    this.#started = around.clock.now();
  }

  /**
   * Waits until the next attempt is due: exponentially longer each time, spread over the whole span
   * so that many clients do not come back at once, and never sooner than the service asks.
   *
   * @returns `false` at once when there are no attempts or no time left
   */
  async waitForNext(failure: RequestFailure): Promise<boolean> {
    const { clock, random, policy, onRetry, signal } = this.#around;
    if (this.#retry >= policy.retries) return false;
    const span = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#retry);
    const wait = Math.max(Math.ceil(random() * span), failure.retryAfter ?? 0);
    if (clock.now() + wait > this.#started + policy.totalTime) return false;
    this.#retry += 1;
    onRetry?.({ failure, wait, retry: this.#retry, retries: policy.retries });
    await clock.sleep(wait, signal);
    return true;
  }
}

/**
 * Repeats what can be repeated safely until it succeeds, fails for good, or has been tried enough.
 *
 * @throws the last failure
 */
export async function repeated<Result>(
  attempt: () => Promise<Result>,
  around: RetrySurroundings,
): Promise<Result> {
  const schedule = new RetrySchedule(around);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof RequestFailure) || !error.passing) throw error;
      if (!(await schedule.waitForNext(error))) throw error;
    }
  }
}
