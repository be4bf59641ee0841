/** Waits that an abort ends at once. */

/** What is needed of an `AbortSignal`; the one of the platform fits. */
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
 * The same items, but an abort ends the wait for the next one at once, even where the source itself
 * knows of no signal, as standard input does.
 *
 * The iteration throws the signal's reason.
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
 * What a promise comes to, but an abort ends the wait for it at once. The promise is left alone.
 *
 * @throws the signal's reason
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
