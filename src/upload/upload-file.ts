/** Checks one file, sends it, and waits for its processing if requested. */
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
  lookOnly,
  type MarkedPortion,
  NOTHING_SENT,
  type SendingOptions,
  sendPortion,
  type Sent,
} from './send-portion.ts';
import { interruptedBefore } from './sending-progress.ts';

/** The options for the upload of a file. */
export interface UploadOptions extends SendingOptions {
  readonly check: Omit<FileCheckOptions, 'now' | 'rejects' | 'identifiersMayMix'>;
  /** Checks a file. May first convert an export. The default is {@link checkFile}. */
  readonly checker?: FileChecker | undefined;
  readonly portions: PortionOptions;
  /** The path of the rejects file. */
  readonly rejectsPath?: string | undefined;
  readonly dryRun: boolean;
}

/** The context for the upload of one file: the context of the run, and a listener for events. */
export interface UploadContext extends RunContext {
  readonly onEvent: (event: UploadEvent) => void;
  /**
   * Asks whether to send a file with a doubtful time zone. Without this function, the file is sent.
   */
  readonly confirm?: (() => Promise<boolean>) | undefined;
}

/** The result for one file, or for one portion of a file. */
export interface UploadResult {
  /** The name of the file as the user wrote it. */
  readonly file: string;
  /** The name of the portion; `undefined` when the file was not split. */
  readonly portion: PortionName | undefined;
  readonly exitCode: ExitCode;
  /**
   * The outcome. `empty` means that the file has no calls, and that an option allows such a file.
   * Nothing was sent.
   */
  readonly outcome: 'uploaded' | 'existing' | 'dry-run' | 'empty' | 'failed';
  /**
   * The SHA-256 of the content to send. If there is no content to send, it is the SHA-256 of the
   * file.
   */
  readonly sha256: string | undefined;
  /** The length of the bytes that have the hash `sha256`. */
  readonly bytes: number | undefined;
  /** The number of records, including rejected records, but without the header. */
  readonly rows: number | undefined;
  /**
   * The number of records with errors. For a split file, the result of the first portion has the
   * number for the complete file, and the other results have 0.
   */
  readonly rejectedRows: number | undefined;
  /** The path of the rejects file, if one was written. */
  readonly rejects: string | undefined;
  readonly conversions: readonly string[];
  readonly uploading: CallUploading | undefined;
  /**
   * The mark for the end of the comment, also in a dry run. `undefined` when marks are off, when
   * the counter already had the content, or when no portion of the file was planned.
   */
  readonly mark: string | undefined;
  /** Whether the service keeps the mark; `undefined` if this is not known. */
  readonly isMarkKept: boolean | undefined;
  /** Uploads that may contain the content, when the fate is unknown. */
  readonly candidates: readonly CallUploading[];
  /** Other uploads of the same content. */
  readonly duplicates: readonly CallUploading[];
  /** The findings in the complete file. */
  readonly validation: Validation;
  readonly failure: Failure | undefined;
}

/** The part of a result that comes from the check of the file. */
type FileFacts = Pick<
  UploadResult,
  'file' | 'sha256' | 'bytes' | 'rows' | 'rejectedRows' | 'rejects' | 'conversions' | 'validation'
>;

/** The portions of a file that passed its check. */
interface Planned {
  readonly portions: readonly MarkedPortion[];
  readonly dynamicCalls: number;
  /** Whether many calls are at night. */
  readonly isAtNight: boolean;
}

/** Finishes the upload of a file. Returns one result for the file, or one for each portion. */
export type FollowFile = () => Promise<UploadResult[]>;

/**
 * Checks one file and sends it. Failures of the file, the network or the service are in the
 * results.
 *
 * @param openFile opens the file; if it throws a failure, the result has this failure
 * @param name the name of the file as the user wrote it
 * @returns a function that finishes the upload. It is separate because a run sends all its files
 *   before it waits for any of them.
 * @throws only bugs of the program
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

/** The fields besides {@link FileFacts}, for the result of a file that was not sent. */
const NOT_SENT = {
  portion: undefined,
  uploading: undefined,
  mark: undefined,
  isMarkKept: undefined,
  candidates: [],
  duplicates: [],
  failure: undefined,
} as const;

