/** Sends single requests to the service, and aborts requests that make no progress. */
import type { StopSignal } from '../abortable.ts';
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import { withoutTokens } from '../safe-text/token-like.ts';
import type { TimeoutPhase } from '../words/failure-parameters.ts';
import {
  AnswerTooLong,
  cleanedError,
  excerpt,
  isHtml,
  parseAnswer,
  readText,
  requestIdOf,
  SEARCHED_LENGTH,
} from './answer.ts';
import type { Fetch, FetchAnswer } from './fetch.ts';
import { LinePace } from './line-pace.ts';
import { networkFailure } from './network-failure.ts';
import { queryString } from './paths.ts';
import { ProgressWatch, watchedBody } from './progress-watch.ts';
import { RateLimit } from './rate-limit.ts';
import { type Operation, refusal } from './refusal.ts';
import { RequestFailure, type RequestFate } from './request-failure.ts';
import { retryAfterOf } from './retry.ts';
import { readServiceError } from './schemas.ts';
import type { ApiToken } from './token.ts';

/** A finished request, for logs. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** The HTTP status; `undefined` when there was no answer. */
  readonly status: number | undefined;
  /** Milliseconds from the start of the request to the end of the answer. */
  readonly duration: number;
  readonly requestId: string | undefined;
}

/** The options for all requests. */
export interface HttpOptions {
  /** The base address. `apiAddress` has already checked it. */
  readonly address: string;
  /** The token. Without a token, each request fails with `token-missing`. */
  readonly token: ApiToken | undefined;
  /**
   * Returns a new token after the service has not accepted the old one; `undefined` if there is
   * none. Called at most once.
   */
  readonly renew?: (() => Promise<ApiToken | undefined>) | undefined;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** The time without progress after which a request fails, in milliseconds. */
  readonly timeout: number;
  /** Hides personal data in texts of the service. Without this function, nothing is hidden. */
  readonly mask?: ((text: string) => string) | undefined;
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
}

/** One request. */
export interface HttpRequest {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly headers?: Record<string, string>;
  readonly body?: SentBody;
  readonly signal?: StopSignal | undefined;
  /**
   * The longest time that this request may take, in milliseconds; an hour by default. Set only for
   * one page of a list that must arrive completely within `timeout`. It is then the part of
   * `timeout` that is left.
   */
  readonly longestOfLook?: number | undefined;
  /**
   * Called after the last byte of the body was passed to `fetch`.
   *
   * @param patience the longest wait for the answer, in milliseconds
   */
  readonly onBodySent?: (patience: number) => void;
}

/** The body of a request. */
interface SentBody {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Whether the last byte was passed to `fetch`. The service cannot use an incomplete body. */
  readonly complete: boolean;
}

/** An answer from the service. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
}

/** The maximum length of a text of the service, in characters. Longer texts are cut. */
const LONGEST_WORDS = 1000;

/** The time after which a request fails even if it makes progress, in milliseconds. */
const LONGEST_REQUEST = 60 * 60 * 1000;

/** Returns the phase of a request that ran out of time. */
function phaseOf({
  isLook,
  isComplete,
  expired,
  isSending,
}: {
  readonly isLook: boolean;
  readonly isComplete: boolean;
  readonly expired: 'progress' | 'longest';
  readonly isSending: boolean | undefined;
}): TimeoutPhase {
  if (expired === 'longest') return isLook ? 'list' : 'all';
  if (isComplete) return 'answer';
  return isSending === true ? 'sending' : 'first';
}

