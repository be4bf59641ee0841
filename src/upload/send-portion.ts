/** Sends one portion, waits for its processing if requested, and returns the result. */
import { EXIT_CODES } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { UploadParameters } from '../metrika/paths.ts';
import type { RetryOptions } from '../metrika/retry.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { fullComment } from './comment.ts';
import { deliver } from './deliver.ts';
import type { OnPortionEvent } from './events.ts';
import { Interruption } from './interruption.ts';
import { type Arrived, existing } from './journal.ts';
import { lookedAfter } from './look-after.ts';
import { ExistingPart, lookBefore } from './look-before.ts';
import { carries, fingerprintOf } from './mark.ts';
import { reportMark } from './mark-events.ts';
import type { Portion } from './portions.ts';
import type { RunContext } from './run.ts';
import {
  interruptedAfter,
  interruptedSending,
  NOT_STARTED,
  progressAfter,
} from './sending-progress.ts';
import { UnknownFate } from './unknown-fate.ts';
import { type SentCalls, shortfall } from './verdict.ts';
import { waitForEnd, type WaitOptions, WaitTimeout } from './wait-for-end.ts';

/** A portion, with the mark for its upload. */
export interface MarkedPortion extends Portion {
  /** The mark; `undefined` when marks are off. */
  readonly mark: string | undefined;
}

/** The options for sending portions. */
export interface SendingOptions {
  readonly counter: number;
  readonly parameters: UploadParameters;
  /** Whether to add a mark to each comment. */
  readonly marks: boolean;
  /** The options for waiting until processing finishes; `undefined` when there is no wait. */
  readonly wait: WaitOptions | undefined;
  /**
   * Whether to send a portion again after a request with an unknown fate. The portion is sent again
   * only if the list does not show its upload.
   */
  readonly repeat: boolean;
  /**
   * Whether the program must read the list of uploads before it sends anything. If `false`, the
   * content is sent even if the list cannot be read. The run then reports that the look failed.
   */
  readonly skipExisting: boolean;
  /** Whether to send content that the counter already has. */
  readonly again: boolean;
  readonly retry: RetryOptions;
}

/** The result of sending one portion. */
export interface Sent {
  readonly uploading: CallUploading | undefined;
  /** Whether the counter already had the content. */
  readonly existed: boolean;
  /** Other uploads of the same content. */
  readonly duplicates: readonly CallUploading[];
  /** Uploads that may be from this delivery, when its fate is unknown. */
  readonly candidates: readonly CallUploading[];
  /** Whether the service keeps the mark; `undefined` if this is not known. */
  readonly isMarkKept: boolean | undefined;
  /**
   * The failure. For example, the portion did not arrive, or the service cannot use all its
   * calls.
   */
  readonly failure: Failure | undefined;
}

/** The result for a portion that was not sent. */
export const NOTHING_SENT: Sent = {
  uploading: undefined,
  existed: false,
  duplicates: [],
  candidates: [],
  isMarkKept: undefined,
  failure: undefined,
};

/**
 * Sends one portion, unless the counter already has the content. With `again`, sends the portion in
 * any case. Without marks, sends the portion without looking for the content. Failures of the file,
 * the network or the service are in the result.
 *
 * @throws only bugs of the program
 */
export async function sendPortion(
  portion: MarkedPortion,
  options: SendingOptions,
  run: RunContext,
  onEvent: OnPortionEvent,
): Promise<Sent> {
  let progress = NOT_STARTED;
  let isMarkKept: boolean | undefined;
  const follow: OnPortionEvent = (event) => {
    progress = progressAfter(progress, event);
    if (progress.uploading !== undefined) run.journal.add(progress.uploading);
    if (event.kind === 'mark-kept') {
      isMarkKept ??= true;
      return;
    }
    if (event.kind === 'mark-lost') {
      isMarkKept = false;
      if (!run.journal.isFirstMarkLost()) return;
    }
    onEvent(event);
  };
  try {
    const { uploading, existed, duplicates, isTwice, isUnchecked } = await sendOnce(
      portion,
      options,
      run,
      follow,
    );
    if (!existed) {
      follow({ kind: 'uploaded', uploading });
      reportMark(uploading, portion.mark, follow, true);
    }
    const ids = [uploading, ...duplicates].map(({ id }) => id);
    const failure = isTwice
      ? new Failure('sent-twice', { ids })
      : isUnchecked
        ? new Failure('repeat-unchecked', { id: uploading.id, command: run.commands.list() })
        : undefined;
    return { ...NOTHING_SENT, uploading, existed, duplicates, isMarkKept, failure };
  } catch (error) {
    const failure = failureOf(error, () =>
      interruptedSending(progress, portion.length, run.commands),
    );
    const candidates = candidatesOf(failure);
    const { uploading } = progress;
    return { ...NOTHING_SENT, uploading, candidates, isMarkKept, failure };
  }
}

/**
 * Continues with a portion that arrived. Waits for its processing if requested. Checks that the
 * service can use all its calls.
 *
 * @throws only bugs of the program
 */
