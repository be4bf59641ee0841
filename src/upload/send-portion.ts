/** Sends one portion, waits for its end when asked to, and says what became of it. */
import { Failure } from '../failure.ts';
import type { UploadParameters } from '../metrika/paths.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import type { RetryPolicy } from '../metrika/retry.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { fullComment } from './comment.ts';
import { deliver, type OnPortionEvent } from './deliver.ts';
import { fingerprintOf, uploadingsMarked } from './fingerprint.ts';
import { Interruption } from './interruption.ts';
import type { Arrived } from './journal.ts';
import type { Portion } from './portions.ts';
import type { Run } from './run.ts';
import {
  interruptedAfter,
  interruptedSending,
  NOT_STARTED,
  progressAfter,
} from './sending-progress.ts';
import { shortfall } from './verdict.ts';
import { waitForEnd, type WaitOptions, WaitTimeout } from './wait-for-end.ts';

/**
 * The fingerprint that a portion's comment gets. A part always has one, so that an interrupted run can
 * be continued.
 */
export function markOf(
  { portion, sha256 }: Pick<Portion, 'portion' | 'sha256'>,
  skipExisting: boolean,
): string | undefined {
  return skipExisting || portion?.part !== undefined ? fingerprintOf(sha256) : undefined;
}

/** How to send, beside what. */
export interface SendingOptions {
  readonly counter: number;
  readonly parameters: UploadParameters;
  /** How to wait until processing finishes; `undefined` for not at all. */
  readonly wait: WaitOptions | undefined;
  /** Whether a file that did not arrive may be sent once more after its fate was unknown. */
  readonly repeat: boolean;
  /** Whether a content that the counter has already is not sent again. */
  readonly skipExisting: boolean;
  readonly retry: RetryPolicy;
}

/** What became of one portion. */
export interface Sent {
  readonly uploading: CallUploading | undefined;
  /** Whether the upload was there before. */
  readonly existed: boolean;
  /** Why it is not there, or not all of it counts. */
  readonly failure: Failure | undefined;
}

/**
 * Sends one portion, unless the counter has its content already and such portions are skipped. It does
 * not throw for anything that the file, the network or the service does.
 *
 * @throws only what is a bug of the program
 */
export async function sendPortion(
  portion: Portion,
  options: SendingOptions,
  run: Run,
  onEvent: OnPortionEvent,
): Promise<Sent> {
  let progress = NOT_STARTED;
  const follow: OnPortionEvent = (event) => {
    progress = progressAfter(progress, event);
    onEvent(event);
  };
  try {
    const { uploading, existed } = options.skipExisting
      ? await sendUnlessThere(portion, options, run, follow)
      : { uploading: await send(portion, options, run, follow), existed: false };
    run.journal.add(uploading);
    follow({ kind: 'uploaded', uploading });
    return { uploading, existed, failure: undefined };
  } catch (error) {
    const failure = failureOf(error, () =>
      interruptedSending(progress, portion.length, run.commands),
    );
    return { uploading: progress.uploading, existed: false, failure };
  }
}

/**
 * Goes on with a portion that arrived: waits for its end when that is asked for, and says whether
 * all of it counts. It throws as little as {@link sendPortion}.
 *
 * @param dynamicCalls how many the portion has at most; `undefined` when that is not known
 */
export async function followPortion(
  sent: Sent & { readonly dynamicCalls: number | undefined },
  { wait, counter }: SendingOptions,
  run: Run,
  onEvent: OnPortionEvent,
): Promise<Sent> {
  const { dynamicCalls, ...outcome } = sent;
  if (outcome.uploading === undefined || outcome.failure !== undefined) return outcome;
  let { uploading } = outcome;
  try {
    if (wait !== undefined) {
      uploading = await waitForEnd(uploading, counter, wait, {
        ...run,
        onSeen: (seen) => {
          uploading = seen;
          onEvent({ kind: 'waiting', uploading: seen });
        },
      });
    }
    return { ...outcome, uploading, failure: shortfall(uploading, dynamicCalls) };
  } catch (error) {
    if (error instanceof WaitTimeout) uploading = error.uploading;
    const failure = failureOf(error, () => interruptedAfter(uploading, run.commands));
    return { ...outcome, uploading, failure };
  }
}

/** @throws what is a bug of the program */
function failureOf(error: unknown, interrupted: () => Failure): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Interruption) return interrupted();
  throw error;
}

async function sendUnlessThere(
  portion: Portion,
  options: SendingOptions,
  run: Run,
  onEvent: OnPortionEvent,
): Promise<Arrived> {
  const { client, signal, journal } = run;
  const fingerprint = fingerprintOf(portion.sha256);
  const marked = async (): Promise<CallUploading[]> => {
    const { uploadings } = await client.findAllCallUploadings(options.counter, signal);
    return uploadingsMarked(uploadings, fingerprint);
  };
  const arrived = await journal.once(fingerprint, async () => {
    const [existing] = await marked();
    if (existing !== undefined) return { uploading: existing, existed: true };
    return { uploading: await send(portion, options, run, onEvent), existed: false };
  });
  const { uploading } = arrived;
  if (arrived.existed) {
    onEvent({ kind: 'existing', uploading });
    return arrived;
  }
  onEvent({ kind: 'uploaded', uploading });
  // Two runs at the very same time can both have found nothing.
  const others = await marked().then(
    (found) => found.filter(({ id }) => id !== uploading.id),
    (error: unknown) => {
      // The file is there; that the second reading failed changes nothing about that.
      if (error instanceof RequestFailure) return [];
      throw error;
    },
  );
  if (others.length > 0) onEvent({ kind: 'sent-twice', uploading, others });
  return { uploading, existed: false };
}

async function send(
  portion: Portion,
  options: SendingOptions,
  run: Run,
  onEvent: OnPortionEvent,
): Promise<CallUploading> {
  const comment = fullComment(options.parameters.comment, {
    portion: portion.portion,
    fingerprint: markOf(portion, options.skipExisting),
  });
  const { counter, retry, repeat } = options;
  const parameters = { ...options.parameters, comment };
  return await deliver({ counter, portion, parameters, retry, repeat }, run, onEvent);
}
