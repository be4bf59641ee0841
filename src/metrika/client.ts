/** Sends the requests of the Management API that concern phone calls. */
import type { StopSignal } from '../abortable.ts';
import { LIST_PAGE } from '../limits.ts';
import type { FailureParameters } from '../words/en/failures.ts';
import { parseAnswer } from './answer.ts';
import { type Counter, type CounterPage, readCounters } from './counters.ts';
import { Http, type HttpOptions, type HttpRequest } from './http.ts';
import { multipartBody } from './multipart.ts';
import {
  conversionsPath,
  COUNTERS_PATH,
  type UploadParameters,
  uploadPath,
  uploadQuery,
} from './paths.ts';
import { RequestFailure } from './request-failure.ts';
import { repeated, type RetryNotice, type RetryOptions } from './retry.ts';
import { type CallUploading, readUploading, readUploadings } from './schemas.ts';

/** The options of a client. */
export interface ClientOptions extends HttpOptions {
  /** Returns a number from 0 to 1, for spreading retries over time. */
  readonly random: () => number;
  readonly retry: RetryOptions;
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
}

/** A file of calls, ready to be sent. */
export interface CallsFile {
  readonly name: string;
  /** The length in bytes. */
  readonly length: number;
  /**
   * The bytes, which can be read only once. A block is valid until the reader requests the next
   * block.
   */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Uploads of a counter. */
export interface Listing {
  readonly uploadings: readonly CallUploading[];
  /** The number of entries without a readable id. */
  readonly unreadable: number;
}

/** The counters that a token may see. */
export interface CounterListing {
  readonly counters: readonly Counter[];
  /** The number of entries without a readable number. */
  readonly unreadable: number;
}

/** What a list of the service has. */
type ListNoun = FailureParameters['list-endless']['noun'];

/** Entries of a list. */
interface Page<Entry> {
  readonly entries: readonly Entry[];
  /** The number of entries without a readable id. */
  readonly unreadable: number;
}

/** The answer to an upload. */
export interface UploadAnswer {
  readonly uploading: CallUploading;
  /**
   * Whether the answer came before the file was completely sent. If so, the upload may lack
   * records.
   */
  readonly isEarly: boolean;
}

/** The number of counters to ask for in one page. */
const COUNTER_PAGE = 1000;

/** The limits for reading a list: the number of pages, and the time in milliseconds. */
const MOST_PAGES = 1000;
const LONGEST_LIST = 60 * 60 * 1000;

/** The number of retries of a look that must not delay the sending. */
const QUICK_RETRIES = 2;

/**
 * Uses the three methods of the Management API that concern phone calls.
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
   * Sends a file of calls once. A file that is sent twice becomes two uploads. So do not send a
   * file again before you have checked whether it has arrived.
   *
   * @returns the upload that the service created, according to its answer
   * @throws RequestFailure if the request fails; the Failure from the file if it cannot be read
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
    const uploading = readUploading(parseAnswer(answer.text));
    if (uploading !== undefined) return { uploading, isEarly };
    if (!isEarly) throw this.#http.unreadable(answer, 'unknown');
    const { status } = answer;
    const outcome = { fate: 'unknown', retryable: true, details: { status } } as const;
    throw new RequestFailure('answer-early', { status }, outcome);
  }

  /**
   * Requests one upload, with retries.
   *
   * @param id the int64 id of the upload as decimal digits
   * @throws RequestFailure when the last retry fails
   */
  async findCallUploading(
    counter: number,
    id: string,
    signal?: StopSignal,
  ): Promise<CallUploading> {
    return await this.#repeated(signal, () => this.findCallUploadingOnce(counter, id, signal));
  }

  /**
   * Requests one upload without retries, for code that repeats the request itself.
   *
   * @throws RequestFailure
   */
  async findCallUploadingOnce(
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
    const uploading = readUploading(parseAnswer(answer.text));
    // An answer about another upload says nothing about this one.
    if (uploading?.id === id) return uploading;
    throw this.#http.unreadable(answer, 'refused');
  }

  /**
   * Requests one page of the counter's uploads, in the order of the service.
   *
   * @param page the maximum number of uploads to return, and the number of uploads to skip
   * @throws RequestFailure when the last retry fails
   */
  async findCallUploadings(
    counter: number,
    page: { readonly limit: number; readonly offset: number },
    signal?: StopSignal,
  ): Promise<Listing> {
    return await this.#repeated(signal, () => this.#pageOnce(counter, page, signal));
  }