export async function followPortion(
  {
    sent,
    calls,
    portion,
  }: {
    readonly sent: Sent;
    readonly calls: SentCalls;
    readonly portion: Pick<MarkedPortion, 'mark' | 'sha256'>;
  },
  options: SendingOptions,
  run: RunContext,
  onEvent: OnPortionEvent,
): Promise<Sent> {
  const { wait, counter } = options;
  if (sent.uploading === undefined || sent.failure?.exitCode === EXIT_CODES.interrupted)
    return sent;
  let { uploading } = sent;
  let looked = sent;
  try {
    looked = await lookedAfter(sent, portion, options, { ...run, onEvent });
    if (wait !== undefined) {
      uploading = await waitForEnd(uploading, counter, wait, {
        ...run,
        onSeen: (seen) => {
          uploading = seen;
          onEvent({ kind: 'waiting', uploading: seen });
        },
        onTrouble: (failure) => {
          onEvent({ kind: 'wait-goes-on', failure, uploading });
        },
      });
    }
    return { ...looked, uploading, failure: looked.failure ?? shortfall(uploading, calls) };
  } catch (error) {
    if (error instanceof WaitTimeout) uploading = error.uploading;
    const failure = failureOf(error, () => interruptedAfter(uploading, run.commands));
    return { ...looked, uploading, failure };
  }
}

function candidatesOf(failure: Failure): readonly CallUploading[] {
  if (failure instanceof UnknownFate) return failure.candidates;
  return failure instanceof ExistingPart ? [failure.candidate] : [];
}

/**
 * Returns the failure for the result.
 *
 * @throws the error if it is a bug of the program
 */
function failureOf(error: unknown, interrupted: () => Failure): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Interruption) return interrupted();
  throw error;
}

/**
 * Looks for the content, and sends it if the counter does not have it. Each content is sent once in
 * a run.
 */
async function sendOnce(
  portion: MarkedPortion,
  options: SendingOptions,
  run: RunContext,
  onEvent: OnPortionEvent,
): Promise<Arrived> {
  const sending = { options, run, onEvent };
  if (!options.marks) {
    await run.approve?.();
    return await send(portion, sending);
  }
  const arrived = await run.journal.once(fingerprintOf(portion.sha256), async () => {
    const { there, before } = await lookBefore(portion, options, run, onEvent);
    if (there !== undefined) return existing(there);
    await run.approve?.();
    return await send(portion, sending, {
      ...(before && { before }),
      ...(options.skipExisting && { sentMeanwhile: () => sentMeanwhile(portion, options, run) }),
    });
  });
  if (arrived.existed) onEvent({ kind: 'existing', uploading: arrived.uploading });
  return arrived;
}

/** Before a retry, looks for an upload of the same content, from this run or another machine. */
async function sentMeanwhile(
  { sha256, mark }: MarkedPortion,
  { counter }: SendingOptions,
  { client, signal }: RunContext,
): Promise<Arrived | undefined> {
  const { uploadings } = await client.findAllCallUploadings(counter, signal);
  const sent = uploadings.find((uploading) => carries(uploading, fingerprintOf(sha256)));
  return sent && { ...existing(sent), existed: !carries(sent, mark) };
}

/**
 * Checks whether the counter already has the content of a portion. Sends nothing.
 *
 * @returns `undefined` if the portion would be sent
 * @throws only bugs of the program
 */
export async function lookOnly(
  portion: MarkedPortion,
  options: SendingOptions,
  run: RunContext,
  onEvent: OnPortionEvent,
): Promise<Sent | undefined> {
  if (!options.marks) return undefined;
  try {
    const { there } = await lookBefore(portion, options, run, onEvent);
    if (there === undefined) return undefined;
    onEvent({ kind: 'existing', uploading: there });
    return { ...NOTHING_SENT, uploading: there, existed: true };
  } catch (error) {
    if (error instanceof Failure && error.code === 'token-missing') {
      if (run.journal.isFirstNotLooked()) onEvent({ kind: 'not-looked', failure: error });
      return undefined;
    }
    const failure = failureOf(error, () =>
      interruptedSending(NOT_STARTED, portion.length, run.commands),
    );
    return { ...NOTHING_SENT, candidates: candidatesOf(failure), failure };
  }
}

/** The context for sending one portion. */
interface Sending {
  readonly options: SendingOptions;
  readonly run: RunContext;
  readonly onEvent: OnPortionEvent;
}

async function send(
  portion: MarkedPortion,
  { options, run, onEvent }: Sending,
  listChecks: {
    readonly before?: ReadonlySet<string>;
    readonly sentMeanwhile?: () => Promise<Arrived | undefined>;
  } = {},
): Promise<Arrived> {
  const { mark } = portion;
  const comment = fullComment(options.parameters.comment, { portion: portion.portion, mark });
  const { counter, retry, repeat } = options;
  const parameters = { ...options.parameters, comment };
  return await deliver(
    { counter, portion, parameters, mark, retry, repeat, ...listChecks },
    run,
    onEvent,
  );
}
