/** Sends the requests of the sign-in: gets a token, renews it, and asks who it belongs to. */
import type { StopSignal } from '../abortable.ts';
import type { Clock } from '../clock.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { AnswerTooLong, isHtml, parseAnswer, readText } from '../metrika/answer.ts';
import type { Fetch } from '../metrika/fetch.ts';
import type { Exchange } from '../metrika/http.ts';
import { networkFailure } from '../metrika/network-failure.ts';
import { ProgressWatch } from '../metrika/progress-watch.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import {
  isRetriedStatus,
  isTooMany,
  retryAfterOf,
  type RetryNotice,
  type RetryOptions,
  RetrySchedule,
} from '../metrika/retry.ts';
import type { ApiToken } from '../metrika/token.ts';
import type { AuthorityAddress } from './authority-address.ts';
import { readErrorName, readLogin, readTokenAnswer, type TokenAnswer } from './token-answers.ts';

/** The options of the requests. */
export interface AuthorityOptions {
  readonly address: AuthorityAddress;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Returns a number from 0 to 1, for spreading retries over time. */
  readonly random: () => number;
  /** The time without progress after which a request fails, in milliseconds. */
  readonly timeout: number;
  readonly retry: RetryOptions;
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
}

/** The second step of a sign-in. */
export interface CodeGrant {
  readonly code: string;
  readonly verifier: string;
  readonly clientId: string;
}

/** The renewal of a token. */
export interface RefreshGrant {
  readonly refreshToken: string;
  readonly clientId: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: number | undefined;
}

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal?: StopSignal | undefined;
}

/** The time after which a request fails even if it makes progress, in milliseconds. */
const LONGEST_REQUEST = 10 * 60 * 1000;

/**
 * Uses the three methods of the sign-in.
 *
 * @see https://yandex.ru/dev/id/doc/en/codes/code-url
 */
export class Authority {
  readonly #options: AuthorityOptions;

  constructor(options: AuthorityOptions) {
    this.#options = options;
  }

