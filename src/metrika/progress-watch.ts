/**
 * Aborts a request that makes no progress or takes too long. The run can also abort the request.
 */
import type { StopSignal } from '../abortable.ts';
import type { LinePace } from './line-pace.ts';

/** The time limits of a request, in milliseconds. */
export interface RequestTimes {
  /** The longest time without progress. */
  readonly timeout: number;
  /** The longest time in total. */
  readonly longest: number;
}

/** The longest time of a timer, in milliseconds. A timer with a longer time fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Watches one request. Aborts `signal` when the request must stop. */
export class ProgressWatch {
  /** The limit that the request exceeded; `undefined` if it has not exceeded any limit. */
  expired: 'progress' | 'longest' | undefined;
  /** The current limit for the time without progress, in milliseconds. */
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
    this.#end = setTimeout(
      () => {
        this.#giveUp('longest');
      },
      Math.min(times.longest, LONGEST_TIMER),
    );
    if (outer?.aborted === true) this.#onAbort();
    outer?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get timeout(): number {
    return this.#times.timeout;
  }

  /** Records progress: the time without progress is measured from 0 again. */
  progressed(): void {
    this.#timer.refresh();
  }

  /**
   * Measures the time without progress from 0 again, with a new limit.
   *
   * @param more the milliseconds to add to the usual timeout
   */
  restart(more: number): void {
    clearTimeout(this.#timer);
    this.waited = this.#times.timeout + more;
    this.#timer = this.#giveUpAfter(this.waited);
  }

  /** Stops watching. */
  end(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#end);
    this.#outer?.removeEventListener('abort', this.#onAbort);
  }

  #giveUpAfter(milliseconds: number): NodeJS.Timeout {
    return setTimeout(
      () => {
        this.#giveUp('progress');
      },
      Math.min(milliseconds, LONGEST_TIMER),
    );
  }

  #giveUp(why: 'progress' | 'longest'): void {
    this.expired = why;
    this.#controller.abort(new Error('no progress'));
  }
}

/** A body that records its own progress. */
export interface WatchedBody {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Whether the first block was requested. */
  readonly started: boolean;
  /** The error that the body failed with. */
  readonly error: unknown;
}

/** Receives the progress of a body. */
export interface BodyWatch {
  readonly pace: LinePace;
  /** Called after the last byte, with the longest wait for the answer in milliseconds. */
  readonly onSent: ((patience: number) => void) | undefined;
}

/** Wraps a body to record its start, its progress and its error. */
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
        watch.progressed();
        pace.addBytes(chunk.length);
        yield chunk;
      }
    } catch (error) {
      seen.error = error;
      throw error;
    }
    // The wait for the answer gets more time, because bytes may still be in system buffers.
    watch.restart(pace.patience(watch.timeout));
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
