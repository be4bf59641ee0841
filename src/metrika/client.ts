import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import { cleanedError, excerpt, parsed, readText, requestIdOf, retryAfterOf } from './answer.ts';
import type { Fetch } from './fetch.ts';
import { ProgressWatch, watchedBody } from './progress-watch.ts';
import { multipartBody } from './multipart.ts';
import { networkFailure, type Operation, refusal, RequestFailure } from './request-failure.ts';
import { type CallUploading, readServiceError, readUploading, readUploadings } from './schemas.ts';
import type { ApiToken } from './token.ts';
import { RateLimit } from './rate-limit.ts';
import { repeated, type RetryNotice, type RetryPolicy } from './retry.ts';

/** One request with its answer, for those who want to watch. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** HTTP status; `undefined` when there was no answer. */
  readonly status: number | undefined;
  /** Milliseconds from the start of the request to the end of the answer. */
  readonly duration: number;
  readonly requestId: string | undefined;
}

/** What a client needs from its surroundings. */
export interface ClientSettings {
  /** Base address, checked by `apiAddress`. */
  readonly address: string;
  readonly token: ApiToken;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** A number from 0 to 1, for the spreading of retries. */
  readonly random: () => number;
  /** Milliseconds without progress after which a request is given up. */
  readonly timeout: number;
  readonly retry: RetryPolicy;
  /** Hides what is personal in the service's words; without it they stay as they are. */
  readonly mask?: ((text: string) => string) | undefined;
  readonly onExchange?: (exchange: Exchange) => void;
  readonly onRetry?: (notice: RetryNotice) => void;
}

/** A file of calls as it goes over the line. */
export interface CallsFile {
  readonly name: string;
  /** Bytes. */
  readonly length: number;
  /** Its bytes, read once; each block is valid until the next one is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** What goes beside the file; each is sent only when given. */
export interface UploadParameters {
  readonly comment?: string | undefined;
  readonly newGoalName?: string | undefined;
}

/** An answer with the time that the service's own clock showed. */
export interface Listing {
  readonly uploadings: readonly CallUploading[];
  /** How many entries had no id that could be read. */
  readonly unreadable: number;
  /** Service's clock minus ours, in milliseconds; `undefined` when the service did not say. */
  readonly clockSkew: number | undefined;
}

interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  /** Service's clock minus ours when the head of the answer came, in milliseconds. */
  readonly clockSkew: number | undefined;
}

interface RawRequest {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly headers?: Record<string, string>;
  readonly body?: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal | undefined;
  /** Is told when the last byte of the body was handed over. */
  readonly onBodySent?: () => void;
}

/** What the list method returns at most in one page. */
export const LIST_PAGE = 10_000;

/**
 * The three methods of the Management API that concern calls.
 *
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/uploadCalls
 */
