/** Results in the shape that `--json` prints: the command and the library have the same keys. */
import type { IdentifierName } from '../calls/check/counts.ts';
import { type Finding, findingIn, type Validation } from '../calls/findings/finding.ts';
import type { FindingCode, Severity } from '../calls/findings/kinds.ts';
import { byDay, dayName, type DurationQuantiles, type Inspection } from '../calls/inspect-calls.ts';
import type { ConversionAccount } from '../convert/account.ts';
import type { LeftOutReason } from '../convert/record-conversion.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { type Failure, type FailureCode, failureIn } from '../failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { maskedWithin } from '../safe-text/masking.ts';
import type { UploadResult } from '../upload/upload-file.ts';
import type { Words } from '../words/en.ts';

/** One thing that was found in a file. */
export interface FindingDocument {
  /** The file it stands in, where that is not the one that is checked, such as one that is joined. */
  readonly file?: string;
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The sheet of a workbook that it stands on. */
  readonly sheet?: string;
  /** The cell on that sheet, for example `C7`; `null` when it concerns no single cell. */
  readonly cell?: string | null;
  /** The physical line as an editor counts it, or the row of a sheet, from 1; `null` when it concerns the whole file. */
  readonly line: number | null;
  /** The record's number without the header, from 1. */
  readonly record: number | null;
  readonly column: string | null;
  /** The value as far as it may be shown. */
  readonly value: string | null;
  /** What is wrong. */
  readonly message: string;
  /** How to fix it. */
  readonly hint: string;
}

/** What a check found. Counts are complete, the list is cut at `maxErrors`. */
export interface ValidationDocument {
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly FindingDocument[];
}

/** Why something did not work. */
export interface FailureDocument {
  readonly code: FailureCode;
  /** The exit code that the command would end with. */
  readonly exit_code: ExitCode;
  /** What happened. */
  readonly message: string;
  /** What to do next. */
  readonly hint: string;
  /** The HTTP status of the service's answer. */
  readonly status?: number;
  readonly error_type?: string;
  readonly location?: string;
  readonly request_id?: string;
}

/** What the check of one file came to. */
export interface ValidatedCalls {
  readonly file: string;
  /** Whether it may be sent. */
  readonly ok: boolean;
  /** Records without the header. */
  readonly rows: number;
  readonly validation: ValidationDocument;
}

/** What became of the records of an export. */
export interface AccountDocument {
  readonly total: number;
  /** Records that became calls. */
  readonly written: number;
  /** Records that are the further legs of a call. */
  readonly legs: number;
  /** Records with errors. */
  readonly rejected: number;
  /** Records that rules leave out, by the rule. */
  readonly left_out: Readonly<Record<LeftOutReason, number>>;
}

/** What the conversion of one export came to. */
export interface ConvertedCalls extends ValidatedCalls {
  /** What became of each record; the numbers add up to `total`. */
  readonly records: AccountDocument;
  /** The file that rejected records are kept in. */
  readonly rejects: string | null;
  /** The file that the calls were written to. */
  readonly output: string | null;
  /** Columns of the export that nothing is made of. */
  readonly left_out_columns: readonly string[];
}

/** What is in a file of calls. Times are in seconds since 1970-01-01 UTC, durations in seconds. */
export interface InspectedCalls {
  readonly rows: number;
  readonly timezone: string;
  readonly period: { readonly from: number | null; readonly to: number | null };
  /** Calls by day in the time zone, for example `2026-11-25`. */
  readonly calls_by_day: Readonly<Record<string, number>>;
  /** Calls by the hour of the day, 24 numbers. */
  readonly calls_by_hour: readonly number[];
  /** Calls by the hour of each day of the week: seven times 24 numbers, Monday first. */
  readonly calls_by_weekday: readonly (readonly number[])[];
  readonly identifiers: Readonly<Record<IdentifierName, number>>;
  readonly without_identifier: number;
  readonly without_time: number;
  readonly static: number;
  readonly dynamic: number;
  readonly missed: number;
  readonly talk_seconds: DurationQuantiles | null;
  readonly hold_seconds: DurationQuantiles | null;
  /** By currency; `none` for prices without one. */
  readonly prices: Readonly<Record<string, { readonly count: number; readonly sum: number }>>;
  /** Calls that are too old to be linked. */
  readonly too_old: number;
  /** Duplicates: records that are the same as an earlier one. */
  readonly twins: number;
  readonly top_tags: readonly { readonly tag: string; readonly count: number }[];
}

/** An upload as the service wrote it, every field. A number that would lose digits is text. */
export interface UploadingDocument {
  readonly id: number | string;
  readonly status?: unknown;
  readonly [field: string]: unknown;
}

/** Which portion of a file a result is about. */
export interface PortionDocument {
  readonly identifier?: IdentifierName;
  readonly part?: number;
  readonly parts?: number;
}

