/** Sends one portion so that it is listed once, whatever the line does. */
import type { UploadParameters } from '../metrika/paths.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import { type RetryPolicy, RetrySchedule } from '../metrika/retry.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { PortionEvent } from './events.ts';
import { findArrivedUpload, plainText } from './find-arrived.ts';
import type { CommentGroup, DeliveryIdentity } from './journal.ts';
import type { Portion } from './portions.ts';
import type { Run } from './run.ts';
import { UnknownFate } from './unknown-fate.ts';

/** What is to be sent, and how. */
export interface Delivery {
  readonly counter: number;
  readonly portion: Pick<Portion, 'fileName' | 'length' | 'records' | 'lines' | 'content'>;
  readonly parameters: UploadParameters;
  readonly retry: RetryPolicy;
  /** Whether a file that did not arrive may be sent once more after its fate was unknown. */
  readonly repeat: boolean;
}

/** Gets the events of one delivery. */
export type OnPortionEvent = (event: PortionEvent) => void;

/**
 * Sends a portion and, when it is not known whether it arrived, searches the service's list before it
 * is sent again.
 *
 * @returns the upload, taken from the answer or found in the list
 * @throws UnknownFate; RequestFailure when it certainly was not taken; the failure of the file
 */
export async function deliver(
  delivery: Delivery,
  run: Run,
  onEvent: OnPortionEvent,
): Promise<CallUploading> {
  const { clock, random, signal, journal, commands } = run;
  const { counter, retry } = delivery;
  const comment = plainText(delivery.parameters.comment ?? '');
  const group = journal.group(comment);
  const identity = {
    comment,
    lineCounts: lineCountsOf(delivery.portion),
    started: clock.now(),
  };
  const schedule = new RetrySchedule({
    clock,
    random,
    policy: retry,
    signal,
    onRetry: (notice) => {
      onEvent({ kind: 'retrying', notice });
    },
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await group.lock.shared(async () => {
        signal?.throwIfAborted();
        onEvent({ kind: 'sending', attempt, total: delivery.portion.length });
        return await sendOnce(delivery, run, { group, identity }, onEvent);
      });
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      if (error.fate === 'unknown') {
        onEvent({ kind: 'searching', failure: error });
        const found = await group.lock.exclusive(() =>
          findArrivedUpload({ counter, identity, group, why: error }, run),
        );
        if (found !== undefined) {
          onEvent({ kind: 'found', uploading: found });
          return found;
        }
        if (!delivery.repeat) {
          throw new UnknownFate(error, { kind: 'repeat-forbidden' }, commands.list());
        }
      } else if (!error.retryable) {
        throw error;
      }
      if (!(await schedule.waitForNext(error))) {
        throw error.fate === 'unknown'
          ? new UnknownFate(error, { kind: 'not-listed' }, commands.list())
          : error;
      }
    }
  }
}

async function sendOnce(
  { counter, portion, parameters }: Delivery,
  { client, signal, journal }: Run,
  { group, identity }: { readonly group: CommentGroup; readonly identity: DeliveryIdentity },
  onEvent: OnPortionEvent,
): Promise<CallUploading> {
  group.inDoubt.delete(identity);
  const { fileName: name, length } = portion;
  const file = { name, length, content: counted(portion, onEvent) };
  try {
    const uploading = await client.uploadCalls(counter, file, parameters, {
      ...(signal === undefined ? {} : { signal }),
      onBodySent: () => {
        onEvent({ kind: 'body-sent' });
      },
    });
    journal.add(uploading);
    return uploading;
  } catch (error) {
    if (error instanceof RequestFailure && error.fate === 'unknown') group.inDoubt.add(identity);
    throw error;
  }
}

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
 * The documentation says neither whether the header is a line nor whether a record with line breaks
 * is one or several.
 */
function lineCountsOf({ records, lines }: Delivery['portion']): ReadonlySet<number> {
  return new Set([records, records + 1, lines, lines + 1]);
}