export class MetrikaClient {
  readonly #settings: ClientSettings;
  readonly #limit: RateLimit;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
    this.#limit = new RateLimit(settings.clock);
  }

  /**
   * Sends a file of calls. It is never repeated here: sending is not idempotent, so the decision
   * belongs to those who can look whether the first one arrived.
   *
   * @returns the uploading that the service made
   * @throws RequestFailure with the request's fate, or the error of the file's own bytes
   */
  async uploadCalls(
    counter: number,
    file: CallsFile,
    parameters: UploadParameters,
    watch: { readonly signal?: AbortSignal; readonly onBodySent?: () => void } = {},
  ): Promise<CallUploading> {
    const body = multipartBody(file.content, file.length, file.name);
    const answer = await this.#request({
      operation: 'uploadCalls',
      method: 'POST',
      path: uploadPath(counter),
      query: uploadQuery(parameters),
      headers: { ...body.headers },
      body: body.bytes,
      ...watch,
    });
    if (!body.complete) throw earlyAnswer(answer.status);
    const uploading = readUploading(parsed(answer.text));
    if (uploading !== undefined) return uploading;
    throw this.#unreadable('POST', answer, 'unknown');
  }

  /**
   * @param id the uploading's int64 as decimal digits
   * @throws RequestFailure after the retries
   */
  async findCallUploading(
    counter: number,
    id: string,
    signal?: AbortSignal,
  ): Promise<CallUploading> {
    return await this.#repeated(signal, async () => {
      const answer = await this.#request({
        operation: 'findCallUploadingById',
        method: 'GET',
        path: `${conversionsPath(counter)}/calls_uploading/${id}`,
        signal,
      });
      const uploading = readUploading(parsed(answer.text));
      if (uploading !== undefined) return uploading;
      throw this.#unreadable('GET', answer, 'not-taken');
    });
  }

  /**
   * One page of the counter's uploadings, in the service's order.
   *
   * @param page how many uploadings at most, and how many to skip before them
   * @throws RequestFailure after the retries
   */
  async findCallUploadings(
    counter: number,
    page: { readonly limit: number; readonly offset: number },
    signal?: AbortSignal,
  ): Promise<Listing> {
    return await this.#repeated(signal, async () => {
      const answer = await this.#request({
        operation: 'findAllCallUploadings',
        method: 'GET',
        path: `${conversionsPath(counter)}/calls_uploadings`,
        query: [
          ['limit', String(page.limit)],
          ['offset', String(page.offset)],
        ],
        signal,
      });
      const uploadings = readUploadings(parsed(answer.text));
      if (uploadings === undefined) throw this.#unreadable('GET', answer, 'not-taken');
      return { ...uploadings, clockSkew: answer.clockSkew };
    });
  }

  /**
   * All uploadings of the counter, page after page, until a page brings nothing new.
   *
   * @throws RequestFailure after the retries
   */
  async findAllCallUploadings(counter: number, signal?: AbortSignal): Promise<Listing> {
    const byId = new Map<string, CallUploading>();
    let clockSkew: number | undefined;
    let unreadable = 0;
    for (let offset = 0; ;) {
      const page = await this.findCallUploadings(counter, { limit: LIST_PAGE, offset }, signal);
      clockSkew ??= page.clockSkew;
      const before = byId.size;
      for (const uploading of page.uploadings) byId.set(uploading.id, uploading);
      unreadable += page.unreadable;
      if (byId.size === before) return { uploadings: [...byId.values()], unreadable, clockSkew };
      offset += page.uploadings.length + page.unreadable;
    }
  }

  async #repeated<Result>(
    signal: AbortSignal | undefined,
    attempt: () => Promise<Result>,
  ): Promise<Result> {
    const { clock, random, retry, onRetry } = this.#settings;
    return await repeated(attempt, { clock, random, policy: retry, onRetry, signal });
  }

  async #request(request: RawRequest): Promise<RawAnswer> {
    const { address, clock } = this.#settings;
    const url = `${address}${request.path}${queryString(request.query ?? [])}`;
    await this.#limit.turn(request.signal);
    const started = clock.now();
    let answer: RawAnswer | undefined;
    try {
      answer = await this.#exchange(url, request);
    } finally {
      this.#settings.onExchange?.({
        method: request.method,
        url,
        status: answer?.status,
        duration: clock.now() - started,
        requestId: answer?.requestId,
      });
    }
    if (answer.status >= 200 && answer.status < 300) return answer;
    const parsedAnswer = parsed(answer.text);
    throw refusal({
      operation: request.operation,
      status: answer.status,
      error: cleanedError(readServiceError(parsedAnswer), (text) => this.#clean(text)),
      excerpt: this.#clean(excerpt(this.#clean(answer.text))),
      requestId: answer.requestId,
      retryAfter: answer.retryAfter,
      now: clock.now(),
    });
  }

  /** The service's words without what is nobody's business; markup may have parted it. */
  #clean(text: string): string {
    const { token, mask } = this.#settings;
    const redacted = token.redact(text);
    return mask === undefined ? redacted : mask(redacted);
  }

  async #exchange(url: string, request: RawRequest): Promise<RawAnswer> {
    const { token, fetch, timeout, clock } = this.#settings;
    const { host } = new URL(url);
    const watch = new ProgressWatch(timeout, request.signal);
    const body =
      request.body === undefined ? undefined : watchedBody(request.body, watch, request.onBodySent);
    let head: Omit<RawAnswer, 'text'> | undefined;
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
      const date = Date.parse(answer.headers.get('date') ?? '');
      head = {
        status: answer.status,
        requestId: requestIdOf(answer, token),
        retryAfter: retryAfterOf(answer, clock.now()),
        clockSkew: Number.isNaN(date) ? undefined : date - clock.now(),
      };
      return { ...head, text: await readText(answer, watch) };
    } catch (error) {
      request.signal?.throwIfAborted();
      // The file's own trouble outranks the connection's: it is why the connection was broken off.
      if (body?.error instanceof Failure) throw body.error;
      const started = body?.started ?? false;
      // A refusal is one by its status, whether or not its words arrived.
      if (head !== undefined && head.status >= 300) return { ...head, text: '' };
      if (watch.expired) throw timeoutFailure(host, timeout, started);
      if (head !== undefined) throw cutAnswer(host, head.status, error, started);
      throw networkFailure({ error, host, bodyStarted: started });
    } finally {
      watch.end();
    }
  }

  #unreadable(
    method: 'GET' | 'POST',
    answer: RawAnswer,
    fate: 'unknown' | 'not-taken',
  ): RequestFailure {
    const begins = this.#clean(excerpt(this.#clean(answer.text)));
    return new RequestFailure({
      code: 'answer-unreadable',
      exitCode: 6,
      message: `The service answered ${method} with HTTP ${String(answer.status)} and something else than it should${begins === '' ? ': an empty answer' : `. The answer begins: ${begins}`}.`,
      hint: 'A proxy or a login page of your network may have answered instead. Check --api-url and the network, and try again.',
      fate,
      passing: false,
      details: {
        status: answer.status,
        ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
      },
    });
  }
}

