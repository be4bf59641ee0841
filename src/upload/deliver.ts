/** Sends one portion so that it arrives once, even over a bad connection. */
import { Failure } from '../failure.ts';
import type { UploadParameters } from '../metrika/paths.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import { type RetryOptions, RetrySchedule } from '../metrika/retry.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { closingLook } from './closing-look.ts';
import type { OnPortionEvent } from './events.ts';
import { type Arrived, SENT_ONCE } from './journal.ts';
import type { Portion } from './portions.ts';
import type { RunContext } from './run.ts';
import { searchList, type WantedUpload } from './search-list.ts';
import { UnknownFate } from './unknown-fate.ts';

/** A portion, and the way to send it. */
export interface Delivery {
  readonly counter: number;
  readonly portion: Pick<Portion, 'fileName' | 'length' | 'records' | 'lines' | 'content'>;
  /** The parameters of the request. The comment ends with the mark, unless marks are off. */
  readonly parameters: UploadParameters;
  readonly mark: string | undefined;
  readonly retry: RetryOptions;
  /**
   * What to do if the portion may have arrived, but its upload is not in the list. If `true`, the
   * portion is sent again.
   */
  readonly repeat: boolean;
  /** The ids in the list before sending; missing if the list was not read. */
  readonly before?: ReadonlySet<string> | undefined;
  /** Searches the list for an upload of the same content. Called before each retry. */
  readonly sentMeanwhile?: (() => Promise<Arrived | undefined>) | undefined;
}

/**
 * Sends a portion. If it is unknown whether the portion arrived, searches the service's list for
 * its upload before sending the portion again.
 *
 * @returns the upload, from the answer or from the list
 * @throws UnknownFate when the portion may have arrived. When it did not arrive: RequestFailure,
 *   or a failure of the file, such as `file-changed`.
 */
export async function deliver(
  delivery: Delivery,
  run: RunContext,
  onEvent: OnPortionEvent,
): Promise<Arrived> {
  const { clock, random, signal, commands } = run;
  const wanted: WantedUpload = {
    counter: delivery.counter,
    mark: delivery.mark,
    lineCounts: lineCountsOf(delivery.portion),
    started: clock.now(),
    before: delivery.before ?? new Set(),
  };
  const schedule = new RetrySchedule({
    clock,
    random,
    policy: delivery.retry,
    signal,
    onRetry: (notice) => {
      onEvent({ kind: 'retrying', notice });
    },
  });
  /**
   * Whether an earlier attempt has an unknown fate. The file may have arrived then, but its upload
   * was not in any list.
   */
  let isDoubtful = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      signal?.throwIfAborted();
      onEvent({ kind: 'sending', attempt, total: delivery.portion.length });
      const uploading = await sendOnce(delivery, run, onEvent);
      if (!isDoubtful) return { uploading, ...SENT_ONCE };
      onEvent({ kind: 'uploaded', uploading });
      return await lookForDuplicates(uploading, delivery, run, onEvent);
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw isDoubtful ? inDoubt(error, run) : error;
      if (error.fate === 'unknown') {
        isDoubtful = true;
        onEvent({ kind: 'searching', failure: error });
        const found = await searchList(wanted, error, run);
        if (found !== undefined) {
          const { uploading, duplicates } = found;
          onEvent({ kind: 'found', uploading });
          return { ...SENT_ONCE, uploading, duplicates, isTwice: duplicates.length > 0 };
        }
        refuseRepetition(delivery, error, run);
      }
      const mayRepeat = error.retryable || error.fate === 'unknown';
      const again = mayRepeat && (await schedule.waitForNext(error));
      if (!again) {
        if (!isDoubtful) throw error;
        throw new UnknownFate(error, { kind: 'not-listed' }, commands.list());
      }
      const meanwhile = await delivery.sentMeanwhile?.().catch((failure: unknown) => {
        throw isDoubtful ? inDoubt(failure, run) : failure;
      });
      if (meanwhile !== undefined) return meanwhile;
    }
  }
}

/** Converts a failure to `UnknownFate`, because an earlier attempt may have arrived. */
function inDoubt(error: unknown, { commands }: RunContext): unknown {
  if (!(error instanceof Failure) || error instanceof UnknownFate) return error;
  return new UnknownFate(error, { kind: 'not-listed' }, commands.list());
}

/** @throws UnknownFate when a request of unknown fate must not be sent again */
function refuseRepetition(
  { repeat, mark }: Delivery,
  error: RequestFailure,
  { commands }: RunContext,
): void {
  if (mark === undefined) throw new UnknownFate(error, { kind: 'no-mark' }, commands.list());
  if (error.code === 'redirected') {
    throw new UnknownFate(error, { kind: 'not-listed' }, commands.list());
  }
  if (!repeat) throw new UnknownFate(error, { kind: 'repeat-forbidden' }, commands.list());
}

async function sendOnce(
  { counter, portion, parameters }: Delivery,
  { client, signal }: RunContext,
  onEvent: OnPortionEvent,
): Promise<CallUploading> {
  const { fileName: name, length } = portion;
  const file = { name, length, content: counted(portion, onEvent) };
  const { uploading, isEarly } = await client.uploadCalls(counter, file, parameters, {
    signal,
    onBodySent: (patience) => {
      onEvent({ kind: 'body-sent', patience });
    },
  });
  return isEarly ? await confirmed(uploading, counter, { client, signal }) : uploading;
}

/**
 * Fetches an upload by its id. Called if the answer came before the complete file was sent.
 */
async function confirmed(
  { id }: CallUploading,
  counter: number,
  { client, signal }: Pick<RunContext, 'client' | 'signal'>,
): Promise<CallUploading> {
  try {
    return await client.findCallUploading(counter, id, signal);
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    const { status } = error.details;
    const outcome = { fate: 'unknown', retryable: true, cause: error } as const;
    throw new RequestFailure('answer-early', { status: status ?? 200 }, outcome);
  }
}

/** After a retry, looks for other uploads, because an earlier attempt may have arrived too. */
async function lookForDuplicates(
  uploading: CallUploading,
  { counter, mark }: Delivery,
  run: RunContext,
  onEvent: OnPortionEvent,
): Promise<Arrived> {
  const unchecked = { ...SENT_ONCE, uploading, isUnchecked: true };
  if (mark === undefined) return unchecked;
  const look = await closingLook({ counter, uploading, mark, sought: mark }, run, onEvent);
  switch (look.kind) {
    case 'only-ours':
      return { ...SENT_ONCE, uploading };
    case 'others':
      return { ...SENT_ONCE, uploading, duplicates: look.others, isTwice: true };
    case 'unknown':
      return unchecked;
  }
}

/** Passes the bytes of a portion on, and emits how many bytes were sent. */
async function* counted(
  portion: Delivery['portion'],
  onEvent: OnPortionEvent,
): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const block of portion.content()) {
    yield block;
    bytes += block.length;
    onEvent({ kind: 'transferred', bytes, total: portion.length });
  }
}

/**
 * Returns all line counts that the service may report. The service may or may not count the
 * header. It may count a record with line breaks as one line or as several lines. Neither is
 * documented.
 */
function lineCountsOf({ records, lines }: Delivery['portion']): ReadonlySet<number> {
  return new Set([records, records + 1, lines, lines + 1]);
}