  /**
   * Exchanges a code for a token. A code can be used once, so the request is repeated only if it
   * was certainly not taken.
   *
   * @throws Failure `sign-in-refused` (exit 4) or `sign-in-answer-unreadable` (exit 5);
   *   RequestFailure if there is no answer
   */
  async exchange(grant: CodeGrant, signal?: StopSignal): Promise<TokenAnswer> {
    // Some applications refuse `redirect_uri` in this request, so it is not sent.
    return await this.#token(
      {
        grant_type: 'authorization_code',
        code: grant.code,
        client_id: grant.clientId,
        code_verifier: grant.verifier,
      },
      signal,
    );
  }

  /**
   * Renews a token.
   *
   * @throws the same failures as {@link Authority.exchange}
   * @see https://yandex.ru/dev/id/doc/en/tokens/refresh-client
   */
  async refresh(grant: RefreshGrant, signal?: StopSignal): Promise<TokenAnswer> {
    return await this.#token(
      {
        grant_type: 'refresh_token',
        refresh_token: grant.refreshToken,
        client_id: grant.clientId,
      },
      signal,
    );
  }

  /**
   * Asks which account a token belongs to. A token with any rights will do.
   *
   * @returns the login; `undefined` if the answer does not say it
   * @throws RequestFailure `unauthorized` (exit 4) if the token is not accepted; other failures if
   *   nobody could be asked
   * @see https://yandex.ru/dev/id/doc/en/user-information
   */
  async loginOf(token: ApiToken, signal?: StopSignal): Promise<string | undefined> {
    const isSafe = (): boolean => true;
    const answer = await this.#repeated(signal, isSafe, async () => {
      const got = await this.#request({
        method: 'GET',
        url: `${this.#options.address.info}?format=json`,
        headers: { authorization: token.authorization() },
        signal,
      });
      if (got.status === 401 || got.status === 403) throw notAccepted(got.status);
      return this.#answered(got);
    });
    if (answer.status !== 200) throw unreadable(answer);
    const given = parseAnswer(answer.text);
    if (typeof given !== 'object' || given === null) throw unreadable(answer);
    return readLogin(given);
  }

  async #token(
    form: Readonly<Record<string, string>>,
    signal: StopSignal | undefined,
  ): Promise<TokenAnswer> {
    const body = new URLSearchParams(form).toString();
    const isSafe = ({ fate }: RequestFailure): boolean => fate === 'not-taken';
    const answer = await this.#repeated(signal, isSafe, async () => {
      const got = await this.#request({
        method: 'POST',
        url: `${this.#options.address.base}/token`,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(Buffer.byteLength(body)),
        },
        body,
        signal,
      });
      const error = got.status >= 400 ? readErrorName(parseAnswer(got.text)) : undefined;
      if (error !== undefined && got.status < 500 && !isTooMany(got.status)) {
        throw new Failure('sign-in-refused', { error }, { details: { status: got.status } });
      }
      return this.#answered(got);
    });
    const token = answer.status === 200 ? readTokenAnswer(parseAnswer(answer.text)) : undefined;
    if (token === undefined) throw unreadable(answer);
    return token;
  }

  /** @throws RequestFailure for a status that says that the service cannot answer now */
  #answered(answer: Answer): Answer {
    const { status, retryAfter } = answer;
    if (!isRetriedStatus(status) && status < 500) return answer;
    const taken = isTooMany(status) ? 'not-taken' : 'unknown';
    throw new RequestFailure(
      isTooMany(status) ? 'quota' : 'service-unavailable',
      { status, said: { kind: 'nothing' }, until: undefined },
      { fate: taken, retryable: true, retryAfter, details: { status } },
    );
  }

  async #request(asked: Asked): Promise<Answer> {
    const { clock, onExchange } = this.#options;
    const started = clock.now();
    let status: number | undefined;
    try {
      const answer = await this.#exchange(asked);
      ({ status } = answer);
      return answer;
    } finally {
      const { method, url } = asked;
      const duration = clock.now() - started;
      onExchange?.({ method, url, status, duration, requestId: undefined });
    }
  }

  async #exchange({ method, url, headers, body, signal }: Asked): Promise<Answer> {
    const { fetch, timeout, clock } = this.#options;
    const { host } = new URL(url);
    const watch = new ProgressWatch({ timeout, longest: LONGEST_REQUEST }, signal);
    let hasBegun = false;
    const sent = body === undefined ? undefined : onceSent(body, () => (hasBegun = true));
    try {
      const answer = await fetch(url, {
        method,
        headers: { accept: 'application/json', 'user-agent': 'metrika-calls', ...headers },
        redirect: 'manual',
        signal: watch.signal,
        ...(sent === undefined ? {} : { body: sent, duplex: 'half' as const }),
      });
      hasBegun = true;
      const { status } = answer;
      const retryAfter = retryAfterOf(answer, clock.now());
      return { status, retryAfter, text: await readText(answer, watch) };
    } catch (error) {
      signal?.throwIfAborted();
      const fate = hasBegun ? 'unknown' : 'not-taken';
      if (error instanceof AnswerTooLong) {
        const bound = { fate: 'unknown', retryable: false, cause: error } as const;
        throw new RequestFailure('answer-too-long', { host, bytes: error.bytes }, bound);
      }
      if (watch.expired !== undefined) {
        const outcome = { fate, retryable: true, cause: error } as const;
        throw new RequestFailure(
          'timeout',
          { host, timeout: watch.waited, phase: 'first' },
          outcome,
        );
      }
      throw networkFailure({ error, host, isComplete: hasBegun, isSending: hasBegun });
    } finally {
      watch.end();
    }
  }

  /** @param isSafe says whether a request that failed in this way may be sent again */
  async #repeated(
    signal: StopSignal | undefined,
    isSafe: (failure: RequestFailure) => boolean,
    attempt: () => Promise<Answer>,
  ): Promise<Answer> {
    const { clock, random, retry, onRetry } = this.#options;
    const schedule = new RetrySchedule({ clock, random, policy: retry, onRetry, signal });
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof RequestFailure) || !error.retryable || !isSafe(error)) throw error;
        if (!(await schedule.waitForNext(error))) throw error;
      }
    }
  }
}

/** Yields a body, and says when the connection takes it. */
async function* onceSent(body: string, onTaken: () => void): AsyncIterable<Uint8Array> {
  onTaken();
  yield await Promise.resolve(Buffer.from(body));
}

function notAccepted(status: number): RequestFailure {
  return new RequestFailure(
    'unauthorized',
    { status, said: { kind: 'nothing' }, until: undefined },
    { fate: 'refused', retryable: false, details: { status } },
  );
}

/** The answer may repeat a code or a token, so nothing of it is shown. */
function unreadable({ status, text }: Answer): Failure {
  return new Failure(
    'sign-in-answer-unreadable',
    { status, isHtml: isHtml(text) },
    { exitCode: EXIT_CODES.refused, details: { status } },
  );
}
