import {
  type ByteSource,
  type CheckReport,
  checkCalls,
  type CheckSettings,
  type InvalidRecords,
} from '../calls/check-calls.ts';
import { conversionsFor } from '../calls/conversions.ts';
import { FindingCollector, type Validation } from '../calls/findings.ts';
import { CONTAINER_BYTES, containerOf, DamagedGzip, unpacked } from '../csv/container.ts';
import { Failure } from '../failure.ts';
import { type LocalFile, UnreadableFile } from './local-file.ts';
import { SkippedRecords } from './skipped-records.ts';

/**
 * Errors of records that could be left out, errors that concern the whole file or all of its records,
 * or warnings under strict settings.
 */
export type Obstacle = 'record-errors' | 'file-errors' | 'warnings';

/** The outcome of checking one file. */
export interface CheckedFile {
  /** The content that was checked, out of gzip where it was packed. */
  readonly content: ByteSource;
  /** Tells by its number, from 1, whether a record is sent; `undefined` when all are. */
  readonly keep: ((record: number) => boolean) | undefined;
  readonly report: CheckReport;
  readonly conversions: readonly string[];
  /** What forbids sending it. */
  readonly obstacle: Obstacle | undefined;
}

/** Settings of the check with what the caller makes of warnings. */
export interface FileCheckSettings extends CheckSettings {
  /** Whether warnings forbid sending as errors do. */
  readonly strict: boolean;
  /** Whether records with errors are left out and the others sent. */
  readonly skipInvalid: boolean;
  /** Keeps the records that are left out. */
  readonly rejects?: InvalidRecords | undefined;
}

/**
 * Checks an open file.
 *
 * @throws whatever reading throws
 */
export async function checkFile(
  file: LocalFile,
  settings: FileCheckSettings,
): Promise<CheckedFile> {
  const { content, packed } = openContent(file);
  const skipped = settings.skipInvalid ? new SkippedRecords(settings.rejects) : undefined;
  const report = await checkCalls(content, { ...settings, packed, invalidRecords: skipped });
  return {
    content,
    report,
    keep: skipped === undefined || skipped.none ? undefined : (record) => !skipped.has(record),
    conversions: report.form === undefined ? [] : conversionsFor(report.form),
    obstacle: obstacleIn(report, settings),
  };
}

function obstacleIn(report: CheckReport, settings: FileCheckSettings): Obstacle | undefined {
  const { errors, warnings } = report.validation;
  if (errors > 0 && !canSkip(report)) return 'file-errors';
  if (errors > 0 && !settings.skipInvalid) return 'record-errors';
  return settings.strict && warnings > 0 ? 'warnings' : undefined;
}

/** Whether all errors are those of records that can be left out, and some record remains. */
function canSkip({ validation, counts }: CheckReport): boolean {
  return (
    counts.invalid < counts.records &&
    validation.groups.every(
      ({ severity, code, first }) =>
        severity !== 'error' || code === 'blank-line' || (first[0]?.record ?? null) !== null,
    )
  );
}

/**
 * The content of a file, out of gzip where it is packed.
 *
 * @throws UnreadableFile when it is an archive or a workbook
 */
export function openContent(file: LocalFile): {
  readonly content: ByteSource;
  readonly packed: boolean;
} {
  const container = containerOf(file.head(CONTAINER_BYTES));
  if (container === undefined) return { content: file, packed: false };
  if (container === 'gzip') return { content: { blocks: () => gunzipped(file) }, packed: true };
  const detail =
    container === 'archive' ? 'a zip archive or an Excel workbook' : 'an Excel workbook';
  throw new UnreadableFile('file-packed', detail);
}

async function* gunzipped(file: LocalFile): AsyncIterable<Uint8Array> {
  try {
    yield* unpacked(file.blocks());
  } catch (error) {
    throw error instanceof DamagedGzip ? new UnreadableFile('gzip-damaged') : error;
  }
}

/** The findings that stand for a file that could not be opened. */
export function validationOf(problem: UnreadableFile): Validation {
  const found = new FindingCollector({ listed: 1 });
  found.add(problem.findingCode, { detail: problem.detail });
  return found.result();
}

/** The file is no longer the one that was checked (exit 3). */
export function fileChanged(): Failure {
  return new Failure({
    code: 'file-changed',
    exitCode: 3,
    message:
      'The file changed after it was checked; the request was broken off, so it was not uploaded.',
    hint: 'Wait until the program that writes the file is done, then run the same command again.',
  });
}
