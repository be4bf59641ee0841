/** Takes one file through its check, its sending and, when asked, its processing. */
import {
  checkFile,
  type FileChecker,
  type FileCheckOptions,
  type Obstacle,
  validationOf,
} from '../calls/check/check-file.ts';
import type { Validation } from '../calls/findings/finding.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { LocalFile } from '../files/local-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { fullComment } from './comment.ts';
import type { UploadEvent } from './events.ts';
import { Interruption } from './interruption.ts';
import { newMark } from './mark.ts';
import { planPortions, type PortionName, type PortionOptions } from './portions.ts';
import { RejectsFile } from './rejects-file.ts';
import type { RunContext } from './run.ts';
import {
  followPortion,
  type MarkedPortion,
  NOTHING_SENT,
  type SendingOptions,
  sendPortion,
  type Sent,
} from './send-portion.ts';
import { interruptedBefore } from './sending-progress.ts';

/** What one upload needs, beside its file. */
export interface UploadOptions extends SendingOptions {
  readonly check: Omit<FileCheckOptions, 'now' | 'rejects' | 'identifiersMayMix'>;
  /** Checks a file, and converts it where it is an export; {@link checkFile} by default. */
  readonly checker?: FileChecker | undefined;
  readonly portions: PortionOptions;
  /** Where to keep the records that are left out. */
  readonly rejectsPath?: string | undefined;
  readonly dryRun: boolean;
}

/** What the upload of one file works with: what the run shares, and who watches this file. */
export interface UploadContext extends RunContext {
  readonly onEvent: (event: UploadEvent) => void;
}

/** How one file, or one portion of it, ended. */
export interface UploadResult {
  /** The file as the user named it. */
  readonly file: string;
  /** Which portion of the file it is; `undefined` when the file goes whole, or not at all. */
  readonly portion: PortionName | undefined;
  readonly exitCode: ExitCode;
  /** A file is empty when it has no calls and that is allowed; nothing is sent then. */
  readonly outcome: 'uploaded' | 'existing' | 'dry-run' | 'empty' | 'failed';
  /** SHA-256 and length of what is sent; of the file as it is when it is not sent. */
  readonly sha256: string | undefined;
  readonly bytes: number | undefined;
  /** Records without the header, those with errors included. */
  readonly rows: number | undefined;
  /** Records with at least one error; those of a split file are with its first portion. */
  readonly rejectedRows: number | undefined;
  /** The file that the rejected records are kept in. */
  readonly rejects: string | undefined;
  readonly conversions: readonly string[];
  readonly uploading: CallUploading | undefined;
  /** The mark at the end of the comment; `undefined` when nothing of this run was to be sent, or marks are left out. */
  readonly mark: string | undefined;
  /** Whether the service was seen to drop the mark. */
  readonly isMarkLost: boolean;
  /** Uploads that may be of this file, where that is not known. */
  readonly candidates: readonly CallUploading[];
  /** Other uploads of the same content. */
  readonly duplicates: readonly CallUploading[];
  /** What the check of the whole file found. */
  readonly validation: Validation;
  readonly failure: Failure | undefined;
}

/** What the check says of a file. */
type FileFacts = Pick<
  UploadResult,
  'file' | 'sha256' | 'bytes' | 'rows' | 'rejectedRows' | 'rejects' | 'conversions' | 'validation'
>;

/** A file that passed, with its portions. */
interface Planned {
  readonly portions: readonly MarkedPortion[];
  readonly dynamicCalls: number;
}

/** Goes on with a file that was sent, and gives one result, or one for each portion when it went in several. */
export type FollowFile = () => Promise<UploadResult[]>;

/**
 * Checks one file and sends it. It does not throw for anything that the file, the network or the service does:
 * that is in the results.
 *
 * @param openFile opens the file; what it throws belongs to the result
 * @param name the file as the user named it
 * @returns what goes on with it: all files of a run are sent before any is waited for
 * @throws only what is a bug of the program
 */
export async function sendFile(
  openFile: () => Promise<LocalFile>,
  name: string,
  options: UploadOptions,
  context: UploadContext,
): Promise<FollowFile> {
  let facts: FileFacts = {
    file: name,
    sha256: undefined,
    bytes: undefined,
    rows: undefined,
    rejectedRows: undefined,
    rejects: undefined,
    conversions: [],
    validation: { errors: 0, warnings: 0, notes: 0, findings: [], groups: [] },
  };
  let file: LocalFile | undefined;
  try {
    const opened = await openFile();
    file = opened;
    const planned = await context.journal.oneCheckAtATime(() =>
      checkAndPlan(opened, options, context, (known) => {
        facts = { ...facts, ...known };
      }),
    );
    if (planned === 'empty') {
      const result = {
        ...facts,
        ...NOT_SENT,
        exitCode: EXIT_CODES.done,
        outcome: 'empty',
      } as const;
      return () => Promise.resolve([result]);
    }
    return await sendPortions(planned, facts, options, context);
  } catch (error) {
    const failure = error instanceof Interruption ? interruptedBefore() : error;
    if (!(failure instanceof Failure)) throw error;
    const result = failedResult(facts, failure);
    return () => Promise.resolve([result]);
  } finally {
    file?.close();
  }
}

/** What there is to say of a file that was not sent. */
const NOT_SENT = {
  portion: undefined,
  uploading: undefined,
  mark: undefined,
  isMarkLost: false,
  candidates: [],
  duplicates: [],
  failure: undefined,
} as const;

function failedResult(facts: FileFacts, failure: Failure): UploadResult {
  const validation = failure instanceof UnreadableFile ? validationOf(failure) : facts.validation;
  const { exitCode } = failure;
  return { ...facts, ...NOT_SENT, validation, exitCode, outcome: 'failed', failure };
}