/** Sends requests to one address with one token, at most 30 requests per second. */
export class Http {
  readonly #options: HttpOptions;
  readonly #limit: RateLimit;
  #token: ApiToken | undefined;
  /** The renewal of the token; `undefined` before the first one. */
  #renewal: Promise<ApiToken | undefined> | undefined;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#token = options.token;
    this.#limit = new RateLimit(options.clock);
  }

  /**
   * Sends one request. If the service does not accept the token and there is a new one, sends the
   * request once more. A body can be read only once, so the caller has to send such a request again.
   *
   * @returns the answer, if its status means success
   * @throws RequestFailure if the request fails; the Failure from the body if it cannot be read
   */
  async request(request: HttpRequest): Promise<HttpAnswer> {
    const used = this.#token;
    try {
      return await this.#requestOnce(request);
    } catch (error) {
      if (!(error instanceof RequestFailure) || error.code !== 'unauthorized') throw error;
      if (!(await this.#hasNewToken(used))) throw error;
      if (request.body !== undefined) throw error.afterRenewal();
      return await this.#requestOnce(request);
    }
  }

  /** @param used the token that the service did not accept */
  async #hasNewToken(used: ApiToken | undefined): Promise<boolean> {
    // Several requests may fail at the same time. They share one renewal.
    this.#renewal ??= this.#options.renew?.();
    this.#token = (await this.#renewal) ?? this.#token;
    return this.#token !== used;
  }

  async #requestOnce(request: HttpRequest): Promise<HttpAnswer> {
    const { address, clock } = this.#options;
    const url = `${address}${request.path}${queryString(request.query ?? [])}`;
    await this.#limit.waitForTurn(request.signal);
    const started = clock.now();
    let answer: HttpAnswer | undefined;
    try {
      answer = await this.#exchange(url, request);
    } finally {
      this.#options.onExchange?.({
        method: request.method,
        url,
        status: answer?.status,
        duration: clock.now() - started,
        requestId: answer?.requestId,
      });
    }
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw refusal({
      operation: request.operation,
      status: answer.status,
      error: cleanedError(readServiceError(parseAnswer(answer.text)), (text) => this.#clean(text)),
      excerpt: this.#excerpt(answer.text),
      requestId: answer.requestId,
      retryAfter: answer.retryAfter,
      now: clock.now(),
    });
  }

  /** Creates the failure for a successful answer with an undocumented form. */
  unreadable(answer: HttpAnswer, fate: RequestFate): RequestFailure {
    const { status, requestId, text } = answer;
    return new RequestFailure(
      'answer-unreadable',
      { status, isHtml: isHtml(text), begins: this.#excerpt(text) },
      {
        fate,
        retryable: false,
        details: { status, ...(requestId === undefined ? {} : { requestId }) },
      },
    );
  }

  /** Creates the failure for a list of uploads that could not be read within `timeout`. */
  lookTimeout(): RequestFailure {
    const { address, timeout } = this.#options;
    const { host } = new URL(address);
    const outcome = { fate: 'refused', retryable: true } as const;
    return new RequestFailure('timeout', { host, timeout, phase: 'list' }, outcome);
  }

  #excerpt(text: string): string {
    const beginning = text.slice(0, SEARCHED_LENGTH);
    // An answer that contains the token in any form is not quoted.
    if (this.#token?.isIn(beginning) === true) return '';
    // Markup can split a secret, so secrets are removed both before and after the markup is
    // removed.
    return this.#clean(excerpt(this.#clean(beginning)));
  }

  /** Returns the request id without secrets. A proxy can put any text into the header of the id. */
  #requestId(answer: FetchAnswer): string | undefined {
    const id = requestIdOf(answer);
    return id === undefined ? undefined : this.#clean(id);
  }

  /** Removes secrets and personal data from a text of the service. */
  #clean(text: string): string {
    const { mask } = this.#options;
    const token = this.#token;
    if (token?.isIn(text.slice(0, SEARCHED_LENGTH)) === true) return '[token]';
    const redacted = withoutTokens(token?.redact(text.slice(0, LONGEST_WORDS)) ?? '');
    return mask === undefined ? redacted : mask(redacted);
  }

  async #exchange(url: string, request: HttpRequest): Promise<HttpAnswer> {
    const { fetch, timeout, clock } = this.#options;
    const token = this.#token;
    if (token === undefined) throw new Failure('token-missing', {});
    const { host } = new URL(url);
    const longest = request.longestOfLook ?? LONGEST_REQUEST;
    const watch = new ProgressWatch({ timeout, longest }, request.signal);
    const body =
      request.body === undefined
        ? undefined
        : watchedBody(request.body.bytes, watch, {
            pace: new LinePace(clock),
            onSent: request.onBodySent,
          });
    let head: Omit<HttpAnswer, 'text'> | undefined;
    try {
      const answer = await fetch(url, {
        method: request.method,
        headers: {
          authorization: token.authorization(),
          accept: 'application/json',
          'user-agent': 'metrika-calls',
          ...request.headers,
        },
        redirect: 'manual',
        signal: watch.signal,
        ...(body === undefined ? {} : { body: body.bytes, duplex: 'half' }),
      });
      watch.restart(0);
      head = {
        status: answer.status,
        requestId: this.#requestId(answer),
        retryAfter: retryAfterOf(answer, clock.now()),
      };
      return { ...head, text: await readText(answer, watch) };
    } catch (error) {
      request.signal?.throwIfAborted();
      // If the file cannot be read, the request fails too. The cause is then the error of the file,
      // so this error is thrown.
      if (body?.error instanceof Failure) throw body.error;
      // An answer with an error status is a refusal, even if its body did not arrive.
      if (head !== undefined && head.status >= 300) return { ...head, text: '' };
      // An incomplete body is shorter than its `content-length`, so the service cannot use it.
      const isComplete = request.body?.complete ?? false;
      const fate = isComplete || head !== undefined ? 'unknown' : 'not-taken';
      if (error instanceof AnswerTooLong) {
        const bound = { fate, retryable: false, cause: error } as const;
        throw new RequestFailure('answer-too-long', { host, bytes: error.bytes }, bound);
      }
      const outcome = { fate, retryable: true, cause: error } as const;
      if (watch.expired !== undefined) {
        const { waited, expired } = watch;
        const isLook = request.longestOfLook !== undefined;
        const phase = phaseOf({ isLook, isComplete, expired, isSending: body?.started });
        if (phase === 'list') throw this.lookTimeout();
        throw new RequestFailure('timeout', { host, timeout: waited, phase }, outcome);
      }
      if (head !== undefined) {
        const { status } = head;
        throw new RequestFailure(
          'answer-cut',
          { host, status },
          { ...outcome, details: { status } },
        );
      }
      throw networkFailure({ error, host, isComplete, isSending: body?.started ?? false });
    } finally {
      watch.end();
    }
  }
}
