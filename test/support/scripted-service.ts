import type { Fetch, FetchAnswer } from '../../src/metrika/fetch.ts';
import type { FakeClock } from './fake-clock.ts';

/** The fault of one request, and whether the service stores the file in spite of the fault. */
export type Fault =
  | { readonly kind: 'none' }
  /** The connection is never made. */
  | { readonly kind: 'no-connection'; readonly code: string }
  /** The connection is lost after this number of bytes of the body. */
  | { readonly kind: 'cut-body'; readonly after: number }
  /** The whole body arrives, but the answer is lost. */
  | { readonly kind: 'cut-answer'; readonly stored: boolean }
  /** The answer is an error with this status. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly stored: boolean;
      readonly retryAfter?: number;
      /** The delay until the upload appears in the list, in milliseconds. */
      readonly later?: number;
    }
  /** The answer has status 200, but cannot be read. */
  | { readonly kind: 'nonsense'; readonly stored: boolean };

interface StoredUploading {
  readonly id: number;
  readonly comment: string;
  readonly source_quantity: number;
  readonly create_time: string;
  /**
   * The time at which the upload first appears in the list, in milliseconds of the client's clock.
   */
  readonly listedFrom: number;
  readonly ours: boolean;
  /** The complete multipart body that was sent; empty for somebody else's upload. */
  readonly body: string;
}

/** A service in memory. Each request takes the next fault from the setting `faults`. */
export class ScriptedService {
  readonly stored: StoredUploading[] = [];
  posts = 0;
  readonly #clock: FakeClock;
  readonly #faults: Fault[];
  readonly #lines: number | ((body: string) => number);
  /** The time of the service's clock minus the time of the client's clock, in milliseconds. */
  readonly #skew: number;
  /** The time until a stored upload appears in the list, in milliseconds. */
  readonly #lag: number;
  /** Wrong values that the list shows for each upload. The key is the name of the field. */
  readonly #listedAs: Record<string, unknown>;
  /** Returns a comment as the service stores it; `undefined` if the service stores none. */
  readonly #kept: (comment: string) => string | undefined;
  /** The number of microtasks before each answer, one number for each request. */
  readonly #turns: number[];
  #nextId = 100;

  constructor(
    clock: FakeClock,
    settings: {
      readonly faults: readonly Fault[];
      /** The number of lines in each file, or a function that counts them. */
      readonly lines: number | ((body: string) => number);
      readonly skew: number;
      readonly lag: number;
      readonly listedAs?: Record<string, unknown>;
      readonly kept?: (comment: string) => string | undefined;
      readonly turns?: readonly number[];
    },
  ) {
    this.#clock = clock;
    this.#faults = [...settings.faults];
    this.#lines = settings.lines;
    this.#skew = settings.skew;
    this.#lag = settings.lag;
    this.#listedAs = settings.listedAs ?? {};
    this.#kept = settings.kept ?? ((comment) => comment);
    this.#turns = [...(settings.turns ?? [])];
  }

  /** Adds somebody else's upload to the list. */
  addForeign(comment: string, lines: number, age: number): void {
    this.stored.push({ ...this.#make(comment, lines, age), listedFrom: 0, ours: false, body: '' });
  }

  readonly fetch: Fetch = async (url, init) => {
    const fault = this.#faults.shift() ?? { kind: 'none' };
    this.#clock.pass(20);
    if (fault.kind === 'no-connection') {
      throw Object.assign(new Error('connect failed'), { code: fault.code, syscall: 'connect' });
    }
    if (init.method === 'POST') this.posts += 1;
    let seen = 0;
    let body = '';
    for await (const chunk of init.body ?? []) {
      seen += chunk.length;
      body += Buffer.from(chunk).toString('latin1');
      if (fault.kind === 'cut-body' && seen >= fault.after) throw lost();
    }
    if (fault.kind === 'cut-body') throw lost();
    const { pathname, searchParams } = new URL(url);
    const taken = fault.kind === 'none' || fault.stored;
    const later = fault.kind === 'status' ? (fault.later ?? 0) : 0;
    const made =
      init.method === 'POST' && taken
        ? this.#store(searchParams.get('comment') ?? '', body, later)
        : undefined;
    for (let turns = this.#turns.shift() ?? 0; turns > 0; turns -= 1) await Promise.resolve();
    switch (fault.kind) {
      case 'cut-answer':
        throw lost();
      case 'status':
        return this.#answer(fault.status, 'no', fault.retryAfter);
      case 'nonsense':
        return this.#answer(200, '<html>welcome</html>');
      case 'none': {
        if (made !== undefined)
          return this.#answer(200, JSON.stringify({ uploading: this.#shown(made) }));
        if (!pathname.endsWith('calls_uploadings')) return this.#answer(404, '');
        const now = this.#clock.now();
        const offset = Number(searchParams.get('offset'));
        const visible = this.stored
          .filter(({ listedFrom }) => listedFrom <= now)
          .map((stored) => ({ ...this.#shown(stored), ...this.#listedAs }));
        return this.#answer(200, JSON.stringify({ uploadings: visible.slice(offset) }));
      }
    }
  };

  #store(comment: string, body: string, later: number): StoredUploading {
    const listedFrom = this.#clock.now() + this.#lag + later;
    const lines = typeof this.#lines === 'number' ? this.#lines : this.#lines(body);
    const made = { ...this.#make(comment, lines, 0), listedFrom, ours: true, body };
    this.stored.push(made);
    return made;
  }

  #make(
    comment: string,
    lines: number,
    age: number,
  ): Omit<StoredUploading, 'listedFrom' | 'ours' | 'body'> {
    const created = new Date(this.#clock.now() + this.#skew - age);
    this.#nextId += 1;
    return {
      id: this.#nextId,
      comment,
      source_quantity: lines,
      create_time: `${created.toISOString().slice(0, 19)}+00:00`,
    };
  }

  #shown(stored: StoredUploading): Record<string, unknown> {
    const { id, source_quantity, create_time } = stored;
    const comment = this.#kept(stored.comment);
    return {
      id,
      source_quantity,
      create_time,
      status: 'UPLOADED',
      ...(comment === undefined ? {} : { comment }),
    };
  }

  #answer(status: number, text: string, retryAfter?: number): FetchAnswer {
    const headers = new Map([['date', new Date(this.#clock.now() + this.#skew).toUTCString()]]);
    if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter));
    return {
      status,
      headers: { get: (name) => headers.get(name.toLowerCase()) ?? null },
      body: (async function* () {
        yield await Promise.resolve(Buffer.from(text));
      })(),
    };
  }
}

function lost(): Error {
  return Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
}
