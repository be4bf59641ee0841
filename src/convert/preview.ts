/** Shows one record before and after its conversion. */
import type { ColumnName } from '../calls/columns/columns.ts';
import type { FindingCollector } from '../calls/findings/collector.ts';
import type { PreviewedRecord } from './conversion.ts';

/** The texts of a record before its conversion, and the values of its call. */
interface BeforeAndAfter {
  readonly before: readonly string[];
  readonly values: readonly string[];
  /** The physical line of the record, from 1. */
  readonly line: number;
}

/**
 * Shows the conversion of one record.
 *
 * @param names the columns of the call
 * @param found the findings, including those about this record
 */
export function previewOf(
  { before, values, line: tableLine }: BeforeAndAfter,
  names: readonly ColumnName[],
  found: FindingCollector,
): PreviewedRecord {
  const line = found.lineInFile(tableLine);
  const failed = failedColumns(found, line);
  return {
    line,
    columns: names.map((name, at) => ({
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
