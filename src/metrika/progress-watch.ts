/** Gives a request up when nothing has moved for a while, or when the caller wants it. */
import type { StopSignal } from '../abortable.ts';
import type { LinePace } from './line-pace.ts';

/** How long a request may take, in milliseconds. */
export interface RequestTimes {
  /** Without progress. */
  readonly timeout: number;
  /** In all. */
  readonly longest: number;
}

/** Watches one request. */
export class ProgressWatch {
  /** Why the request was given up; `undefined` when it was not. */
  expired: 'progress' | 'longest' | undefined;
  /** Milliseconds without progress that it was given up after, or would be. */
  waited: number;
  readonly #controller = new AbortController();
  readonly #times: RequestTimes;
  readonly #outer: StopSignal | undefined;
  #timer: NodeJS.Timeout;
  readonly #end: NodeJS.Timeout;
  readonly #onAbort = (): void => {
    this.#controller.abort(this.#outer?.reason);
  };

  constructor(times: RequestTimes, outer: StopSignal | undefined) {
    this.#times = times;
    this.#outer = outer;
    this.waited = times.timeout;
    this.#timer = this.#giveUpAfter(times.timeout);
    this.#end = setTimeout(() => {
      this.#giveUp('longest');
    }, times.longest);
    if (outer?.aborted === true) this.#onAbort();
    outer?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get timeout(): number {
    return this.#times.timeout;
  }

  moved(): void {
    this.#timer.refresh();
  }

  /** From now on so much longer may pass without progress, in milliseconds. */
  allow(more: number): void {
    clearTimeout(this.#timer);
    this.waited = this.#times.timeout + more;
    this.#timer = this.#giveUpAfter(this.waited);
  }

  end(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#end);
    this.#outer?.removeEventListener('abort', this.#onAbort);
  }

  #giveUpAfter(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#giveUp('progress');
    }, milliseconds);
  }

  #giveUp(why: 'progress' | 'longest'): void {
    this.expired = why;
    this.#controller.abort(new Error('no progress'));
  }
}

/** A body that knows how far it has come. */
export interface WatchedBody {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly started: boolean;
  readonly error: unknown;
}

/** Who is interested in how a body goes over the line. */
export interface BodyWatch {
  readonly pace: LinePace;
  /** Is called when all is handed over, with the milliseconds for which the answer is waited for. */
  readonly onSent: ((patience: number) => void) | undefined;
}

/** Notes when a body begins to be read, when it moves and with what it fails. */
export function watchedBody(
  body: AsyncIterable<Uint8Array>,
  watch: ProgressWatch,
  { pace, onSent }: BodyWatch,
): WatchedBody {
  const seen: { started: boolean; error: unknown } = { started: false, error: undefined };
  async function* bytes(): AsyncIterable<Uint8Array> {
    seen.started = true;
    try {
      for await (const chunk of body) {
        watch.moved();
        pace.handed(chunk.length);
        yield chunk;
      }
    } catch (error) {
      seen.error = error;
      throw error;
    }
    // Bytes in the buffers of the system have not arrived.
    watch.allow(pace.patience(watch.timeout));
    onSent?.(watch.waited);
  }
  return {
    bytes: { [Symbol.asyncIterator]: () => bytes()[Symbol.asyncIterator]() },
    get started() {
      return seen.started;
    },
    get error() {
      return seen.error;
    },
  };
}
