/** Shows one record before and after its conversion. */
import type { FindingCollector } from '../calls/findings/collector.ts';
import type { PreviewedRecord } from './conversion.ts';
import type { ConvertedRecord, RecordConversion } from './record-conversion.ts';

/**
 * Shows the conversion of one record.
 *
 * @param source the record of the export
 * @param values the values of the call
 * @param conversion the conversion that made the call
 * @param found the findings, including those about this record
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

/** Returns the columns that have errors on a line. */
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
