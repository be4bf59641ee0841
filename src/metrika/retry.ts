/** Repeats requests that are safe to repeat: which, when, how often and for how long. */
import type { StopSignal } from '../abortable.ts';
import type { Clock } from '../clock.ts';
import type { FetchAnswer } from './fetch.ts';
import { RequestFailure } from './request-failure.ts';

/** How often and how long to try. */
export interface RetryOptions {
  /** How many times a request is repeated at most. */
  readonly retries: number;
  /** Milliseconds after the first attempt; no attempt begins later. */
  readonly totalTime: number;
}

/** The facts that are reported before each wait. */
export interface RetryNotice {
  readonly failure: RequestFailure;
  /** Milliseconds until the next attempt. */
  readonly wait: number;
  /** The number of the next retry, from 1. */
  readonly retry: number;
  readonly retries: number;
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/** @see https://www.rfc-editor.org/rfc/rfc9110#name-408-request-timeout */
export const REQUEST_TIMEOUT = 408;

/** The statuses for too many requests: one page of the documentation has 429, another one 420. */
const TOO_MANY: readonly number[] = [420, 429];

const RETRIED: readonly number[] = [REQUEST_TIMEOUT, ...TOO_MANY, 500, 502, 503, 504];

/** Whether an HTTP status says that too many requests were sent. */
export function isTooMany(status: number): boolean {
  return TOO_MANY.includes(status);
}

/** Whether the same request may succeed a little after it was answered with this HTTP status. */
export function isRetriedStatus(status: number): boolean {
  return RETRIED.includes(status);
}

/**
 * Reads `Retry-After`, which holds seconds or a date.
 *
 * @param now milliseconds since 1970-01-01 UTC
 * @returns milliseconds to wait; `undefined` when the service does not ask for a wait
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function retryAfterOf({ headers }: FetchAnswer, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** @returns milliseconds until the next attempt: never fewer than the service asks for */
export function waitAfter({ retryAfter }: RequestFailure, wait: number): number {
  return Math.max(wait, retryAfter ?? 0);
}

/** What the retries of one request need. */
export interface RetryContext {
  readonly clock: Clock;
  readonly random: () => number;
  readonly policy: RetryOptions;
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
  readonly signal?: StopSignal | undefined;
}

/** Counts the attempts at one request and knows when the next one is due. */
export class RetrySchedule {
  readonly #context: RetryContext;
  readonly #started: number;
  #retry = 0;

  constructor(context: RetryContext) {
    this.#context = context;
    this.#started = context.clock.now();
  }

  /**
   * Waits until the next attempt is due. The longest possible wait doubles with each attempt. The
   * wait is random within it, so that many clients do not return at once.
   *
   * @returns `false` at once when no attempts or no time are left
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
 * Repeats a request until it succeeds, fails for good, or has been tried often enough.
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
