import type { Validation } from '../calls/findings.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { checkFile, type FileCheckSettings, type Obstacle, validationOf } from './checked-file.ts';
import { fullComment } from './comment.ts';
import { Interruption } from './interruption.ts';
import { type LocalFile, UnreadableFile } from './local-file.ts';
import { planPortions, type Portion, type PortionName, type PortionRules } from './portions.ts';
import { RejectsFile } from './rejects-file.ts';
import {
  followPortion,
  interruptedBefore,
  markOf,
  type PortionWatcher,
  sendPortion,
  type SendingSettings,
  type SendingSurroundings,
  type Sent,
} from './send-portion.ts';

/** Is told how one file gets on. */
export interface UploadWatcher {
  /** @param total bytes */
  checking(total: number): void;
  /** @param rows records without the header */
  checked(validation: Validation, rows: number): void;
  /** @param records how many are not sent, since they have errors */
  leftOut(records: number): void;
  /** The file goes in several portions. */
  divided(portions: readonly PortionName[]): void;
  /** @param name which portion; `undefined` when the file goes whole */
  portion(name: PortionName | undefined): PortionWatcher;
}

/** What one upload needs, beside its file. */
export interface UploadSettings extends SendingSettings {
  readonly check: Omit<FileCheckSettings, 'now' | 'rejects' | 'identifiersMayMix'>;
  readonly portions: PortionRules;
  /** Where to keep the records that are left out. */
  readonly rejectsPath?: string | undefined;
  readonly dryRun: boolean;
}

/** The surroundings of a run; tests bring their own. */
export interface UploadSurroundings extends SendingSurroundings {
  readonly watcher: UploadWatcher;
}

/** How one file, or one portion of it, ended. */
export interface UploadResult {
  /** The file as the user named it. */
  readonly file: string;
  /** Which portion of the file it is; `undefined` when the file goes whole, or not at all. */
  readonly portion: PortionName | undefined;
  readonly exitCode: ExitCode;
  readonly outcome: 'uploaded' | 'existing' | 'dry-run' | 'failed';
  /** SHA-256 and length of what is sent; of the file as it is when it is not sent. */
  readonly sha256: string | undefined;
  readonly bytes: number | undefined;
  /** Records without the header, those with errors included. */
  readonly rows: number | undefined;
  /** Records with at least one error; those of a divided file are with its first portion. */
  readonly rejectedRows: number | undefined;
  readonly conversions: readonly string[];
  readonly uploading: CallUploading | undefined;
  /** What the check of the whole file found. */
  readonly validation: Validation;
  readonly failure: Failure | undefined;
}

/** What the check says of a file. */
type FileFacts = Pick<
  UploadResult,
  'file' | 'sha256' | 'bytes' | 'rows' | 'rejectedRows' | 'conversions' | 'validation'
>;

/** A file that passed, with its portions. */
interface Planned {
  readonly portions: readonly Portion[];
  readonly dynamicCalls: number;
}

/**
 * Takes one file through its check, its sending and, when asked, its processing. It does not throw
 * for anything that the file, the network or the service does: that is in the results.
 *
 * @param openFile opens the file; what it throws belongs to the result
 * @param name the file as the user named it
 * @returns one result, or one for each portion when the file goes in several
 * @throws only what is a defect of the program
 */
export async function uploadFile(
  openFile: () => Promise<LocalFile>,
  name: string,
  settings: UploadSettings,
  around: UploadSurroundings,
): Promise<UploadResult[]> {
  let facts: FileFacts = {
    file: name,
    sha256: undefined,
    bytes: undefined,
    rows: undefined,
    rejectedRows: undefined,
    conversions: [],
    validation: { errors: 0, warnings: 0, notes: 0, findings: [], groups: [] },
  };
  let file: LocalFile | undefined;
  try {
    const opened = await openFile();
    file = opened;
    const planned = await around.journal.oneCheckAtATime(() =>
      checkAndPlan(opened, settings, around, (known) => {
        facts = { ...facts, ...known };
      }),
    );
    return await sendPortions(planned, facts, settings, around);
  } catch (error) {
    const failure = error instanceof Interruption ? interruptedBefore() : error;
    if (!(failure instanceof Failure)) throw error;
    const validation = failure instanceof UnreadableFile ? validationOf(failure) : facts.validation;
    const { exitCode } = failure;
    return [
      {
        ...facts,
        validation,
        portion: undefined,
        exitCode,
        outcome: 'failed',
        uploading: undefined,
        failure,
      },
    ];
  } finally {
    file?.close();
  }
}

