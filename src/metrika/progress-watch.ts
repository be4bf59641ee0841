/** Gives a request up when nothing has moved for a while, or when the caller wants it. */
import type { StopSignal } from '../abortable.ts';
export class ProgressWatch {
  expired = false;
  readonly #controller = new AbortController();
  readonly #timeout: number;
  readonly #outer: StopSignal | undefined;
  #timer: NodeJS.Timeout;
  readonly #onAbort = (): void => {
    this.#controller.abort(this.#outer?.reason);
  };

  constructor(timeout: number, outer: StopSignal | undefined) {
    this.#timeout = timeout;
    this.#outer = outer;
    this.#timer = setTimeout(() => {
      this.expired = true;
      this.#controller.abort(new Error('no progress'));
    }, this.#timeout);
    if (outer?.aborted === true) this.#onAbort();
    outer?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  moved(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#onAbort);
  }
}

/** A body that knows how far it has come. */
export interface WatchedBody {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly started: boolean;
  readonly error: unknown;
}

/** Notes when a body begins to be read, when it moves and with what it fails. */
export function watchedBody(
  body: AsyncIterable<Uint8Array>,
  watch: ProgressWatch,
  onSent: (() => void) | undefined,
): WatchedBody {
  const seen: { started: boolean; error: unknown } = { started: false, error: undefined };
  async function* bytes(): AsyncIterable<Uint8Array> {
    seen.started = true;
    try {
      for await (const chunk of body) {
        watch.moved();
        yield chunk;
      }
    } catch (error) {
      seen.error = error;
      throw error;
    }
    onSent?.();
    watch.moved();
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
