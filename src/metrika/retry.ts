/** Decides which requests are repeated and when, and repeats them. */
import type { StopSignal } from '../abortable.ts';
import type { Clock } from '../clock.ts';
import { RETRY_TIME } from '../limits.ts';
import type { FetchAnswer } from './fetch.ts';
import { RequestFailure } from './request-failure.ts';

/** The limits for repeating a request. */
export interface RetryOptions {
  /** The maximum number of times that a request is repeated. */
  readonly retries: number;
  /** The time after which no new attempt begins, in milliseconds from the first attempt. */
  readonly totalTime: number;
}

/** The facts about a retry, which are reported before the wait. */
export interface RetryNotice {
  readonly failure: RequestFailure;
  /** Milliseconds until the next attempt. */
  readonly wait: number;
  /** The number of the next retry, from 1. */
  readonly retry: number;
  readonly retries: number;
}

/**
 * Returns the usual limits for repeating a request.
 *
 * @param retries the maximum number of times that a request is repeated
 */
export function retryRules(retries: number): RetryOptions {
  return { retries, totalTime: RETRY_TIME };
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/** @see https://www.rfc-editor.org/rfc/rfc9110#name-408-request-timeout */
export const REQUEST_TIMEOUT = 408;

/** The statuses for too many requests. One page of the documentation has 429, another has 420. */
const TOO_MANY: readonly number[] = [420, 429];

const RETRIED: readonly number[] = [REQUEST_TIMEOUT, ...TOO_MANY, 500, 502, 503, 504];

/** Says whether an HTTP status means that too many requests were sent. */
export function isTooMany(status: number): boolean {
  return TOO_MANY.includes(status);
}

/** Says whether a request that was answered with this status may succeed a little later. */
export function isRetriedStatus(status: number): boolean {
  return RETRIED.includes(status);
}

/** The longest wait that is used, whatever the service asks for, in milliseconds: ten years. */
const LONGEST_ASKED = 10 * 365 * 24 * 60 * 60 * 1000;

/**
 * Reads the header `Retry-After`, which has seconds or a date.
 *
 * @param now milliseconds since 1970-01-01 UTC
 * @returns milliseconds to wait; `undefined` when the service does not ask for a wait
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function retryAfterOf({ headers }: FetchAnswer, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, LONGEST_ASKED);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), LONGEST_ASKED);
}

/** @returns milliseconds until the next attempt, at least as many as the service asks for */
export function waitAfter({ retryAfter }: RequestFailure, wait: number): number {
  return Math.max(wait, retryAfter ?? 0);
}

/** The context for the retries of one request. */
export interface RetryContext {
  readonly clock: Clock;
  readonly random: () => number;
  readonly policy: RetryOptions;
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
  readonly signal?: StopSignal | undefined;
}

/** Counts the attempts at one request, and waits before each retry. */
export class RetrySchedule {
  readonly #context: RetryContext;
  readonly #started: number;
  #retry = 0;

  constructor(context: RetryContext) {
    this.#context = context;
    this.#started = context.clock.now();
  }

  /**
   * Waits until the time of the next attempt. The wait is random, so that many clients do not
   * send their retries at the same time. The upper limit of the wait doubles with each attempt.
   *
   * @returns `false`, without a wait, when the limit of attempts or of time is reached
   */
  async waitForNext(failure: RequestFailure): Promise<boolean> {
    const { clock, random, policy, onRetry, signal } = this.#context;
    if (this.#retry >= policy.retries) return false;
    const span = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#retry);
    const wait = waitAfter(failure, Math.ceil(random() * span));
    if (clock.now() + wait > this.#started + policy.totalTime) return false;
    this.#retry += 1;
    onRetry?.({ failure, wait, retry: this.#retry, retries: policy.retries });
    await clock.sleep(wait, signal);
    return true;
  }
}

/**
 * Repeats a request until it succeeds. Stops early if a failure is not retryable, or if a limit of
 * the retries is reached.
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