/** What became of one file, or of one portion of it. */
export interface UploadedCalls {
  readonly file: string;
  /** Which portion of the file it is, when the file went in several. */
  readonly portion?: PortionDocument;
  readonly ok: boolean;
  readonly exit_code: ExitCode;
  /** `empty` for a file without calls, where that is allowed. */
  readonly outcome: 'uploaded' | 'existing' | 'dry-run' | 'empty' | 'failed';
  /** Of what is sent. */
  readonly sha256: string | null;
  /** Length of what is sent. */
  readonly bytes: number | null;
  /** Records without the header, those with errors included. */
  readonly rows: number | null;
  readonly rejected_rows: number | null;
  /** The file that they are kept in. */
  readonly rejects: string | null;
  /** What was changed before sending, for example `encoding:windows-1251`. */
  readonly conversions: readonly string[];
  readonly uploading: UploadingDocument | null;
  /** The mark at the end of the comment; `null` when nothing was sent, or marks are left out. */
  readonly mark: string | null;
  /** `false` when the service was seen to drop the mark. */
  readonly mark_kept?: false;
  /** Uploads that may be of this file, where it is not known whether it arrived. */
  readonly candidates: readonly UploadingDocument[];
  /** Other uploads of the same content. */
  readonly duplicates: readonly UploadingDocument[];
  readonly validation: ValidationDocument;
  readonly error?: FailureDocument;
}

/** One upload as the service shows it. */
export interface FoundUpload {
  /** Whether it was found, and all of its calls count. */
  readonly ok: boolean;
  readonly exit_code: ExitCode;
  /** `null` when it cannot be had. */
  readonly uploading: UploadingDocument | null;
  readonly error?: FailureDocument;
}

/** The uploads of a counter, newest first. */
export interface ListedUploads {
  readonly ok: boolean;
  readonly exit_code: ExitCode;
  readonly uploadings: readonly UploadingDocument[];
  readonly error?: FailureDocument;
}

/** @returns a failure as it is written under `error` */
export function failureDocument(failure: Failure, words: Words): FailureDocument {
  const { status, errorType, location, requestId } = failure.details;
  return {
    code: failure.code,
    exit_code: failure.exitCode,
    ...failureIn(words, failure),
    ...(status === undefined ? {} : { status }),
    ...(errorType === undefined ? {} : { error_type: errorType }),
    ...(location === undefined ? {} : { location }),
    ...(requestId === undefined ? {} : { request_id: requestId }),
  };
}

/** @returns what was found in a file, as it stands under `validation` */
export function validationDocument(
  { errors, warnings, findings }: Validation,
  words: Words,
): ValidationDocument {
  return { errors, warnings, findings: findings.map((finding) => findingDocument(finding, words)) };
}

function findingDocument(finding: Finding, words: Words): FindingDocument {
  const { file, code, severity, sheet, cell = null, line, record, column, value } = finding;
  const { message, hint } = findingIn(words, finding);
  const where = file === undefined ? {} : { file };
  const inSheet = sheet === undefined ? {} : { sheet, cell };
  return { ...where, code, severity, line, record, ...inSheet, column, value, message, hint };
}

/** @returns what became of one file or portion */
export function uploadedDocument(result: UploadResult, words: Words): UploadedCalls {
  const { failure, portion } = result;
  return {
    file: result.file,
    ...(portion === undefined
      ? {}
      : {
          portion: {
            ...(portion.identifier === undefined ? {} : { identifier: portion.identifier }),
            ...(portion.part === undefined
              ? {}
              : { part: portion.part.number, parts: portion.part.of }),
          },
        }),
    ok: result.exitCode === EXIT_CODES.done,
    exit_code: result.exitCode,
    outcome: result.outcome,
    sha256: result.sha256 ?? null,
    bytes: result.bytes ?? null,
    rows: result.rows ?? null,
    rejected_rows: result.rejectedRows ?? null,
    rejects: result.rejects ?? null,
    conversions: result.conversions,
    uploading: result.uploading === undefined ? null : uploadingDocument(result.uploading),
    mark: result.mark ?? null,
    ...(result.isMarkLost ? { mark_kept: false } : {}),
    candidates: result.candidates.map(uploadingDocument),
    duplicates: result.duplicates.map(uploadingDocument),
    validation: validationDocument(result.validation, words),
    ...(failure === undefined ? {} : { error: failureDocument(failure, words) }),
  };
}

/** @returns an upload as the service wrote it */
export function uploadingDocument({ asSent }: CallUploading): UploadingDocument {
  // The id is there, or the answer would be none.
  return asSent as UploadingDocument;
}

/** @returns what became of the records of an export */
export function accountDocument(account: ConversionAccount): AccountDocument {
  const { records: total, written, legs, rejected, leftOut } = account;
  return { total, written, legs, rejected, left_out: leftOut };
}

/** @param timezone the name of the zone of days and hours */
export function inspectedDocument(inspection: Inspection, timezone: string): InspectedCalls {
  return {
    rows: inspection.rows,
    timezone,
    period: { from: inspection.from ?? null, to: inspection.to ?? null },
    calls_by_day: Object.fromEntries(
      [...inspection.days].sort(byDay).map(([day, calls]) => [dayName(day), calls]),
    ),
    calls_by_hour: inspection.hours,
    calls_by_weekday: inspection.weekdays,
    identifiers: inspection.identifiers,
    without_identifier: inspection.withoutIdentifier,
    without_time: inspection.withoutTime,
    static: inspection.static,
    dynamic: inspection.dynamic,
    missed: inspection.missed,
    talk_seconds: inspection.talk ?? null,
    hold_seconds: inspection.hold ?? null,
    prices: Object.fromEntries(
      [...inspection.prices].map(([currency, prices]) => [currency || 'none', prices]),
    ),
    too_old: inspection.tooOld,
    twins: inspection.duplicates,
    top_tags: inspection.topTags.map(([tag, count]) => ({ tag: maskedWithin(tag), count })),
  };
}