/** @param onFacts gets what the check found, as soon as it is known */
async function checkAndPlan(
  file: LocalFile,
  options: UploadOptions,
  context: UploadContext,
  onFacts: (facts: Partial<FileFacts>) => void,
): Promise<Planned | 'empty'> {
  const { clock, signal, onEvent } = context;
  signal?.throwIfAborted();
  onEvent({ kind: 'checking', total: file.size });
  const { rejectsPath } = options;
  const rejects = rejectsPath === undefined ? undefined : new RejectsFile(rejectsPath);
  try {
    const { checker = checkFile } = options;
    const checked = await checker(file, {
      ...options.check,
      identifiersMayMix: options.portions.byIdentifier,
      now: Math.floor(clock.now() / 1000),
      rejects,
    });
    const { report, conversions, obstacle, records, rejected: rejectedRows } = checked;
    const { counts, validation, form, sha256, bytes } = report;
    onFacts({ sha256, bytes, rows: records, rejectedRows, conversions, validation });
    signal?.throwIfAborted();
    onEvent({ kind: 'checked', validation, records });
    const isEmpty = obstacle === undefined && records === 0;
    if (isEmpty && options.check.allowEmpty === true) {
      rejects?.discard();
      return 'empty';
    }
    if (obstacle !== undefined || form === undefined) {
      throw notPassed(validation, obstacle ?? 'file-errors', options.check);
    }
    const planned = await planPortions({ checked, form, rules: options.portions, clock });
    const portions = planned.map((portion) => ({
      ...portion,
      mark: options.marks ? newMark(portion.sha256, context.random) : undefined,
    }));
    // A comment that does not fit is refused before the first portion is sent.
    for (const one of portions) fullComment(options.parameters.comment, one);
    signal?.throwIfAborted();
    if (options.dryRun) rejects?.discard();
    const kept = options.dryRun ? undefined : rejects?.finish();
    onFacts({ rejects: kept });
    if (rejectedRows > 0) onEvent({ kind: 'left-out', records: rejectedRows, rejects: kept });
    const names = portions.flatMap(({ portion }) => portion ?? []);
    if (names.length > 0) onEvent({ kind: 'split', portions: names });
    return { portions, dynamicCalls: counts.dynamic };
  } catch (error) {
    rejects?.discard();
    throw error;
  }
}

async function sendPortions(
  { portions, dynamicCalls }: Planned,
  facts: FileFacts,
  options: UploadOptions,
  context: UploadContext,
): Promise<FollowFile> {
  if (options.dryRun) {
    const results = portions.map((portion, at) => resultOf(facts, portion, at === 0, DRY_RUN));
    return () => Promise.resolve(results);
  }
  const events = portions.map(
    ({ portion }) =>
      (event: Extract<UploadEvent, { kind: 'portion' }>['event']): void => {
        context.onEvent({ kind: 'portion', portion, event });
      },
  );
  const ignore = (): void => undefined;
  const sent: Sent[] = [];
  let stopped: Failure | undefined;
  for (const [at, portion] of portions.entries()) {
    const one: Sent =
      stopped === undefined
        ? await sendPortion(portion, options, context, events[at] ?? ignore)
        : { ...NOTHING_SENT, failure: notTried(portion, stopped) };
    sent.push(one);
    // What arrived, though twice, does not keep the others back.
    if (one.uploading === undefined) stopped ??= one.failure;
  }
  const dynamic = portions.length > 1 && dynamicCalls > 0 ? undefined : dynamicCalls;
  return async () => {
    const followed = await Promise.all(
      sent.map((one, at) => {
        const calls = { records: portions[at]?.records, dynamic };
        return followPortion({ sent: one, calls }, options, context, events[at] ?? ignore);
      }),
    );
    return portions.map((portion, at) =>
      resultOf(facts, portion, at === 0, followed[at] ?? DRY_RUN),
    );
  };
}

const DRY_RUN = 'dry-run';

function resultOf(
  facts: FileFacts,
  { portion, sha256, length, records, mark }: MarkedPortion,
  isFirst: boolean,
  sent: Sent | typeof DRY_RUN,
): UploadResult {
  const { existed, ...outcome } = sent === DRY_RUN ? NOTHING_SENT : sent;
  const { uploading, failure } = outcome;
  const arrived = existed ? 'existing' : 'uploaded';
  const rejectedRows = isFirst ? (facts.rejectedRows ?? 0) : 0;
  return {
    ...facts,
    portion,
    exitCode: failure?.exitCode ?? EXIT_CODES.done,
    outcome: sent === DRY_RUN ? DRY_RUN : uploading === undefined ? 'failed' : arrived,
    sha256,
    bytes: length,
    rows: records + rejectedRows,
    rejectedRows,
    ...outcome,
    mark: existed ? undefined : mark,
  };
}

/** What failed for one portion is not tried for those after it. */
function notTried({ portion }: MarkedPortion, cause: Failure): Failure {
  const isPart = portion?.part !== undefined;
  return new Failure('portion-not-sent', { isPart }, { exitCode: cause.exitCode, cause });
}

function notPassed(
  { errors, warnings }: Validation,
  obstacle: Obstacle,
  { skipInvalid, strict }: Pick<FileCheckOptions, 'skipInvalid' | 'strict'>,
): Failure {
  let cause: Obstacle | 'nothing-to-skip' = obstacle;
  if (obstacle === 'file-errors' && skipInvalid) cause = 'nothing-to-skip';
  // Without the records that have errors, the warnings would still forbid the sending.
  if (obstacle === 'record-errors' && strict && warnings > 0) cause = 'file-errors';
  return new Failure('validation-failed', { errors, warnings, cause });
}
