/** Checks one open file, and says whether it may be sent. */
import { openContent } from '../../content/open-content.ts';
import type { LocalFile } from '../../files/local-file.ts';
import type { UnreadableFile } from '../../files/unreadable-file.ts';
import { isCallColumn } from '../columns/columns.ts';
import { FindingCollector } from '../findings/collector.ts';
import type { Validation } from '../findings/finding.ts';
import { type ByteSource, checkCalls, type CheckReport } from './check-calls.ts';
import type { CheckOptions, InvalidRecords } from './check-options.ts';
import { conversionsFor } from './file-form.ts';
import { SkippedRecords } from './skipped-records.ts';

/**
 * How many records may be left out. The limit is a number of records, or a share of all records,
 * from 0 to 1.
 */
export type InvalidLimit = { readonly records: number } | { readonly share: number };

/** Why a file may not be sent. */
export type Obstacle =
  /** Some records have errors. The upload could leave these records out. */
  | 'record-errors'
  /** The number of records with errors is over the limit. */
  | 'too-many-invalid'
  /** There is an error about the whole file, or every record has an error. */
  | 'file-errors'
  /** There are warnings, and the option `strict` is set. */
  | 'warnings';

/** The result of checking one file. */
export interface CheckedFile {
  /**
   * The file to send. If the calls were converted from another table, this is not the file that was
   * opened.
   */
  readonly file: LocalFile;
  /** The content that was checked. If necessary, it was unpacked and converted to CSV. */
  readonly content: ByteSource;
  /**
   * Says whether to send a record, by its number from 1. The property is `undefined` if all records
   * are sent.
   */
  readonly keep: ((record: number) => boolean) | undefined;
  readonly report: CheckReport;
  /** The number of records that are calls or have errors. */
  readonly records: number;
  /** The number of records with errors. */
  readonly rejected: number;
  readonly conversions: readonly string[];
  /** The reason for not sending the file; `undefined` if there is none. */
  readonly obstacle: Obstacle | undefined;
}

/** The findings of a check, with the number of records, and the number of records with errors. */
interface Checked {
  readonly validation: Validation;
  readonly counts: Pick<CheckReport['counts'], 'invalid' | 'records'>;
}

/** Options of the check, and how to treat warnings and records with errors. */
export interface FileCheckOptions extends CheckOptions {
  /** The name or number of the sheet to read, if the user chose one. */
  readonly sheet?: string | undefined;
  /** The keys that lead to the array of records in JSON, if the user named them. */
  readonly records?: string | undefined;
  /** Whether warnings prevent sending, as errors do. */
  readonly strict: boolean;
  /** Whether to leave out records with errors and send the others. */
  readonly skipInvalid: boolean;
  /**
   * The maximum number or share of records to leave out. If more records have errors, the file is
   * not sent.
   */
  readonly maxInvalid?: InvalidLimit | undefined;
  /** Receives the records that are left out. */
  readonly rejects?: InvalidRecords | undefined;
}

/** Checks an open file. {@link checkFile} has this type. */
export type FileChecker = (file: LocalFile, options: FileCheckOptions) => Promise<CheckedFile>;

/**
 * Checks an open file.
 *
 * @throws any error of reading
 */
export async function checkFile(file: LocalFile, options: FileCheckOptions): Promise<CheckedFile> {
  const { sheet, records, encoding, delimiter } = options;
  const criteria = { sheet, records, encoding, delimiter, isKnownName: isCallColumn };
  const content = await openContent(file, criteria);
  const { container, form, sheet: sheetReport, text } = content;
  const skipped = options.skipInvalid ? new SkippedRecords(options.rejects) : undefined;
  const report = await checkCalls(content, {
    ...options,
    container,
    form,
    sheetReport,
    text,
    invalidRecords: skipped,
  });
  return {
    file,
    content,
    report,
    records: report.counts.records,
    rejected: report.counts.invalid,
    keep: skipped === undefined || skipped.none ? undefined : (record) => !skipped.has(record),
    conversions: report.form === undefined ? [] : conversionsFor(report.form),
    obstacle: obstacleIn(report, options),
  };
}

/** Returns why a checked file may not be sent, or why converted calls may not be written. */
export function obstacleIn(
  report: Checked,
  options: Pick<FileCheckOptions, 'strict' | 'skipInvalid' | 'maxInvalid'>,
): Obstacle | undefined {
  const { errors, warnings } = report.validation;
  if (errors > 0 && !canSkip(report)) return 'file-errors';
  if (errors > 0 && !options.skipInvalid) return 'record-errors';
  if (isOverLimit(report.counts, options.maxInvalid)) return 'too-many-invalid';
  return options.strict && warnings > 0 ? 'warnings' : undefined;
}

function isOverLimit(
  { invalid, records }: Checked['counts'],
  limit: InvalidLimit | undefined,
): boolean {
  if (limit === undefined) return false;
  return 'records' in limit ? invalid > limit.records : invalid > limit.share * records;
}

/** Says whether leaving out records removes all errors. At least one record must remain. */
function canSkip({ validation, counts }: Checked): boolean {
  return (
    counts.invalid < counts.records &&
    validation.groups.every(
      ({ severity, code, first }) =>
        severity !== 'error' || code === 'blank-line' || (first[0]?.record ?? null) !== null,
    )
  );
}

/** Returns the validation of a file that could not be opened. */
export function validationOf(problem: UnreadableFile): Validation {
  const found = new FindingCollector({ listed: 1 });
  const { parameters } = problem;
  const place = 'line' in parameters ? { line: parameters.line } : {};
  found.add(problem.code, place, parameters);
  return found.result();
}
