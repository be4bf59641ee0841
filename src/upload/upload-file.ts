import type { Validation } from '../calls/findings.ts';
import type { Clock } from '../clock.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { MetrikaClient, UploadParameters } from '../metrika/client.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import type { RetryNotice, RetryPolicy } from '../metrika/retry.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import {
  checkFile,
  type FileCheckSettings,
  type Outgoing,
  prepareOutgoing,
  validationOf,
} from './checked-file.ts';
import { deliver } from './deliver.ts';
import { fingerprintOf, markedComment, uploadingsMarked } from './fingerprint.ts';
import { Interruption } from './interruption.ts';
import { type LocalFile, UnreadableFile } from './local-file.ts';
import { RejectsFile } from './rejects-file.ts';
import { shortfall } from './verdict.ts';
import { waitForEnd, WaitRanOut, type WaitSettings } from './wait-for-end.ts';

/** Is told how one file gets on. */
export interface UploadWatcher {
  /** @param total bytes */
  checking(total: number): void;
  checked(validation: Validation, records: number): void;
  /** @param records how many are not sent, since they have errors */
  leftOut(records: number): void;
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

/** What one upload needs, beside its file. */
export interface UploadSettings {
  readonly counter: number;
  readonly parameters: UploadParameters;
  readonly check: Omit<FileCheckSettings, 'now' | 'rejects'>;
  /** Where to keep the records that are left out. */
  readonly rejectsPath?: string | undefined;
  readonly dryRun: boolean;
  /** Whether to go on until the service is done. */
  readonly wait: WaitSettings | undefined;
  readonly repeat: boolean;
  /** Whether a content that the counter has already is not sent again. */
  readonly skipExisting: boolean;
  readonly retry: RetryPolicy;
}

/** The surroundings of a run; tests bring their own. */
export interface UploadSurroundings {
  readonly client: MetrikaClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
  readonly watcher: UploadWatcher;
  /** Ids of the uploadings that this run has made so far; a finished one is added. */
  readonly taken: Set<string>;
  /** What this run has sent so far, by fingerprint; a sent file is added. */
  readonly sent: Map<string, CallUploading>;
  /** Command lines for the hints of errors. */
  readonly commands: { status(id: string): string; list(): string };
}

/** How one file ended. */
export interface UploadResult {
  /** The file as the user named it. */
  readonly file: string;
  readonly exitCode: ExitCode;
  readonly outcome: 'uploaded' | 'existing' | 'dry-run' | 'failed';
  /** SHA-256 and length of what is sent; of the file as it is when it is not sent. */
  readonly sha256: string | undefined;
  readonly bytes: number | undefined;
  /** Records without the header. */
  readonly rows: number | undefined;
  /** Records with at least one error. */
  readonly rejectedRows: number | undefined;
  readonly conversions: readonly string[];
  readonly uploading: CallUploading | undefined;
  readonly validation: Validation;
  readonly failure: Failure | undefined;
}

/** What is known so far; the last word to the user is made from it. */
interface Progress {
  validation: Validation;
  rows: number | undefined;
  rejectedRows: number | undefined;
  sha256: string | undefined;
  bytes: number | undefined;
  conversions: readonly string[];
  uploading: CallUploading | undefined;
  /** Whether the uploading was there before this run. */
  existed: boolean;
  phase: 'before' | 'sending' | 'sent' | 'waiting';
  /** Whether an attempt ended without anybody knowing its fate. */
  doubtful: boolean;
  transferred: number;
}

const NOTHING_FOUND: Validation = { errors: 0, warnings: 0, notes: 0, findings: [], groups: [] };

/**
 * Takes one file through its check, its sending and, when asked, its processing. It does not throw
 * for anything that the file, the network or the service does: that is in the result.
 *
 * @param openFile opens the file; what it throws belongs to the result
 * @param name the file as the user named it
 * @throws only what is a defect of the program
 */
export async function uploadFile(
  openFile: () => Promise<LocalFile>,
  name: string,
  settings: UploadSettings,
  around: UploadSurroundings,
): Promise<UploadResult> {
  const progress: Progress = {
    validation: NOTHING_FOUND,
    rows: undefined,
    rejectedRows: undefined,
    sha256: undefined,
    bytes: undefined,
    conversions: [],
    uploading: undefined,
    existed: false,
    phase: 'before',
    doubtful: false,
    transferred: 0,
  };
  let file: LocalFile | undefined;
  try {
    file = await openFile();
    const failure = await takeThrough(file, settings, around, progress);
    const outcome = settings.dryRun && failure === undefined ? 'dry-run' : undefined;
    return result(name, progress, failure, outcome);
  } catch (error) {
    if (error instanceof UnreadableFile) progress.validation = validationOf(error);
    if (error instanceof WaitRanOut) progress.uploading = error.uploading;
    if (error instanceof Failure) return result(name, progress, error);
    if (error instanceof Interruption) {
      return result(name, progress, interrupted(progress, around));
    }
    throw error;
  } finally {
    await file?.close();
  }
}

/** @returns why not all of it counts, when the service has it and yet something is amiss */
async function takeThrough(
  file: LocalFile,
  settings: UploadSettings,
  around: UploadSurroundings,
  progress: Progress,
): Promise<Failure | undefined> {
  const { clock, client, signal, watcher, commands } = around;
  watcher.checking(file.size);
  const now = Math.floor(clock.now() / 1000);
  const rejects =
    settings.rejectsPath === undefined ? undefined : new RejectsFile(settings.rejectsPath);
  const checked = await checkFile(file, { ...settings.check, now, rejects }).catch(
    (error: unknown) => {
      rejects?.discard();
      throw error;
    },
  );
  const { report, conversions, passed } = checked;
  signal?.throwIfAborted();
  const { counts, validation, form } = report;
  Object.assign(progress, {
    validation,
    rows: counts.records,
    rejectedRows: counts.invalid,
    sha256: report.sha256,
    bytes: report.bytes,
    conversions,
  });
  watcher.checked(validation, counts.records);
  if (!passed || form === undefined) {
    rejects?.discard();
    throw notPassed(validation, settings.check.skipInvalid);
  }
  if (settings.dryRun) rejects?.discard();
  else rejects?.finish();
  if (counts.invalid > 0) watcher.leftOut(counts.invalid);

  const outgoing = await prepareOutgoing(file, checked, form);
  Object.assign(progress, { sha256: outgoing.sha256, bytes: outgoing.length });
  signal?.throwIfAborted();
  if (settings.dryRun) return undefined;

  progress.uploading = await sendOnce(
    outgoing,
    counts.records - counts.invalid,
    settings,
    around,
    progress,
  );
  around.taken.add(progress.uploading.id);
  watcher.uploaded(progress.uploading);
  if (settings.wait !== undefined) {
    progress.phase = 'waiting';
    progress.uploading = await waitForEnd(progress.uploading, settings.wait, {
      client,
      clock,
      counter: settings.counter,
      signal,
      onLook: (uploading) => {
        progress.uploading = uploading;
        watcher.waiting(uploading);
      },
      commandToGoOn: (id) => commands.status(id),
    });
  }
  return shortfall(progress.uploading, counts.dynamic);
}

/** Sends a file, unless the counter has its content already and that is to be heeded. */
async function sendOnce(
  outgoing: Outgoing,
  records: number,
  settings: UploadSettings,
  around: UploadSurroundings,
  progress: Progress,
): Promise<CallUploading> {
  const { parameters, counter, skipExisting } = settings;
  if (!skipExisting) return await send(outgoing, records, settings, around, progress);

  const { client, signal, watcher } = around;
  const fingerprint = fingerprintOf(outgoing.sha256);
  const marked = async (): Promise<CallUploading[]> => {
    const { uploadings } = await client.findAllCallUploadings(counter, signal);
    return uploadingsMarked(uploadings, fingerprint);
  };
  // A list may lag behind what this very run has sent.
  const existing = around.sent.get(fingerprint) ?? (await marked())[0];
  if (existing !== undefined) {
    progress.existed = true;
    watcher.existing(existing);
    return existing;
  }
  const comment = markedComment(parameters.comment, fingerprint);
  const withMark = { ...settings, parameters: { ...parameters, comment } };
  const uploading = await send(outgoing, records, withMark, around, progress);
  around.sent.set(fingerprint, uploading);
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
  return uploading;
}

async function send(
  outgoing: Outgoing,
  records: number,
  settings: UploadSettings,
  around: UploadSurroundings,
  progress: Progress,
): Promise<CallUploading> {
  const { watcher } = around;
  return await deliver(
    { counter: settings.counter, file: outgoing, parameters: settings.parameters, records },
    {
      ...around,
      retry: settings.retry,
      repeat: settings.repeat,
      commandToLook: around.commands.list(),
      watcher: {
        sending: (attempt) => {
          progress.phase = progress.doubtful ? 'sent' : 'sending';
          progress.transferred = 0;
          watcher.sending(attempt, outgoing.length);
        },
        transferred: (bytes) => {
          progress.transferred = bytes;
          watcher.transferred(bytes, outgoing.length);
        },
        bodySent: () => {
          progress.phase = 'sent';
        },
        retrying: (notice) => {
          watcher.retrying(notice);
        },
        looking: (failure) => {
          progress.doubtful = true;
          progress.phase = 'sent';
          watcher.looking(failure);
        },
        adopted: (uploading) => {
          watcher.adopted(uploading);
        },
      },
    },
  );
}

function result(
  name: string,
  progress: Progress,
  failure: Failure | undefined,
  outcome: UploadResult['outcome'] = outcomeOf(progress),
): UploadResult {
  return {
    file: name,
    exitCode: failure?.exitCode ?? 0,
    outcome,
    sha256: progress.sha256,
    bytes: progress.bytes,
    rows: progress.rows,
    rejectedRows: progress.rejectedRows,
    conversions: progress.conversions,
    uploading: progress.uploading,
    validation: progress.validation,
    failure,
  };
}

function outcomeOf({ uploading, existed }: Progress): UploadResult['outcome'] {
  if (uploading === undefined) return 'failed';
  return existed ? 'existing' : 'uploaded';
}

function notPassed({ errors, warnings }: Validation, skipInvalid: boolean): Failure {
  return new Failure({
    code: 'validation-failed',
    exitCode: 3,
    message:
      errors > 0
        ? `The file has ${counted(errors, 'error')}, so nothing was sent.`
        : `The file has ${counted(warnings, 'warning')}, which --strict does not let pass, so nothing was sent.`,
    hint: skipInvalid
      ? 'Some of it concerns the whole file, or no record is left, so nothing can be skipped. Mend what is listed and run the same command again.'
      : 'Mend what is listed and run the same command again; --skip-invalid sends the other records.',
  });
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function interrupted(progress: Progress, around: UploadSurroundings): Failure {
  const { phase, transferred, bytes, uploading } = progress;
  const known = {
    before: { message: 'nothing was sent', hint: 'Run the same command again.' },
    sending: {
      message: `${String(transferred)} of ${String(bytes ?? 0)} bytes had left; a request that is cut short is not taken`,
      hint: `Run the same command again. To be certain, look first: ${around.commands.list()}`,
    },
    sent: {
      message: 'the whole file had left and nothing is known of its fate, so it may have arrived',
      hint: `Look before you send it again: ${around.commands.list()}`,
    },
    waiting: {
      message: `it is uploading ${uploading?.id ?? 'unknown'}, status ${uploading?.status ?? 'unknown'}`,
      hint: `Go on with: ${around.commands.status(uploading?.id ?? '')}`,
    },
  }[uploading === undefined ? phase : 'waiting'];
  return new Failure({
    code: 'interrupted',
    exitCode: 130,
    message: `Interrupted: ${known.message}.`,
    hint: known.hint,
  });
}
