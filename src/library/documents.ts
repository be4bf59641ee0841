/**
 * Builds results in the form that `--json` prints. The command and the library use the same keys.
 */
import type { IdentifierName } from '../calls/check/counts.ts';
import type { DurationQuantiles } from '../calls/durations.ts';
import { type Finding, findingIn, type Validation } from '../calls/findings/finding.ts';
import type { FindingCode, Severity } from '../calls/findings/kinds.ts';
import { byDay, dayName, type Inspection } from '../calls/inspect-calls.ts';
import type { ConversionAccount, LeftOutReason } from '../convert/conversion-account.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { type Failure, type FailureCode, failureIn } from '../failure.ts';
import type { Counter } from '../metrika/counters.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { maskedWithin } from '../safe-text/masking.ts';
import type { UploadResult } from '../upload/upload-file.ts';
import type { Words } from '../words/en.ts';

/** One finding in a file. */
export interface FindingDocument {
  /** The file with the finding, if it is not the checked file. For example, a joined file. */
  readonly file?: string;
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The sheet with the finding, if the file is a workbook. */
  readonly sheet?: string;
  /** The cell on that sheet, for example `C7`; `null` if the finding is not about a single cell. */
  readonly cell?: string | null;
  /**
   * The physical line, as an editor counts lines, or the row of a sheet. Both start at 1. `null` if
   * the finding is about the whole file.
   */
  readonly line: number | null;
  /** The number of the record, from 1. The header is not counted. */
  readonly record: number | null;
  readonly column: string | null;
  /** The value. Long values are cut. Personal data is masked, unless `showValues` is set. */
  readonly value: string | null;
  /** The problem, in words. */
  readonly message: string;
  /** The way to fix the problem. */
  readonly hint: string;
}

/** The findings of a check. Counts include all findings; the list has at most `maxErrors`. */
export interface ValidationDocument {
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly FindingDocument[];
}

/** The reason why something failed. */
export interface FailureDocument {
  readonly code: FailureCode;
  /** The exit code of the command for this failure. */
  readonly exit_code: ExitCode;
  /** The problem, in words. */
  readonly message: string;
  /** The next step for the user. */
  readonly hint: string;
  /** The HTTP status of the service's response. */
  readonly status?: number;
  readonly error_type?: string;
  readonly location?: string;
  readonly request_id?: string;
}

/** The result of checking one file. */
export interface ValidatedCalls {
  readonly file: string;
  /** Whether the file may be sent. */
  readonly ok: boolean;
  /** The number of records. The header is not counted. */
  readonly rows: number;
  readonly validation: ValidationDocument;
}

/** How many records of an export had each outcome. */
export interface AccountDocument {
  readonly total: number;
  /** Records that became calls. */
  readonly written: number;
  /** Records that are the second or a later leg of a call. */
  readonly legs: number;
  /**
   * Calls with errors. Each call counts as one record. The other legs of the call are counted in
   * `legs`.
   */
  readonly rejected: number;
  /** For each rule, the number of records that the rule left out. */
  readonly left_out: Readonly<Record<LeftOutReason, number>>;
}

/** The result of converting one export. */
export interface ConvertedCalls extends ValidatedCalls {
  /** How many records had each outcome. `total` is the sum of all other numbers. */
  readonly records: AccountDocument;
  /** The file with the rejected records. */
  readonly rejects: string | null;
  /** The file with the calls. */
  readonly output: string | null;
  /** Columns of the export that are not used for calls. */
  readonly left_out_columns: readonly string[];
}

/**
 * The contents of a file of calls. Times are in seconds since 1970-01-01 UTC, durations in seconds.
 */
export interface InspectedCalls {
  readonly rows: number;
  /** The number of errors that `validateCalls` finds. */
  readonly errors: number;
  /** For each column with values that cannot be read, the number of these values. */
  readonly unreadable: Readonly<Record<string, number>>;
  readonly timezone: string;
  readonly period: { readonly from: number | null; readonly to: number | null };
  /** The number of calls for each day in `timezone`. Keys are days, such as `2026-11-25`. */
  readonly calls_by_day: Readonly<Record<string, number>>;
  /** The number of calls in each hour of the day: a list of 24 counts. */
  readonly calls_by_hour: readonly number[];
  /** The number of calls in each hour of each weekday: seven lists of 24 counts, Monday first. */
  readonly calls_by_weekday: readonly (readonly number[])[];
  readonly identifiers: Readonly<Record<IdentifierName, number>>;
  readonly without_identifier: number;
  readonly without_time: number;
  readonly static: number;
  readonly dynamic: number;
  readonly missed: number;
  readonly talk_seconds: DurationQuantiles | null;
  readonly hold_seconds: DurationQuantiles | null;
  /**
   * Prices by currency. The key `none` is for prices without a currency. If a file has hundreds of
   * currencies, this key is also for prices in some of them.
   */
  readonly prices: Readonly<Record<string, { readonly count: number; readonly sum: number }>>;
  /** The number of calls that are too old to be linked. */
  readonly too_old: number;
  /** The number of records that are the same as an earlier record. */
  readonly twins: number;
  readonly top_tags: readonly { readonly tag: string; readonly count: number }[];
}