function failedResult(facts: FileFacts, failure: Failure): UploadResult {
  const validation = failure instanceof UnreadableFile ? validationOf(failure) : facts.validation;
  const { exitCode } = failure;
  return { ...facts, ...NOT_SENT, validation, exitCode, outcome: 'failed', failure };
}

/**
 * Checks a file, and plans its portions.
 *
 * @param onFacts receives the facts about the file when they are known
 */
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
    // If the comment of one portion is too long, no portion is sent.
    for (const one of portions) fullComment(options.parameters.comment, one);
    signal?.throwIfAborted();
    if (options.dryRun) rejects?.discard();
    const kept = options.dryRun ? undefined : rejects?.finish();
    onFacts({ rejects: kept });
    if (rejectedRows > 0) onEvent({ kind: 'left-out', records: rejectedRows, rejects: kept });
    const names = portions.flatMap(({ portion }) => portion ?? []);
    if (names.length > 0) onEvent({ kind: 'split', portions: names });
    const night = validation.groups.find(({ code }) => code === 'calls-at-night')?.first[0];
    if (night !== undefined) onEvent({ kind: 'at-night', finding: night });
    return { portions, dynamicCalls: counts.dynamic, isAtNight: night !== undefined };
  } catch (error) {
    rejects?.discard();
    throw error;
  }
}

async function sendPortions(
  { portions, dynamicCalls, isAtNight }: Planned,
  facts: FileFacts,
  options: UploadOptions,
  context: UploadContext,
): Promise<FollowFile> {
  const events = portions.map(
    ({ portion }) =>
      (event: Extract<UploadEvent, { kind: 'portion' }>['event']): void => {
        context.onEvent({ kind: 'portion', portion, event });
      },
  );
  const ignore = (): void => undefined;
  if (options.dryRun) {
    const results: UploadResult[] = [];
    for (const [at, portion] of portions.entries()) {
      const looked = await lookOnly(portion, options, context, events[at] ?? ignore);
      results.push(resultOf(facts, portion, at === 0, looked ?? DRY_RUN));
    }
    return () => Promise.resolve(results);
  }
  const run = isAtNight ? { ...context, approve: approvalBy(context) } : context;
  const sent: Sent[] = [];
  let stopped: Failure | undefined;
  for (const [at, portion] of portions.entries()) {
    const one: Sent =
      stopped === undefined
        ? await sendPortion(portion, options, run, events[at] ?? ignore)
        : { ...NOTHING_SENT, failure: notSent(stopped) };
    sent.push(one);
    // If a portion fails and no upload of it is known, the next portions are not sent.
    if (one.uploading === undefined) stopped ??= one.failure;
  }
  const dynamic = portions.length > 1 && dynamicCalls > 0 ? undefined : dynamicCalls;
  return async () => {
    const followed = await Promise.all(
      sent.map((one, at) => {
        const calls = { records: portions[at]?.records, dynamic };
        const portion = portions[at] ?? { mark: undefined, sha256: '' };
        return followPortion({ sent: one, calls, portion }, options, context, events[at] ?? ignore);
      }),
    );
    return portions.map((portion, at) =>
      resultOf(facts, portion, at === 0, followed[at] ?? DRY_RUN),
    );
  };
}

/** Returns a function that asks about a file only once, even if it is called for each portion. */
function approvalBy({ confirm }: UploadContext): () => Promise<void> {
  let answer: Promise<boolean> | undefined;
  return async () => {
    answer ??= confirm?.() ?? Promise.resolve(true);
    if (!(await answer)) throw new Failure('declined', {});
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

/** Creates the failure for a portion that is not sent because an earlier portion failed. */
function notSent(cause: Failure): Failure {
  return new Failure('portion-not-sent', {}, { exitCode: cause.exitCode, cause });
}

function notPassed(
  { errors, warnings }: Validation,
  obstacle: Obstacle,
  { skipInvalid, strict }: Pick<FileCheckOptions, 'skipInvalid' | 'strict'>,
): Failure {
  let cause: Obstacle | 'nothing-to-skip' = obstacle;
  if (obstacle === 'file-errors' && skipInvalid) cause = 'nothing-to-skip';
  // The hint for `record-errors` proposes to leave out the records with errors. With `--strict`, the
  // warnings would still stop the upload after that. So the hint for `file-errors` is shown.
  if (obstacle === 'record-errors' && strict && warnings > 0) cause = 'file-errors';
  return new Failure('validation-failed', { errors, warnings, cause });
}
