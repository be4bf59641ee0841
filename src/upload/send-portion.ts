import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { MetrikaClient, UploadParameters } from '../metrika/client.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import type { RetryNotice, RetryPolicy } from '../metrika/retry.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { fullComment } from './comment.ts';
import { deliver } from './deliver.ts';
import { fingerprintOf, uploadingsMarked } from './fingerprint.ts';
import { Interruption } from './interruption.ts';
import type { Portion } from './portions.ts';
import type { Arrived, RunJournal } from './run-journal.ts';
import { shortfall } from './verdict.ts';
import { waitForEnd, WaitRanOut, type WaitSettings } from './wait-for-end.ts';

/** Is told how one portion gets on. */
export interface PortionWatcher {
  sending(attempt: number, total: number): void;
  transferred(bytes: number, total: number): void;
  retrying(notice: RetryNotice): void;
  looking(failure: RequestFailure): void;
  adopted(uploading: CallUploading): void;
  /** The counter has the content already. */
  existing(uploading: CallUploading): void;
  /** Another run sent the same content at the same time. */
  twins(uploading: CallUploading, others: readonly CallUploading[]): void;
  uploaded(uploading: CallUploading): void;
  waiting(uploading: CallUploading): void;
}

/**
 * The fingerprint that a portion's comment gets. A part always has one, so that a run that broke off
 * can be gone on with.
 */
export function markOf(
  { portion, sha256 }: Pick<Portion, 'portion' | 'sha256'>,
  skipExisting: boolean,
): string | undefined {
  return skipExisting || portion?.part !== undefined ? fingerprintOf(sha256) : undefined;
}

/** How to send, beside what. */
export interface SendingSettings {
  readonly counter: number;
  readonly parameters: UploadParameters;
  /** Whether to go on until the service is done. */
  readonly wait: WaitSettings | undefined;
  readonly repeat: boolean;
  /** Whether a content that the counter has already is not sent again. */
  readonly skipExisting: boolean;
  readonly retry: RetryPolicy;
}

/** What the sending draws on; tests bring their own. */
export interface SendingSurroundings {
  readonly client: MetrikaClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
  readonly journal: RunJournal;
  /** Command lines for the hints of errors. */
  readonly commands: { status(id: string): string; list(): string };
}

/** What became of one portion. */
export interface Sent {
  readonly uploading: CallUploading | undefined;
  /** Whether the uploading was there before. */
  readonly existed: boolean;
  /** Why it is not there, or not all of it counts. */
  readonly failure: Failure | undefined;
}

/** What is known so far; the last word of an interrupted run is made from it. */
interface Progress {
  phase: 'before' | 'sending' | 'sent';
  /** Whether an attempt ended without anybody knowing its fate. */
  doubtful: boolean;
  /** Bytes handed over in this attempt. */
  transferred: number;
  uploading: CallUploading | undefined;
}

/**
 * Sends one portion, unless the counter has its content already and that is to be heeded. It does
 * not throw for anything that the file, the network or the service does.
 *
 * @throws only what is a defect of the program
 */
export async function sendPortion(
  portion: Portion,
  settings: SendingSettings,
  around: SendingSurroundings,
  watcher: PortionWatcher,
): Promise<Sent> {
  const progress: Progress = {
    phase: 'before',
    doubtful: false,
    transferred: 0,
    uploading: undefined,
  };
  try {
    const { uploading, existed } = settings.skipExisting
      ? await sendOnce(portion, settings, around, watcher, progress)
      : {
          uploading: await send(portion, settings, around, watcher, progress),
          existed: false,
        };
    around.journal.note(uploading);
    watcher.uploaded(uploading);
    return { uploading, existed, failure: undefined };
  } catch (error) {
    const failure = ending(error, () => interruptedSending(portion, progress, around));
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
  sent: Sent,
  dynamicCalls: number | undefined,
  settings: SendingSettings,
  around: SendingSurroundings,
  watcher: PortionWatcher,
): Promise<Sent> {
  if (sent.uploading === undefined || sent.failure !== undefined) return sent;
  let { uploading } = sent;
  const { client, clock, signal, commands } = around;
  try {
    if (settings.wait !== undefined) {
      uploading = await waitForEnd(uploading, settings.wait, {
        client,
        clock,
        counter: settings.counter,
        signal,
        onLook: (seen) => {
          uploading = seen;
          watcher.waiting(seen);
        },
        commandToGoOn: (id) => commands.status(id),
      });
    }
    return { ...sent, uploading, failure: shortfall(uploading, dynamicCalls) };
  } catch (error) {
    if (error instanceof WaitRanOut) uploading = error.uploading;
    return {
      ...sent,
      uploading,
      failure: ending(error, () => interruptedWith(uploading, around)),
    };
  }
}

/** @throws what is a defect of the program */
function ending(error: unknown, interrupted: () => Failure): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Interruption) return interrupted();
  throw error;
}

