/** The methods of the Management API that concern calls. */
import type { StopSignal } from '../abortable.ts';
import { LIST_PAGE } from '../limits.ts';
import { parsed } from './answer.ts';
import { Http, type HttpOptions, type HttpRequest } from './http.ts';
import { multipartBody } from './multipart.ts';
import { conversionsPath, type UploadParameters, uploadPath, uploadQuery } from './paths.ts';
import { RequestFailure } from './request-failure.ts';
import { repeated, type RetryNotice, type RetryOptions } from './retry.ts';
import { type CallUploading, readUploading, readUploadings } from './schemas.ts';

/** What a client needs. */
export interface ClientOptions extends HttpOptions {
  /** A number from 0 to 1, for the spreading of retries. */
  readonly random: () => number;
  readonly retry: RetryOptions;
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
}

/** A file of calls as it goes over the line. */
export interface CallsFile {
  readonly name: string;
  /** Bytes. */
  readonly length: number;
  /** Its bytes, read once; each block is valid until the next one is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Uploads of a counter. */
export interface Listing {
  readonly uploadings: readonly CallUploading[];
  /** How many entries had no id that could be read. */
  readonly unreadable: number;
}

/** The answer to an upload. */
export interface UploadAnswer {
  readonly uploading: CallUploading;
  /** Whether it came before the whole file had left, so that it may not be about all of it. */
  readonly isEarly: boolean;
}

/** A list has an end: so many pages, and so many milliseconds. */
const MOST_PAGES = 1000;
const LONGEST_LIST = 60 * 60 * 1000;

/**
 * The three methods of the Management API that concern calls.
 *
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/uploadCalls
 */
export class MetrikaClient {
  readonly #options: ClientOptions;
  readonly #http: Http;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#http = new Http(options);
  }

  /**
   * Sends a file of calls. It is never repeated here: sending is not idempotent, so the decision
   * belongs to those who can check whether the first one arrived.
   *
   * @returns the upload that the service says it made
   * @throws RequestFailure with the request's fate, or the error of the file's own bytes
   */
  async uploadCalls(
    counter: number,
    file: CallsFile,
    parameters: UploadParameters,
    watch: Pick<HttpRequest, 'signal' | 'onBodySent'> = {},
  ): Promise<UploadAnswer> {
    const body = multipartBody(file.content, file.length, file.name);
    const answer = await this.#http.request({
      operation: 'uploadCalls',
      method: 'POST',
      path: uploadPath(counter),
      query: uploadQuery(parameters),
      headers: { ...body.headers },
      body,
      ...watch,
    });
    const isEarly = !body.complete;
    const uploading = readUploading(parsed(answer.text));
    if (uploading !== undefined) return { uploading, isEarly };
    if (!isEarly) throw this.#http.unreadable(answer, 'unknown');
    const { status } = answer;
    const outcome = { fate: 'unknown', retryable: true, details: { status } } as const;
    throw new RequestFailure('answer-early', { status }, outcome);
  }

  /**
   * @param id the upload's int64 as decimal digits
   * @throws RequestFailure after the retries
   */
  async findCallUploading(
    counter: number,
    id: string,
    signal?: StopSignal,
  ): Promise<CallUploading> {
    return await this.#repeated(signal, () => this.lookAtCallUploading(counter, id, signal));
  }

  /**
   * The same with a single request, for those who come again anyway.
   *
   * @throws RequestFailure
   */
  async lookAtCallUploading(
    counter: number,
    id: string,
    signal?: StopSignal,
  ): Promise<CallUploading> {
    const answer = await this.#http.request({
      operation: 'findCallUploadingById',
      method: 'GET',
      path: `${conversionsPath(counter)}/calls_uploading/${id}`,
      signal,
    });
    const uploading = readUploading(parsed(answer.text));
    if (uploading !== undefined) return uploading;
    throw this.#http.unreadable(answer, 'refused');
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
    signal?: StopSignal,
  ): Promise<Listing> {
    return await this.#repeated(signal, async () => {
      const answer = await this.#http.request({
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
      if (uploadings === undefined) throw this.#http.unreadable(answer, 'refused');
      return uploadings;
    });
  }

  /**
   * All uploads of the counter, page after page, until a page brings nothing new.
   *
   * @throws RequestFailure after the retries
   */
  async findAllCallUploadings(counter: number, signal?: StopSignal): Promise<Listing> {
    const { clock } = this.#options;
    const byId = new Map<string, CallUploading>();
    const started = clock.now();
    let unreadable = 0;
    for (let offset = 0, pages = 0; ; pages += 1) {
      if (pages >= MOST_PAGES || clock.now() - started > LONGEST_LIST) {
        const bound = { fate: 'refused', retryable: false } as const;
        throw new RequestFailure('list-endless', { pages, uploads: byId.size }, bound);
      }
      const page = await this.findCallUploadings(counter, { limit: LIST_PAGE, offset }, signal);
      const before = byId.size;
      for (const uploading of page.uploadings) byId.set(uploading.id, uploading);
      unreadable += page.unreadable;
      if (byId.size === before) return { uploadings: [...byId.values()], unreadable };
      offset += page.uploadings.length + page.unreadable;
    }
  }

  async #repeated<Result>(
    signal: StopSignal | undefined,
    attempt: () => Promise<Result>,
  ): Promise<Result> {
    const { clock, random, retry, onRetry } = this.#options;
    return await repeated(attempt, { clock, random, policy: retry, onRetry, signal });
  }
}