/** The path that calls of a counter are sent to. */
export function uploadPath(counter: number): string {
  return `${conversionsPath(counter)}/upload_calls`;
}

/** The query parameters of an upload: only those that are given. */
export function uploadQuery(parameters: UploadParameters): (readonly [string, string])[] {
  const query: (readonly [string, string])[] = [];
  if (parameters.comment !== undefined) query.push(['comment', parameters.comment]);
  if (parameters.newGoalName !== undefined) query.push(['new_goal_name', parameters.newGoalName]);
  return query;
}

/**
 * @param query names and values, not yet encoded
 * @returns the query with its question mark; the empty string when there is none
 */
export function queryString(query: readonly (readonly [string, string])[]): string {
  // A blank becomes %20: whether the service reads + as a blank is not documented.
  const pairs = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function conversionsPath(counter: number): string {
  return `/management/v1/counter/${String(counter)}/offline_conversions`;
}

function timeoutFailure(host: string, timeout: number, started: boolean): RequestFailure {
  return new RequestFailure({
    code: 'timeout',
    exitCode: 6,
    message: `No answer from ${host}: nothing has moved for ${String(timeout / 1000)} s.`,
    hint: 'Check the network connection and try again; --timeout gives a slow service more time.',
    fate: started ? 'unknown' : 'not-taken',
    passing: true,
  });
}

/** Whoever has not read the file to its end cannot know that it is all there. */
function earlyAnswer(status: number): RequestFailure {
  return new RequestFailure({
    code: 'answer-early',
    exitCode: 6,
    message: `The service answered with HTTP ${String(status)} before the whole file had left, so the answer says nothing of it.`,
    hint: 'A proxy or gateway of your network may have answered in its place. Check --api-url and the network, and try again.',
    fate: 'unknown',
    passing: true,
    details: { status },
  });
}

function cutAnswer(host: string, status: number, cause: unknown, started: boolean): RequestFailure {
  return new RequestFailure({
    code: 'answer-cut',
    exitCode: 6,
    message: `The answer from ${host} (HTTP ${String(status)}) broke off before its end.`,
    hint: 'Check the network connection and try again.',
    fate: started ? 'unknown' : 'not-taken',
    passing: true,
    details: { status },
    cause,
  });
}
