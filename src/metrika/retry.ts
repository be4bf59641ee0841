/** Repeats what is safe to repeat: when, how often, and how long. */
import type { StopSignal } from '../abortable.ts';
import type { Clock } from '../clock.ts';
import { RequestFailure } from './request-failure.ts';

/** How often and how long to try. */
export interface RetryOptions {
  /** How many times a request is repeated at most. */
  readonly retries: number;
  /** Milliseconds after the first attempt beyond which none is begun. */
  readonly totalTime: number;
}

/** Given before each wait. */
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

/** What the retries of one request draw on. */
export interface RetryContext {
  readonly clock: Clock;
  readonly random: () => number;
  readonly policy: RetryOptions;
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
  readonly signal?: StopSignal | undefined;
}

/** Counts the attempts at one thing and knows when the next one is due. */
export class RetrySchedule {
  readonly #context: RetryContext;
  readonly #started: number;
  #retry = 0;

  constructor(context: RetryContext) {
    this.#context = context;
    this.#started = context.clock.now();
  }

  /**
   * Waits until the next attempt is due: exponentially longer each time, spread over the whole span
   * so that many clients do not come back at once, and never sooner than the service asks.
   *
   * @returns `false` at once when there are no attempts or no time left
   */
  async waitForNext(failure: RequestFailure): Promise<boolean> {
    const { clock, random, policy, onRetry, signal } = this.#context;
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
 * Repeats what is safe to repeat until it succeeds, fails for good, or has been tried enough.
 *
 * @throws the last failure
 */
export async function repeated<Result>(
  attempt: () => Promise<Result>,
  context: RetryContext,
): Promise<Result> {
  const schedule = new RetrySchedule(context);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof RequestFailure) || !error.retryable) throw error;
      if (!(await schedule.waitForNext(error))) throw error;
    }
  }
}