async function sendOnce(
  portion: Portion,
  settings: SendingSettings,
  around: SendingSurroundings,
  watcher: PortionWatcher,
  progress: Progress,
): Promise<Arrived> {
  const { client, signal, journal } = around;
  const fingerprint = fingerprintOf(portion.sha256);
  const marked = async (): Promise<CallUploading[]> => {
    const { uploadings } = await client.findAllCallUploadings(settings.counter, signal);
    return uploadingsMarked(uploadings, fingerprint);
  };
  const arrived = await journal.once(fingerprint, async () => {
    const [existing] = await marked();
    if (existing !== undefined) return { uploading: existing, existed: true };
    const sent = await send(portion, settings, around, watcher, progress);
    return { uploading: sent, existed: false };
  });
  const { uploading } = arrived;
  if (arrived.existed) {
    watcher.existing(uploading);
    return arrived;
  }
  progress.uploading = uploading;
  // Two runs at the very same time can both have found nothing.
  const others = await marked().then(
    (found) => found.filter(({ id }) => id !== uploading.id),
    (error: unknown) => {
      // The file is there; that the second look failed changes nothing of that.
      if (error instanceof RequestFailure) return [];
      throw error;
    },
  );
  if (others.length > 0) watcher.twins(uploading, others);
  return { uploading, existed: false };
}

async function send(
  portion: Portion,
  settings: SendingSettings,
  around: SendingSurroundings,
  watcher: PortionWatcher,
  progress: Progress,
): Promise<CallUploading> {
  const comment = fullComment(settings.parameters.comment, {
    portion: portion.portion,
    fingerprint: markOf(portion, settings.skipExisting),
  });
  return await deliver(
    {
      counter: settings.counter,
      portion,
      parameters: { ...settings.parameters, comment },
    },
    {
      ...around,
      retry: settings.retry,
      repeat: settings.repeat,
      commandToLook: around.commands.list(),
      watcher: {
        ...watcher,
        sending: (attempt) => {
          progress.phase = progress.doubtful ? 'sent' : 'sending';
          progress.transferred = 0;
          watcher.sending(attempt, portion.length);
        },
        transferred: (bytes) => {
          progress.transferred = bytes;
          watcher.transferred(bytes, portion.length);
        },
        bodySent: () => {
          progress.phase = 'sent';
        },
        retrying: (notice) => {
          // What was certainly not taken is as if it had never been sent.
          if (!progress.doubtful) progress.phase = 'before';
          watcher.retrying(notice);
        },
        looking: (failure) => {
          progress.doubtful = true;
          progress.phase = 'sent';
          watcher.looking(failure);
        },
      },
    },
  );
}

/** The last word about a run that was broken off before anything was sent (exit 130). */
export function interruptedBefore(): Failure {
  return interrupted('nothing was sent', 'Run the same command again.');
}

function interruptedSending(
  portion: Portion,
  { phase, transferred, uploading }: Progress,
  around: SendingSurroundings,
): Failure {
  if (uploading !== undefined) return interruptedWith(uploading, around);
  switch (phase) {
    case 'before':
      return interruptedBefore();
    case 'sending':
      return interrupted(
        `${String(transferred)} of ${String(portion.length)} bytes had left; a request that is cut short is not taken`,
        `Run the same command again. To be certain, look first: ${around.commands.list()}`,
      );
    case 'sent':
      return interrupted(
        'the whole file had left and nothing is known of its fate, so it may have arrived',
        `Look before you send it again: ${around.commands.list()}`,
      );
  }
}

function interruptedWith(uploading: CallUploading, around: SendingSurroundings): Failure {
  return interrupted(
    `it is uploading ${uploading.id}, status ${uploading.status ?? 'unknown'}`,
    `Go on with: ${around.commands.status(uploading.id)}`,
  );
}

function interrupted(known: string, hint: string): Failure {
  return new Failure({
    code: 'interrupted',
    exitCode: 130,
    message: `Interrupted: ${known}.`,
    hint,
  });
}
