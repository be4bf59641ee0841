/** One record before and after, for those who look at a conversion before they use it. */
import type { FindingCollector } from '../calls/findings/collector.ts';
import type { PreviewedRecord } from './conversion.ts';
import type { ConvertedRecord, RecordConversion } from './record-conversion.ts';

/**
 * Shows what became of a record.
 *
 * @param source the record of the export
 * @param values the call that was made of it
 * @param conversion by which it was made
 * @param found what was found so far, of this record as well
 */
export function previewOf(
  { fields, line }: ConvertedRecord['source'],
  values: readonly string[],
  conversion: RecordConversion,
  found: FindingCollector,
): PreviewedRecord {
  const before = conversion.before(fields);
  const failed = failedColumns(found, line);
  return {
    line,
    columns: conversion.names.map((name, at) => ({
      name,
      before: before[at] ?? '',
      after: values[at] ?? '',
      failed: failed.has(name),
    })),
  };
}

/** The columns whose values in a line are errors. */
function failedColumns(found: FindingCollector, line: number): ReadonlySet<string> {
  const findings = found.result().groups.flatMap(({ first }) => first);
  return new Set(
    findings.flatMap((finding) =>
      finding.line === line && finding.severity === 'error' && finding.column !== null
        ? [finding.column]
        : [],
    ),
  );
}