/** An upload with all fields from the service. Numbers that JavaScript would round are text. */
export interface UploadingDocument {
  readonly id: number | string;
  readonly status?: unknown;
  readonly [field: string]: unknown;
}

/** The portion of a file, for a result that describes only this portion. */
export interface PortionDocument {
  readonly identifier?: IdentifierName;
  readonly part?: number;
  readonly parts?: number;
}

/** The result of uploading one file, or one portion of a file. */
export interface UploadedCalls {
  readonly file: string;
  /** The portion, if the file was sent in several portions. */
  readonly portion?: PortionDocument;
  readonly ok: boolean;
  readonly exit_code: ExitCode;
  /** The result in one word. `empty`: the file has no calls, and this is allowed. */
  readonly outcome: 'uploaded' | 'existing' | 'dry-run' | 'empty' | 'failed';
  /** The SHA-256 of the content to send. */
  readonly sha256: string | null;
  /** The length of the content to send, in bytes. */
  readonly bytes: number | null;
  /** The number of records, including those with errors. The header is not counted. */
  readonly rows: number | null;
  readonly rejected_rows: number | null;
  /** The file with the rejected records. */
  readonly rejects: string | null;
  /** The changes before sending, for example `encoding:windows-1251`. */
  readonly conversions: readonly string[];
  readonly uploading: UploadingDocument | null;
  /**
   * The mark at the end of the comment. In a dry run, the mark that the comment would have. `null`
   * if marks are off, if the file was refused before sending, or if the counter already had the
   * content.
   */
  readonly mark: string | null;
  /** Whether the service keeps the mark in the comment; `null` if this is not known. */
  readonly mark_kept: boolean | null;
  /** Uploads that may contain this file, if it is unknown whether the file arrived. */
  readonly candidates: readonly UploadingDocument[];
  /** Other uploads of the same content. */
  readonly duplicates: readonly UploadingDocument[];
  readonly validation: ValidationDocument;
  readonly error?: FailureDocument;
}

/** One upload as the service shows it. */
export interface FoundUpload {
  /** `true` if the upload was found, and the service can use all calls of the upload. */
  readonly ok: boolean;
  readonly exit_code: ExitCode;
  /** The upload; `null` if it could not be fetched. */
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

/** One counter. A field that the service does not tell is `null`. */
export interface CounterDocument {
  readonly id: number;
  readonly name: string | null;
  readonly site: string | null;
  /** What the owner of the token may do, as the service says it: `own`, `edit` or `view`. */
  readonly permission: string | null;
  readonly timezone: string | null;
  readonly currency: string | null;
}

/** The counters that a token may see. */
export interface ListedCounters {
  readonly ok: boolean;
  readonly exit_code: ExitCode;
  readonly counters: readonly CounterDocument[];
  readonly error?: FailureDocument;
}

/** @returns the object that describes a counter */
export function counterDocument(counter: Counter): CounterDocument {
  const { id, name = null, site = null, permission = null } = counter;
  const { timezone = null, currency = null } = counter;
  return { id, name, site, permission, timezone, currency };
}

/** @returns the object that describes a failure, for the key `error` */
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

/** @returns the object that describes the findings of a file, for the key `validation` */
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

/** @returns the result of one file or portion */
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
    mark_kept: result.isMarkKept ?? null,
    candidates: result.candidates.map(uploadingDocument),
    duplicates: result.duplicates.map(uploadingDocument),
    validation: validationDocument(result.validation, words),
    ...(failure === undefined ? {} : { error: failureDocument(failure, words) }),
  };
}

/** @returns an upload as the service sent it */
export function uploadingDocument({ asSent }: CallUploading): UploadingDocument {
  // The schema guarantees an id.
  return asSent as UploadingDocument;
}

/** @returns how many records of an export had each outcome */
export function accountDocument(account: ConversionAccount): AccountDocument {
  const { records: total, written, legs, rejected, leftOut } = account;
  return { total, written, legs, rejected, left_out: leftOut };
}

/**
 * Returns the contents of a file of calls in the form that `--json` prints.
 *
 * @param timezone the name of the time zone for days and hours
 */
export function inspectedDocument(inspection: Inspection, timezone: string): InspectedCalls {
  return {
    rows: inspection.rows,
    errors: inspection.errors,
    unreadable: Object.fromEntries(inspection.unreadable),
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
