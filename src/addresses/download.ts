/** Downloads a file from a web address into a private temporary file. */
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import * as z from 'zod/mini';
import { abortable, type StopSignal } from '../abortable.ts';
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import { unpacked } from '../files/gzip.ts';
import type { LocalFile } from '../files/local-file.ts';
import { SpooledFile } from '../files/spooled-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { LARGEST_FILE } from '../limits.ts';
import type { FetchAnswer } from '../metrika/fetch.ts';
import { networkFailure } from '../metrika/network-failure.ts';
import { ProgressWatch } from '../metrika/progress-watch.ts';
import type { ProxyEnvironment } from '../metrika/proxy-environment.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import {
  isRetriedStatus,
  repeated,
  retryAfterOf,
  type RetryNotice,
  type RetryOptions,
} from '../metrika/retry.ts';
import { openConnections } from '../metrika/undici-fetch.ts';
import { allowedAddress, checkAddress, forbidden } from './file-address.ts';
import { isPublicAddress, kindOfHost } from './host-kinds.ts';
import { type SharedFile, sharedFile, type SharingService } from './share-links.ts';

/** How to download files. */
export interface DownloadOptions {
  /** A download fails after this time without progress, in milliseconds. */
  readonly timeout: number;
  readonly retry: RetryOptions;
  /** The environment variables that name proxies. */
  readonly environment: ProxyEnvironment;
  /** The certificate authorities to trust, in PEM. The default is Node's own list. */
  readonly authorities: readonly string[] | undefined;
  readonly clock: Clock;
  /** Returns a number from 0 to 1. */
  readonly random: () => number;
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
  /** Called when a link to a shared file is replaced by the address of its download. */
  readonly onShared?: ((service: SharingService) => void) | undefined;
  /** Resolves the name of a host; the system's own function by default. */
  readonly lookup?: typeof systemLookup | undefined;
  /** Says whether an IP address is public. By default, the range of the address decides. */
  readonly isPublic?: ((address: string) => boolean) | undefined;
  readonly signal?: StopSignal | undefined;
  /** The maximum size of a file, in bytes. The default is the limit of the service. */
  readonly largest?: number | undefined;
}

/** The largest number of redirects. */
const MOST_REDIRECTS = 5;

/** The time after which a download fails even if it makes progress, in milliseconds. */
const LONGEST_DOWNLOAD = 60 * 60 * 1000;

/**
 * A sharing service may answer with the address of a file. The program stops reading such an answer
 * after this number of characters.
 */
const LONGEST_LOOKUP = 64 * 1024;

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** The name of the downloaded file, if its address has no usable name. */
const USUAL_NAME = 'calls.csv';

const LOOKUP = z.object({ href: z.string() });

/**
 * Downloads a file.
 *
 * @param address the address as the user wrote it
 * @throws Failure `address-forbidden` (exit 2) if the program must not read this address
 * @throws UnreadableFile if the server refuses the file, or if the file is too large
 * @throws RequestFailure (exit 6) if the download still fails after all retries
 */
export async function downloadedFile(
  address: string,
  options: DownloadOptions,
): Promise<LocalFile> {
  const url = allowedAddress(address);
  const shared = sharedFile(url);
  if (shared !== undefined) options.onShared?.(shared.service);
  const spool = await SpooledFile.create();
  try {
    const { clock, random, retry: policy, onRetry, signal } = options;
    await repeated(
      async () => {
        spool.rewind();
        await new Download(options, spool).run(url, shared);
      },
      { clock, random, policy, onRetry, signal },
    );
    const file = spool.finish(nameIn(url), signal);
    if (!isLoginPage(file)) return file;
    file.close();
    throw new UnreadableFile('address-not-open', { host: url.host });
  } finally {
    spool.discard();
  }
}

function nameIn({ pathname }: URL): string {
  const last = pathname.split('/').at(-1) ?? '';
  return /^[\w.-]{1,100}\.\w{1,5}$/.test(last) ? last : USUAL_NAME;
}

/** One attempt at a download: a chain of requests. An answer can name the next address. */
class Download {
  readonly #options: DownloadOptions;
  readonly #spool: SpooledFile;
  /** Whether the chain has reached a public host. If so, all later hosts must be public. */
  #wasPublic = false;
  #redirects = 0;
  #bytes = 0;

  constructor(options: DownloadOptions, spool: SpooledFile) {
    this.#options = options;
    this.#spool = spool;
  }

