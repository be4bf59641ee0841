/** Sends one portion, waits for its processing if requested, and returns the result. */
import { EXIT_CODES } from '../exit-codes.ts';
import { Failure, type FailureArguments } from '../failure.ts';
import type { Listing } from '../metrika/client.ts';
import type { UploadParameters } from '../metrika/paths.ts';
import { RequestFailure, settled } from '../metrika/request-failure.ts';
import type { RetryOptions } from '../metrika/retry.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { FailureParameters } from '../words/en/failures.ts';
import { closingLook } from './closing-look.ts';
import { fullComment } from './comment.ts';
import { deliver } from './deliver.ts';
import type { OnPortionEvent } from './events.ts';
import { Interruption } from './interruption.ts';
import { type Arrived, existing } from './journal.ts';
import { PAUSES } from './listings.ts';
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
   * Whether to send a portion again after a request with an unknown fate. The portion is only sent
   * again if the list does not show its upload.
   */
  readonly repeat: boolean;
  /**
   * Whether nothing is sent if the list of uploads cannot be read. If not, the content is sent then,
   * and the run says that nobody has looked.
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
  /** Whether the service keeps the mark; `undefined` if nothing has shown it. */
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
 * Sends one portion, unless `skipExisting` is on and the counter already has the content. Failures
 * of the file, the network or the service are in the result.
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
    follow({ kind: 'uploaded', uploading });
    if (!existed) reportMark(uploading, portion.mark, follow, true);
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

/**
 * Looks for other uploads of the content, once for all files of the run. The list may lag, and then
 * it says nothing.
 */
