/** Finds out whether many calls are at night, which suggests a wrong time zone. */
import type { ByteSource } from '../calls/check/check-calls.ts';
import { checkFile, type FileChecker } from '../calls/check/check-file.ts';
import { FindingCollector } from '../calls/findings/collector.ts';
import type { Finding, Validation } from '../calls/findings/finding.ts';
import { inspectTable } from '../calls/inspect-calls.ts';
import { nightShareOf } from '../calls/night-share.ts';
import type { TimeZone } from '../convert/cells/zones.ts';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/** How to report calls at night. */
interface NightOptions {
  /** The time zone in which the calls were recorded. */
  readonly zone: TimeZone;
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** The maximum number of findings to list. */
  readonly maxFindings: number;
  readonly onFinding?: ((finding: Finding) => void) | undefined;
}

/**
 * Returns a check that converts nothing, and only uses the time zone for the hours of the calls.
 * This is for a file that may not be changed.
 */
export function checkerWithNightNote(zone: TimeZone | undefined): FileChecker {
  return async (file, options) => {
    const checked = await checkFile(file, options);
    // A file that passes this check is in UTF-8 with commas, because anything else is a change.
    if (zone === undefined || options.convert || checked.obstacle !== undefined) return checked;
    const { report, content } = checked;
    const validation = await withNightNote(report.validation, content, { ...options, zone });
    return { ...checked, report: { ...report, validation } };
  };
}

/**
 * Adds the note `calls-at-night` to a validation, if many of the calls are at night.
 *
 * @param calls a file of calls in UTF-8, with commas
 */
export async function withNightNote(
  validation: Validation,
  calls: ByteSource,
  { zone, now, maxFindings, onFinding }: NightOptions,
): Promise<Validation> {
  const local = (seconds: number): number => seconds + zone.offsetAt(seconds);
  const inspection = await inspectTable(() => calls.blocks(), {
    now,
    encoding: 'utf-8',
    delimiter: ',',
    hourAt: (seconds) => Math.floor(local(seconds) / HOUR_SECONDS) % 24,
    dayAt: (seconds) => Math.floor(local(seconds) / DAY_SECONDS),
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