  /**
   * Requests the pages of the counter's uploads one after another. Stops after a page without
   * uploads, or after a page with only uploads that earlier pages had.
   *
   * @param isEnough called with the uploads of each page; returns `true` if no more pages are
   *   needed
   * @throws RequestFailure when the last retry of a page fails, or when the list has too many pages
   *   or takes too long
   */
  async findAllCallUploadings(
    counter: number,
    signal?: StopSignal,
    isEnough: (page: readonly CallUploading[]) => boolean = () => false,
  ): Promise<Listing> {
    const { clock } = this.#options;
    const latest = clock.now() + LONGEST_LIST;
    return await this.#allUploadings(
      () => clock.now() > latest,
      (page) => this.findCallUploadings(counter, page, signal),
      isEnough,
    );
  }

  async #allUploadings(
    isLate: () => boolean,
    read: (page: { readonly limit: number; readonly offset: number }) => Promise<Listing>,
    isEnough: (page: readonly CallUploading[]) => boolean = () => false,
  ): Promise<Listing> {
    const { entries, unreadable } = await this.#allPages('upload', isLate, async (offset) => {
      const { uploadings, ...page } = await read({ limit: LIST_PAGE, offset });
      return { ...page, entries: uploadings, isLast: isEnough(uploadings) };
    });
    return { uploadings: entries, unreadable };
  }

  /**
   * Reads pages one after another. A page may be shorter than asked, so each page begins after the
   * entries that were read. Stops after a page that has no new entry.
   *
   * @param isLate says whether it has taken too long to read the list
   * @param read requests the page behind a number of entries
   * @throws RequestFailure `list-endless`, or a failure of `read`
   */
  async #allPages<Entry extends { readonly id: string | number }>(
    noun: ListNoun,
    isLate: () => boolean,
    read: (offset: number) => Promise<Page<Entry> & { readonly isLast: boolean }>,
  ): Promise<Page<Entry>> {
    const byId = new Map<Entry['id'], Entry>();
    let unreadable = 0;
    for (let offset = 0, pages = 0; ; pages += 1) {
      if (pages >= MOST_PAGES || isLate()) {
        const bound = { fate: 'refused', retryable: false } as const;
        throw new RequestFailure('list-endless', { pages, entries: byId.size, noun }, bound);
      }
      const page = await read(offset);
      const before = byId.size;
      for (const entry of page.entries) byId.set(entry.id, entry);
      unreadable += page.unreadable;
      if (byId.size === before || page.isLast) return { entries: [...byId.values()], unreadable };
      offset += page.entries.length + page.unreadable;
    }
  }

  /**
   * Requests the pages of the counter's uploads with few retries, so that the look does not delay the
   * sending. All pages together, with their retries, must arrive within the `timeout` of the client.
   *
   * @throws RequestFailure
   */
  async findAllCallUploadingsQuickly(counter: number, signal?: StopSignal): Promise<Listing> {
    const { clock, random, timeout, retry } = this.#options;
    const latest = clock.now() + timeout;
    const timeLeft = (): number => {
      const left = latest - clock.now();
      if (left <= 0) throw this.#http.lookTimeout();
      return left;
    };
    return await this.#allUploadings(
      () => false,
      async (page) => {
        const retries = Math.min(retry.retries, QUICK_RETRIES);
        const policy = { retries, totalTime: timeLeft() };
        const attempt = async (): Promise<Listing> =>
          await this.#pageOnce(counter, page, signal, timeLeft());
        return await repeated(attempt, { clock, random, policy, signal });
      },
    );
  }

  /**
   * Requests the first page of the counter's uploads without retries.
   *
   * @throws RequestFailure
   */
  async findNewestCallUploadingsOnce(counter: number, signal?: StopSignal): Promise<Listing> {
    return await this.#pageOnce(counter, { limit: LIST_PAGE, offset: 0 }, signal);
  }

  async #pageOnce(
    counter: number,
    page: { readonly limit: number; readonly offset: number },
    signal: StopSignal | undefined,
    longestOfLook?: number,
  ): Promise<Listing> {
    const answer = await this.#http.request({
      operation: 'findAllCallUploadings',
      method: 'GET',
      path: `${conversionsPath(counter)}/calls_uploadings`,
      query: [
        ['limit', String(page.limit)],
        ['offset', String(page.offset)],
      ],
      signal,
      longestOfLook,
    });
    const uploadings = readUploadings(parseAnswer(answer.text));
    if (uploadings === undefined) throw this.#http.unreadable(answer, 'refused');
    return uploadings;
  }

  /**
   * Requests the pages of the counters that the token may see.
   *
   * @throws RequestFailure when the last retry of a page fails, or when the list has too many pages
   *   or takes too long
   */
  async findCounters(signal?: StopSignal): Promise<CounterListing> {
    const { clock } = this.#options;
    const latest = clock.now() + LONGEST_LIST;
    const { entries, unreadable } = await this.#allPages(
      'counter',
      () => clock.now() > latest,
      async (offset) => {
        const { counters, rows, ...page } = await this.#repeated(signal, () =>
          this.#countersOnce(offset + 1, signal),
        );
        const end = offset + counters.length + page.unreadable;
        return { ...page, entries: counters, isLast: rows !== undefined && end >= rows };
      },
    );
    return { counters: entries, unreadable };
  }

  /**
   * Requests one counter, to find out whether the service accepts the token.
   *
   * @throws RequestFailure when the last retry fails; its code is `unauthorized` if the token is not
   *   accepted, and `access-denied` if it may not read
   */
  async tryToken(signal?: StopSignal): Promise<void> {
    await this.#repeated(signal, () => this.#countersOnce(1, signal, 1));
  }

  /**
   * @param offset the number of the first counter, from 1
   * @param size the largest number of counters in the page
   */
  async #countersOnce(
    offset: number,
    signal: StopSignal | undefined,
    size = COUNTER_PAGE,
  ): Promise<CounterPage> {
    const answer = await this.#http.request({
      operation: 'findCounters',
      method: 'GET',
      path: COUNTERS_PATH,
      query: [
        ['per_page', String(size)],
        ['offset', String(offset)],
      ],
      signal,
    });
    const page = readCounters(parseAnswer(answer.text));
    if (page === undefined) throw this.#http.unreadable(answer, 'refused');
    return page;
  }

  async #repeated<Result>(
    signal: StopSignal | undefined,
    attempt: () => Promise<Result>,
  ): Promise<Result> {
    const { clock, random, retry, onRetry } = this.#options;
    return await repeated(attempt, { clock, random, policy: retry, onRetry, signal });
  }
}