async function lookedAfter(
  sent: Sent,
  { mark, sha256 }: Pick<MarkedPortion, 'mark' | 'sha256'>,
  { counter, marks, skipExisting }: SendingOptions,
  { client, signal, journal, onEvent }: RunContext & { readonly onEvent: OnPortionEvent },
): Promise<Sent> {
  const { uploading, existed } = sent;
  if (!marks || skipExisting || existed || uploading === undefined) return sent;
  const read = (): Promise<Listing> => client.findAllCallUploadingsQuickly(counter, signal);
  const before = await journal.firstLook(read);
  if (before instanceof RequestFailure) return sent;
  const after = await journal.lastLook(read);
  if (after instanceof RequestFailure) return sent;
  let isMarkKept = sent.isMarkKept;
  const listed = after.uploadings.find(({ id }) => id === uploading.id);
  if (listed !== undefined) {
    reportMark(listed, mark, (event) => {
      if (event.kind === 'mark-kept') isMarkKept ??= true;
      if (event.kind === 'mark-lost') isMarkKept = false;
      if (event.kind === 'mark-lost' && journal.isFirstMarkLost()) onEvent(event);
    });
  }
  const known = new Set(before.uploadings.map(({ id }) => id));
  const others = after.uploadings.filter(
    (one) =>
      one.id !== uploading.id &&
      !known.has(one.id) &&
      carries(one, fingerprintOf(sha256)) &&
      !sent.duplicates.some(({ id }) => id === one.id),
  );
  if (others.length === 0) return { ...sent, isMarkKept };
  const duplicates = [...sent.duplicates, ...others];
  const isTwice = others.some((one) => mark !== undefined && carries(one, mark));
  if (!isTwice) onEvent({ kind: 'sent-by-another', uploading, others });
  const ids = [uploading, ...duplicates].map(({ id }) => id);
  const twice = isTwice ? new Failure('sent-twice', { ids }) : undefined;
  return { ...sent, isMarkKept, duplicates, failure: sent.failure ?? twice };
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

/** Chooses whether and how to look for the content before it is sent. */
async function sendOnce(
  portion: MarkedPortion,
  options: SendingOptions,
  run: RunContext,
  onEvent: OnPortionEvent,
): Promise<Arrived> {
  if (!options.marks) return await send(portion, { options, run, onEvent });
  return options.skipExisting
    ? await sendUnlessThere(portion, options, run, onEvent)
    : await sendAfterLook(portion, options, run, onEvent);
}

/**
 * Looks once for the content, and sends it if the counter does not have it. If the list cannot be
 * read, the content is sent, and the run says that nobody has looked.
 */
async function sendAfterLook(
  portion: MarkedPortion,
  options: SendingOptions,
  run: RunContext,
  onEvent: OnPortionEvent,
): Promise<Arrived> {
  const arrived = await run.journal.once(fingerprintOf(portion.sha256), async () => {
    const { there, before } = await lookBefore(portion, options, run, onEvent);
    if (there !== undefined) return existing(there);
    return await send(portion, { options, run, onEvent }, { ...(before && { before }) });
  });
  if (arrived.existed) onEvent({ kind: 'existing', uploading: arrived.uploading });
  return arrived;
}

/** Looks in the list that all files share. `before` has the ids in it, if it could be read. */
async function lookBefore(
  portion: MarkedPortion,
  options: SendingOptions,
  run: RunContext,
  onEvent: OnPortionEvent,
): Promise<{ readonly there?: CallUploading; readonly before?: ReadonlySet<string> }> {
  const { client, signal, journal } = run;
  const look = await journal.firstLook(() =>
    client.findAllCallUploadingsQuickly(options.counter, signal),
  );
  if (look instanceof RequestFailure) {
    if (journal.isFirstNotLooked()) onEvent({ kind: 'not-looked', failure: look });
    return {};
  }
  const before = new Set(look.uploadings.map(({ id }) => id));
  const fingerprint = fingerprintOf(portion.sha256);
  const newest = look.uploadings.find((one) => carries(one, fingerprint));
  if (newest === undefined || options.again) return { before };
  return { there: await counted(newest, portion, options, run), before };
}

/**
 * Looks whether the counter has the content of a portion already, and sends nothing.
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
    const failure = failureOf(error, () =>
      interruptedSending(NOT_STARTED, portion.length, run.commands),
    );
    return { ...NOTHING_SENT, candidates: candidatesOf(failure), failure };
  }
}

/**
 * Checks by its counts that an upload of the same content has all its records.
 *
 * @throws Failure `existing-smaller` (exit 7) if it has fewer, or `existing-uncounted` (exit 8) if
 *   the service does not say
 */
async function counted(
  there: CallUploading,
  { records }: MarkedPortion,
  { counter }: SendingOptions,
  { client, clock, signal }: RunContext,
): Promise<CallUploading> {
  let shown = there;
  for (const pause of PAUSES) {
    if (pause > 0) {
      await clock.sleep(pause, signal);
      const asked = await settled(client.findCallUploading(counter, there.id, signal));
      // An upload that cannot be asked for says nothing about its records.
      if (asked instanceof RequestFailure) continue;
      shown = asked;
    }
    const count = shown.sourceQuantity ?? 0;
    if (count === 0) continue;
    const missing = shortfall(shown, { records });
    if (missing?.code === 'lines-missing' || missing?.code === 'lines-refused') {
      const { id } = shown;
      throw new ExistingPart('existing-smaller', { id, counted: count, sent: records }, shown);
    }
    return shown;
  }
  throw new ExistingPart('existing-uncounted', { id: there.id }, shown);
}

/** The failure for a counter that may have only a part of the content. */
class ExistingPart extends Failure {
  readonly candidate: CallUploading;

  constructor(
    ...[code, parameters, candidate]:
      | ['existing-smaller', FailureParameters['existing-smaller'], CallUploading]
      | ['existing-uncounted', FailureParameters['existing-uncounted'], CallUploading]
  ) {
    super(...([code, parameters] as FailureArguments));
    this.candidate = candidate;
  }
}

async function sendUnlessThere(
  portion: MarkedPortion,
  options: SendingOptions,
  run: RunContext,
  onEvent: OnPortionEvent,
): Promise<Arrived> {
  const { client, signal, journal } = run;
  const fingerprint = fingerprintOf(portion.sha256);
  const read = (): ReturnType<typeof client.findAllCallUploadings> =>
    client.findAllCallUploadings(options.counter, signal);
  const sameContent = (uploadings: readonly CallUploading[]): CallUploading[] =>
    uploadings.filter((uploading) => carries(uploading, fingerprint));
  const arrived = await journal.once(fingerprint, async () => {
    const { uploadings } = await journal.listBefore(read);
    const [there] = sameContent(uploadings);
    if (there !== undefined) return existing(there);
    const before = new Set(uploadings.map(({ id }) => id));
    return await send(
      portion,
      { options, run, onEvent },
      {
        before,
        sentMeanwhile: async () => {
          const [sent] = sameContent((await read()).uploadings);
          if (sent === undefined) return undefined;
          const isOurs = portion.mark !== undefined && carries(sent, portion.mark);
          return { ...existing(sent), existed: !isOurs };
        },
      },
    );
  });
  const { uploading } = arrived;
  if (arrived.existed) {
    onEvent({ kind: 'existing', uploading });
    return arrived;
  }
  onEvent({ kind: 'uploaded', uploading });
  // Another run may have searched the list before this upload was in the list. Then that run has
  // sent the same content too.
  const { counter } = options;
  const { mark } = portion;
  const look = await closingLook({ counter, uploading, mark, sought: fingerprint }, run, onEvent);
  if (look.kind !== 'others') return arrived;
  const { others } = look;
  const isTwice =
    arrived.isTwice || others.some((other) => mark !== undefined && carries(other, mark));
  if (!isTwice) onEvent({ kind: 'sent-by-another', uploading, others });
  const known = new Map([...arrived.duplicates, ...others].map((one) => [one.id, one]));
  return { ...arrived, duplicates: [...known.values()], isTwice };
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
