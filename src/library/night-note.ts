/** Finds out whether many calls are at night, which suggests a wrong time zone. */
import type { ByteSource } from '../calls/check/check-calls.ts';
import {
  type CheckedFile,
  checkFile,
  type FileChecker,
  type FileCheckOptions,
} from '../calls/check/check-file.ts';
import { FindingCollector } from '../calls/findings/collector.ts';
import type { Finding, Validation } from '../calls/findings/finding.ts';
import { inspectTable } from '../calls/inspect-calls.ts';
import { nightShareOf } from '../calls/night-share.ts';
import type { TimeZone } from '../convert/cells/zones.ts';
import type { Delimiter } from '../csv/dialect.ts';
import type { Encoding } from '../csv/encoding.ts';

/** How to report calls at night. */
interface NightOptions {
  /** The time zone in which the calls were recorded. */
  readonly zone: TimeZone;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** The maximum number of findings to list. */
  readonly maxFindings: number;
  readonly onFinding?: ((finding: Finding) => void) | undefined;
}

/** @returns a check that converts no export; the time zone is only used for the hours of the calls */
export function checkerWithNightNote(zone: TimeZone | undefined): FileChecker {
  return async (file, options) =>
    await checkedWithNightNote(await checkFile(file, options), zone, options);
}

/** Adds the note about calls at night to the result of a check. */
export async function checkedWithNightNote(
  checked: CheckedFile,
  zone: TimeZone | undefined,
  options: FileCheckOptions,
): Promise<CheckedFile> {
  const { report, content, obstacle } = checked;
  if (zone === undefined || obstacle !== undefined || report.form === undefined) return checked;
  const { encoding, delimiter } = report.form;
  const night = { ...options, encoding, delimiter, zone };
  const validation = await withNightNote(report.validation, content, night);
  return { ...checked, report: { ...report, validation } };
}

/** Adds the note `calls-at-night` to a validation, if many of the calls are at night. */
export async function withNightNote(
  validation: Validation,
  calls: ByteSource,
  { encoding, delimiter, zone, now, maxFindings, onFinding }: NightOptions,
): Promise<Validation> {
  const inspection = await inspectTable(() => calls.blocks(), {
    now,
    encoding,
    delimiter,
    hourAt: (seconds) => zone.hourAt(seconds),
    dayAt: (seconds) => zone.dayAt(seconds),
  });
  if (inspection === undefined) return validation;
  const { calls: timed, share, verdict } = nightShareOf(inspection.hours);
  if (verdict !== 'bad') return validation;
  const found = new FindingCollector({ listed: maxFindings, onFinding });
  const night = Math.round(share * timed);
  found.add('calls-at-night', {}, { night, calls: timed, zone: zone.name });
  const added = found.result();
  return {
    ...validation,
    notes: validation.notes + added.notes,
    // The note must be in the list, because it is about the whole file. If the list is full, the
    // note replaces the last finding.
    findings:
      maxFindings === 0
        ? []
        : [...validation.findings.slice(0, maxFindings - 1), ...added.findings],
    groups: [...validation.groups, ...added.groups],
  };
}