  async run(first: URL, shared: SharedFile | undefined): Promise<void> {
    let url = shared === undefined ? first : new URL(shared.url);
    let isLookup = shared?.isLookup ?? false;
    for (;;) {
      const next = await this.#request(url, isLookup);
      if (next === undefined) return;
      isLookup = false;
      this.#redirects += 1;
      if (this.#redirects > MOST_REDIRECTS) {
        throw new UnreadableFile('address-redirects', { host: url.host, most: MOST_REDIRECTS });
      }
      if (isLogin(next)) throw new UnreadableFile('address-not-open', { host: url.host });
      url = this.#allowedNext(url, next);
    }
  }

  /** Checks the target of a redirect. */
  #allowedNext(from: URL, next: URL): URL {
    if (next.protocol !== from.protocol) throw forbidden('other-scheme', from.host);
    checkAddress(next);
    return next;
  }

  /** @returns the next address; `undefined` if the file has arrived */
  async #request(url: URL, isLookup: boolean): Promise<URL | undefined> {
    const { timeout, environment, authorities, signal } = this.#options;
    const guard = new HostGuard(this.#options, this.#wasPublic);
    guard.checkName(url);
    const watch = new ProgressWatch({ timeout, longest: LONGEST_DOWNLOAD }, signal);
    const connections = openConnections({
      address: url.origin,
      connectTimeout: timeout,
      environment,
      authorities,
      lookup: guard.lookup,
    });
    let isAnswered = false;
    try {
      const answer = await connections.fetch(url.href, {
        method: 'GET',
        headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'metrika-calls' },
        redirect: 'manual',
        signal: watch.signal,
      });
      isAnswered = true;
      watch.progressed();
      this.#wasPublic ||= guard.isPublic;
      return await this.#read(answer, url, isLookup, watch);
    } catch (error) {
      if (guard.refused !== undefined) throw guard.refused;
      if (error instanceof Failure) throw error;
      signal?.throwIfAborted();
      if (watch.expired !== undefined) {
        const phase = watch.expired === 'longest' ? 'all' : isAnswered ? 'download' : 'first';
        const outcome = { fate: 'not-taken', retryable: true, cause: error } as const;
        throw new RequestFailure(
          'timeout',
          { host: url.host, timeout: watch.waited, phase },
          outcome,
        );
      }
      if (isAnswered) {
        const outcome = { fate: 'not-taken', retryable: true, cause: error } as const;
        throw new RequestFailure('download-cut', { host: url.host }, outcome);
      }
      throw networkFailure({ error, host: url.host, isSending: false, isComplete: false });
    } finally {
      watch.end();
      await connections.close();
    }
  }

  async #read(
    answer: FetchAnswer,
    url: URL,
    isLookup: boolean,
    watch: ProgressWatch,
  ): Promise<URL | undefined> {
    const { largest = LARGEST_FILE } = this.#options;
    const { status } = answer;
    const location = answer.headers.get('location');
    if (REDIRECTS.includes(status) && location !== null) {
      if (!URL.canParse(location, url.href)) throw forbidden('invalid-next', url.host);
      return new URL(location, url.href);
    }
    if (status !== 200) throw this.#refused(answer, url);
    if (isLookup) return await lookedUp(answer, url);
    const sent = withProgress(abortable(answer.body ?? none(), watch.signal), watch);
    for await (const block of withoutPacking(sent, answer, url)) {
      this.#bytes += block.length;
      if (this.#bytes > largest) {
        throw new UnreadableFile('address-excess', { host: url.host, bytes: largest });
      }
      this.#spool.write(block);
    }
    return undefined;
  }

  #refused(answer: FetchAnswer, url: URL): Failure {
    const { status } = answer;
    const { host } = url;
    if (isRetriedStatus(status)) {
      const retryAfter = retryAfterOf(answer, this.#options.clock.now());
      const outcome = { fate: 'not-taken', retryable: true, retryAfter } as const;
      return new RequestFailure('address-busy', { host, status }, outcome);
    }
    if (status === 401 || status === 403) return new UnreadableFile('address-not-open', { host });
    if (status >= 500) {
      const outcome = { fate: 'not-taken', retryable: false } as const;
      return new RequestFailure('address-busy', { host, status }, outcome);
    }
    return new UnreadableFile('address-refused', { host, status });
  }
}

/** Reads the address of a file from the answer of a sharing service. */
async function lookedUp({ body }: FetchAnswer, { host }: URL): Promise<URL> {
  let text = '';
  for await (const block of body ?? none()) {
    text += Buffer.from(block).toString('utf8');
    if (text.length > LONGEST_LOOKUP) break;
  }
  const answer = LOOKUP.safeParse(parsedJson(text));
  const href = answer.success ? answer.data.href : '';
  if (!URL.canParse(href)) throw new UnreadableFile('address-unreadable', { host });
  return new URL(href);
}

