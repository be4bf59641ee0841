/** Sends one portion so that it arrives once, even over a bad connection. */
import { Failure } from '../failure.ts';
import type { UploadParameters } from '../metrika/paths.ts';
import { RequestFailure, settled } from '../metrika/request-failure.ts';
import { type RetryOptions, RetrySchedule } from '../metrika/retry.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { closingLook } from './closing-look.ts';
import type { OnPortionEvent } from './events.ts';
import { type Arrived, SENT_ONCE } from './journal.ts';
import { PAUSES } from './listings.ts';
import { carries, hasFingerprintOf, hasMark } from './mark.ts';
import { reportMark } from './mark-events.ts';
import type { Portion } from './portions.ts';
import type { RunContext } from './run.ts';
import { type FoundUpload, markedIn, searchList, type WantedUpload } from './search-list.ts';
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
  /** The ids of the uploads in the list before sending; absent if the list was not read. */
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
  const wanted: Omit<WantedUpload, 'attempts'> = {
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
  /** The number of attempts with an unknown fate. */
  let unknownFates = 0;
  /** Whether an earlier attempt sent the complete portion. The service may have stored it. */
  let hadLeft = false;
  const attempt = new Attempt(onEvent);
  for (let number = 1; ; number += 1) {
    try {
      signal?.throwIfAborted();
      onEvent({ kind: 'sending', attempt: number, total: delivery.portion.length });
      attempt.begin();
      const uploading = await sendOnce(delivery, run, attempt.onEvent);
      if (!isDoubtful && !hadLeft) return { uploading, ...SENT_ONCE };
      onEvent({ kind: 'uploaded', uploading });
      return await lookForDuplicates(uploading, delivery, run, onEvent);
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw isDoubtful ? inDoubt(error, run) : error;
      // The service has refused the old token, so the portion did not arrive.
      if (error.isRenewed) continue;
      if (error.fate === 'unknown') {
        isDoubtful = true;
        unknownFates += 1;
        onEvent({ kind: 'searching', failure: error });
        const found = await searchList({ ...wanted, attempts: unknownFates }, error, run);
        if (found !== undefined) return arrivedAs(found, delivery, onEvent);
        refuseRepetition(delivery, error, run);
      }
      const mayRepeat = error.retryable || error.fate === 'unknown';
      const again = mayRepeat && (await schedule.waitForNext(error));
      if (!again) {
        if (!isDoubtful) throw error;
        throw new UnknownFate(error, { kind: 'not-listed' }, commands.list());
      }
      hadLeft ||= attempt.hasLeft;
      const meanwhile = await delivery.sentMeanwhile?.().catch((failure: unknown) => {
        throw isDoubtful ? inDoubt(failure, run) : failure;
      });
      if (meanwhile !== undefined) return meanwhile;
      const there = await shownInList(delivery, run, hadLeft || isDoubtful);
      if (there !== undefined) return arrivedAs(there, delivery, onEvent);
    }
  }
}

/** Remembers whether the present attempt has sent the complete portion. */
class Attempt {
  hasLeft = false;
  readonly onEvent: OnPortionEvent;

  constructor(onEvent: OnPortionEvent) {
    this.onEvent = (event) => {
      if (event.kind === 'body-sent') this.hasLeft = true;
      onEvent(event);
    };
  }

  begin(): void {
    this.hasLeft = false;
  }
}

/** Reports that the list shows an upload, and returns the facts about this upload. */
function arrivedAs(
  { uploading, duplicates, isUnchecked }: FoundUpload,
  { mark }: Delivery,
  onEvent: OnPortionEvent,
): Arrived {
  onEvent({ kind: 'found', uploading });
  reportMark(uploading, mark, onEvent);
  return { ...SENT_ONCE, uploading, duplicates, isTwice: duplicates.length > 0, isUnchecked };
}

/**
 * Reads the list once before a portion is sent again. The service or a proxy may have stored the
 * portion although the answer says that it was not taken.
 *
 * @param hadLeft whether the service may have the complete portion. If not, one attempt to read the
 *   list is enough
 * @returns `undefined` if the list does not show the portion, or was not read
 */
async function shownInList(
  { counter, mark, sentMeanwhile }: Delivery,
  { client, signal }: RunContext,
  hadLeft: boolean,
): Promise<FoundUpload | undefined> {
  if (mark === undefined || sentMeanwhile !== undefined) return undefined;
  const isShownIn = (page: readonly CallUploading[]): boolean =>
    page.some((one) => carries(one, mark));
  const listing = await settled(
    hadLeft
      ? client.findAllCallUploadings(counter, signal, isShownIn)
      : client.findNewestCallUploadingsOnce(counter, signal),
  );
  return listing instanceof RequestFailure ? undefined : markedIn(listing, { mark });
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
  { counter, portion, parameters, mark }: Delivery,
  { client, signal, clock, commands, journal }: RunContext,
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
  refuseAnother(uploading, mark, journal);
  return isEarly
    ? await confirmed(uploading, { counter }, { client, signal, clock, commands })
    : uploading;
}

/** @throws RequestFailure of unknown fate if the answer is about another upload */
function refuseAnother(
  uploading: CallUploading,
  mark: string | undefined,
  journal: RunContext['journal'],
): void {
  const { id, comment = '' } = uploading;
  const hasOtherMark = mark !== undefined && hasMark(comment) && !hasFingerprintOf(comment, mark);
  if (!hasOtherMark && !journal.has(uploading)) return;
  const outcome = { fate: 'unknown', retryable: true } as const;
  throw new RequestFailure('answer-of-another', { id }, outcome);
}

/**
 * Fetches an upload by its id, until the service has counted its lines. Called if the answer came
 * before the complete file was sent.
 *
 * @throws UnknownFate if the service has not counted the lines; RequestFailure of unknown fate if
 *   the first request for the upload fails
 */
async function confirmed(
  { id }: CallUploading,
  { counter }: Pick<Delivery, 'counter'>,
  { client, signal, clock, commands }: Pick<RunContext, 'client' | 'signal' | 'clock' | 'commands'>,
): Promise<CallUploading> {
  let shown: CallUploading | undefined;
  let status = 200;
  for (const pause of PAUSES) {
    if (pause > 0) await clock.sleep(pause, signal);
    try {
      shown = await client.findCallUploading(counter, id, signal);
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      ({ status = 200 } = error.details);
      break;
    }
    // If the count is smaller than the number of records, a later check reports this.
    if ((shown.sourceQuantity ?? 0) > 0) return shown;
  }
  const outcome = { fate: 'unknown', retryable: true } as const;
  const why = new RequestFailure('answer-early', { status }, outcome);
  if (shown === undefined) throw why;
  const known = { kind: 'candidates', ids: [id] } as const;
  throw new UnknownFate(why, known, commands.list(), [shown]);
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
