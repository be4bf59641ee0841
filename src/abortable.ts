/** Stops waiting as soon as a signal is aborted. */

/** The members of an `AbortSignal` that the program uses. A real `AbortSignal` has this type. */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(
    type: 'abort',
    listener: () => void,
    options?: { readonly once?: boolean },
  ): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * Yields the items of `items`. After an abort, it stops waiting for the next item immediately. This
 * is for sources that cannot use a signal themselves, such as standard input.
 *
 * After an abort, the iteration throws the reason of the signal.
 */
export async function* abortable<Item>(
  items: AsyncIterable<Item>,
  signal: StopSignal | undefined,
): AsyncIterable<Item> {
  if (signal === undefined) {
    yield* items;
    return;
  }
  const iterator = items[Symbol.asyncIterator]();
  for (;;) {
    const next = await unlessAborted(iterator.next(), signal);
    if (next.done === true) return;
    yield next.value;
  }
}

/**
 * Waits for a promise. After an abort, it stops waiting immediately. The abort does not stop the
 * work behind the promise.
 *
 * @throws the reason of the signal after an abort; the error of the promise if the promise is
 *   rejected
 */
export async function unlessAborted<Result>(
  promise: Promise<Result>,
  signal: StopSignal,
): Promise<Result> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whoever aborts chooses the reason
      reject(signal.reason);
    };
  });
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