async function* withProgress(
  blocks: AsyncIterable<Uint8Array>,
  watch: ProgressWatch,
): AsyncIterable<Uint8Array> {
  for await (const block of blocks) {
    watch.progressed();
    yield block;
  }
}

/**
 * Returns the bytes of the file. Some servers pack their answers, although the request asks them
 * not to. An answer in gzip stays packed, because a later step unpacks gzip files, and the answer
 * looks like such a file.
 *
 * @throws UnreadableFile `address-packed` if the bytes cannot be unpacked
 */
function withoutPacking(
  blocks: AsyncIterable<Uint8Array>,
  { headers }: FetchAnswer,
  { host }: URL,
): AsyncIterable<Uint8Array> {
  const coding = headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  if (['', 'identity', 'gzip', 'x-gzip'].includes(coding)) return blocks;
  // The server names the packing. A message may repeat this text only if it looks like a name.
  const packing = /^[a-z][a-z-]{0,15}$/.test(coding) ? coding : '?';
  const refused = (): UnreadableFile => new UnreadableFile('address-packed', { host, packing });
  if (coding !== 'br' && coding !== 'deflate') throw refused();
  return unpacked({ blocks: () => blocks }, coding, refused);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* none(): AsyncIterable<Uint8Array> {
  // An answer without a body has no blocks.
}

/** Hosts and paths of pages where people sign in. */
const LOGIN_HOST =
  /^(?:accounts\.google\.com|(?:passport|id)\.yandex\.[a-z.]+|login\.(?:microsoftonline|live)\.com)$/;
// A file may be called `login.csv`, so this expression does not match `.csv`. The bytes of the file
// show whether it is a login page.
const LOGIN_PATH =
  /(?:^|\/)(?:log-?in|sign-?in|servicelogin)(?:\/|\.(?:action|aspx?|cgi|do|html?|jsp|php)$|$)/i;

/** A password field is searched for in this number of bytes at the beginning of a file. */
const SEARCHED_BYTES = 64 * 1024;

const PASSWORD_FIELD = /<input\b[^>]*\btype\s*=\s*["']?password\b/i;

/** Says whether a file is an HTML page with a password field. */
function isLoginPage(file: LocalFile): boolean {
  const head = Buffer.from(file.range(0, SEARCHED_BYTES)).toString('latin1');
  return /^\s*(?:(?:\xef\xbb\xbf)\s*)?</.test(head) && PASSWORD_FIELD.test(head);
}

function isLogin({ hostname, pathname }: URL): boolean {
  return LOGIN_HOST.test(hostname) || LOGIN_PATH.test(pathname);
}

/** Judges the host of one request before a connection is opened. */
class HostGuard {
  /** Why the connection was refused. */
  refused: Failure | undefined;
  /** Whether the host is public. A host name is taken for public until its addresses are known. */
  isPublic = false;
  readonly #resolve: typeof systemLookup;
  readonly #isPublicAddress: (address: string) => boolean;
  readonly #mustBePublic: boolean;
  #host = '';

  constructor({ lookup, isPublic }: DownloadOptions, mustBePublic: boolean) {
    this.#resolve = lookup ?? systemLookup;
    this.#isPublicAddress = isPublic ?? isPublicAddress;
    this.#mustBePublic = mustBePublic;
  }

  /**
   * Judges the host by its name. Behind a proxy, the program knows only the name.
   *
   * @throws Failure `address-forbidden` (exit 2)
   */
  checkName(url: URL): void {
    this.#host = url.host;
    const kind = kindOfHost(url.hostname);
    this.isPublic = kind !== 'private';
    if (this.#mustBePublic && kind === 'private') throw forbidden('private', url.host);
  }

  /**
   * Resolves a name, and judges its addresses. The connection goes to one of these addresses, so
   * the name cannot lead to another address afterwards.
   */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    this.#resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const addresses: LookupAddress[] = found;
      const all = addresses.every(({ address }) => this.#isPublicAddress(address));
      this.isPublic = addresses.some(({ address }) => this.#isPublicAddress(address));
      if (this.#mustBePublic && !all) {
        this.refused = forbidden('private', this.#host);
        callback(this.refused, '', 0);
        return;
      }
      if (options.all === true) callback(null, addresses);
      else callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 0);
    });
  };
}
