/** The parts of the JSON documents; their keys are a promise. Messages are in the words that are given. */
import { findingIn, type Finding, type Validation } from '../../calls/findings/finding.ts';
import { maskedWithin } from '../../calls/findings/masking.ts';
import { type Failure, failureIn } from '../../failure.ts';
import type { PortionName } from '../../upload/portions.ts';
import type { UploadResult } from '../../upload/upload-file.ts';
import type { Words } from '../../words/en.ts';
import { requestUrl } from './render/upload-result.ts';
import { byDay, dayName } from './render/inspection.ts';
import type { InspectedFile, UploadRun } from './reporter.ts';

/** A failure as it stands under `error`. */
export function failureFields(failure: Failure, words: Words): Record<string, unknown> {
  const { status, errorType, location, requestId } = failure.details;
  return {
    code: failure.code,
    exit_code: failure.exitCode,
    ...failureIn(words.failures, failure),
    ...(status === undefined ? {} : { status }),
    ...(errorType === undefined ? {} : { error_type: errorType }),
    ...(location === undefined ? {} : { location }),
    ...(requestId === undefined ? {} : { request_id: requestId }),
  };
}

/** What was found in a file, as it stands under `validation`. */
export function validationFields(
  { errors, warnings, findings }: Validation,
  words: Words,
): Record<string, unknown> {
  return { errors, warnings, findings: findings.map((finding) => findingFields(finding, words)) };
}

function findingFields(finding: Finding, words: Words): Record<string, unknown> {
  const { code, severity, line, record, column, value } = finding;
  const { message, hint } = findingIn(words, finding);
  return { code, severity, line, record, column, value, message, hint };
}

/** What became of one file or portion. */
export function resultFields(
  result: UploadResult,
  run: UploadRun,
  words: Words,
): Record<string, unknown> {
  const { failure } = result;
  return {
    file: result.file,
    ...(result.portion === undefined ? {} : { portion: portionFields(result.portion) }),
    ok: result.exitCode === 0,
    exit_code: result.exitCode,
    outcome: result.outcome,
    sha256: result.sha256 ?? null,
    bytes: result.bytes ?? null,
    rows: result.rows ?? null,
    rejected_rows: result.rejectedRows ?? null,
    conversions: result.conversions,
    uploading: result.uploading?.asSent ?? null,
    validation: validationFields(result.validation, words),
    ...(failure === undefined ? {} : { error: failureFields(failure, words) }),
    ...(result.outcome === 'dry-run'
      ? { request: { method: 'POST', url: requestUrl(result, run) }, settings: run.origins }
      : {}),
  };
}

function portionFields({ identifier, part }: PortionName): Record<string, unknown> {
  return {
    ...(identifier === undefined ? {} : { identifier }),
    ...(part === undefined ? {} : { part: part.number, parts: part.of }),
  };
}

/** What is in a file, times as seconds since 1970-01-01 UTC. */
export function inspectionFields({ inspection, zone }: InspectedFile): Record<string, unknown> {
  return {
    rows: inspection.rows,
    timezone: zone,
    period: { from: inspection.from ?? null, to: inspection.to ?? null },
    calls_by_day: Object.fromEntries(
      [...inspection.days].sort(byDay).map(([day, calls]) => [dayName(day), calls]),
    ),
    calls_by_hour: inspection.hours,
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