/** @param learn is told what the check found, as soon as it is known */
async function checkAndPlan(
  file: LocalFile,
  settings: UploadSettings,
  { clock, signal, watcher }: UploadSurroundings,
  learn: (facts: Omit<FileFacts, 'file'>) => void,
): Promise<Planned> {
  signal?.throwIfAborted();
  watcher.checking(file.size);
  const rejects =
    settings.rejectsPath === undefined ? undefined : new RejectsFile(settings.rejectsPath);
  const checked = await checkFile(file, {
    ...settings.check,
    identifiersMayMix: settings.portions.byIdentifier,
    now: Math.floor(clock.now() / 1000),
    rejects,
  }).catch((error: unknown) => {
    rejects?.discard();
    throw error;
  });
  const { report, conversions, obstacle } = checked;
  const { counts, validation, form, sha256, bytes } = report;
  learn({
    sha256,
    bytes,
    rows: counts.records,
    rejectedRows: counts.invalid,
    conversions,
    validation,
  });
  signal?.throwIfAborted();
  watcher.checked(validation, counts.records);
  if (obstacle !== undefined || form === undefined) {
    rejects?.discard();
    throw notPassed(validation, obstacle ?? 'file-errors', settings.check);
  }
  const portions = await planPortions(file, checked, form, settings.portions, clock)
    .then((planned) => {
      for (const one of planned) {
        // A comment that does not fit is refused before the first portion is sent.
        const fingerprint = markOf(one, settings.skipExisting);
        fullComment(settings.parameters.comment, { portion: one.portion, fingerprint });
      }
      signal?.throwIfAborted();
      return planned;
    })
    .catch((error: unknown) => {
      rejects?.discard();
      throw error;
    });
  if (settings.dryRun) rejects?.discard();
  else rejects?.finish();
  if (counts.invalid > 0) watcher.leftOut(counts.invalid);
  const names = portions.flatMap(({ portion }) => (portion === undefined ? [] : [portion]));
  if (names.length > 0) watcher.divided(names);
  return { portions, dynamicCalls: counts.dynamic };
}

async function sendPortions(
  { portions, dynamicCalls }: Planned,
  facts: FileFacts,
  settings: UploadSettings,
  around: UploadSurroundings,
): Promise<UploadResult[]> {
  if (settings.dryRun) {
    return portions.map((portion, at) => resultOf(facts, portion, at, DRY_RUN));
  }
  const sent: { readonly one: Sent; readonly watcher: PortionWatcher }[] = [];
  let stopped: Failure | undefined;
  for (const portion of portions) {
    const watcher = around.watcher.portion(portion.portion);
    const one: Sent =
      stopped === undefined
        ? await sendPortion(portion, settings, around, watcher)
        : { uploading: undefined, existed: false, failure: notTried(portion, stopped) };
    sent.push({ one, watcher });
    stopped ??= one.failure;
  }
  // All are sent before any is waited for, since the service works on them side by side.
  const dynamic = portions.length > 1 && dynamicCalls > 0 ? undefined : dynamicCalls;
  const followed = await Promise.all(
    sent.map(({ one, watcher }) => followPortion(one, dynamic, settings, around, watcher)),
  );
  return portions.map((portion, at) => resultOf(facts, portion, at, followed[at] ?? DRY_RUN));
}

const DRY_RUN = 'dry-run';

function resultOf(
  facts: FileFacts,
  { portion, sha256, length, records }: Portion,
  at: number,
  sent: Sent | typeof DRY_RUN,
): UploadResult {
  const { uploading, failure, existed } =
    sent === DRY_RUN ? { uploading: undefined, failure: undefined, existed: false } : sent;
  const arrived = existed ? 'existing' : 'uploaded';
  const rejectedRows = at === 0 ? (facts.rejectedRows ?? 0) : 0;
  return {
    ...facts,
    portion,
    exitCode: failure?.exitCode ?? 0,
    outcome: sent === DRY_RUN ? DRY_RUN : uploading === undefined ? 'failed' : arrived,
    sha256,
    bytes: length,
    rows: records + rejectedRows,
    rejectedRows,
    uploading,
    failure,
  };
}

/** What could not be done for one portion is not tried for those after it. */
function notTried({ portion }: Portion, cause: Failure): Failure {
  return new Failure({
    code: 'portion-not-sent',
    exitCode: cause.exitCode,
    message: 'Nothing of it was sent, since one before it failed.',
    hint:
      portion?.part === undefined
        ? 'Run the same command again; with --skip-existing in both runs it sends only what is not there yet.'
        : 'Run the same command again with --skip-existing: it sends only what is not there yet.',
    cause,
  });
}

function notPassed(
  { errors, warnings }: Validation,
  obstacle: Obstacle,
  { skipInvalid, strict }: Pick<FileCheckSettings, 'skipInvalid' | 'strict'>,
): Failure {
  const found =
    obstacle === 'warnings'
      ? `${counted(warnings, 'warning')}, which --strict does not let pass`
      : counted(errors, 'error');
  let hint: keyof typeof HINTS = obstacle;
  if (obstacle === 'file-errors' && skipInvalid) hint = 'nothing-to-skip';
  // Without the records that have errors, the warnings would still be in the way.
  if (obstacle === 'record-errors' && strict && warnings > 0) hint = 'file-errors';
  return new Failure({
    code: 'validation-failed',
    exitCode: 3,
    message: `The file has ${found}, so nothing was sent.`,
    hint: HINTS[hint],
  });
}

const HINTS: Readonly<Record<Obstacle | 'nothing-to-skip', string>> = {
  'record-errors':
    'Mend what is listed and run the same command again; --skip-invalid sends the other records.',
  'file-errors': 'Mend what is listed and run the same command again.',
  'nothing-to-skip':
    'Some of it concerns the whole file, or no record is left, so nothing can be skipped. Mend what is listed and run the same command again.',
  warnings: 'Mend what is listed, or leave out --strict to send the file with its warnings.',
};

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
