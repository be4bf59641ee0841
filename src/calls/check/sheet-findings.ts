/** The findings about a whole sheet of a workbook, and about all records of JSON. */
import type { TableForm } from '../../csv/table-form.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { ShownSheetReport } from '../../workbook/workbook-csv.ts';
import type { FindingCollector } from '../findings/collector.ts';

/** Reports a file without calls. Names other sheets that may have calls. */
export function reportNoCalls(report: ShownSheetReport | undefined, found: FindingCollector): void {
  const { name, alike = [], moreAlike: more = 0 } = report ?? {};
  const isOnly = name === undefined || alike.length === 0;
  found.add('header-only', {}, isOnly ? {} : { sheet: name, sheets: alike, more });
}

/** Reports the findings about a sheet. */
export function reportSheet(report: ShownSheetReport, found: FindingCollector): void {
  const { name, alike, moreAlike: more, hiddenRows, hiddenColumns, merged, unknown } = report;
  if (unknown.count > 0) found.add('formula-unknown', {}, unknown);
  if (alike.length > 0) found.add('sheets-left-out', {}, { sheet: name, sheets: alike, more });
  if (hiddenRows > 0 || hiddenColumns > 0) {
    found.add('cells-hidden', {}, { rows: hiddenRows, columns: hiddenColumns });
  }
  if (merged.count > 0) found.add('cells-merged', {}, merged);
}

/** Maps the name of each column to its index, from 0. The names are those that findings show. */
export function columnPlaces(names: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  names.forEach((name, at) => {
    const shown = shownColumn(name);
    if (!places.has(shown)) places.set(shown, at);
  });
  return places;
}

/** Reports the records of JSON that have no values. Such records are not counted. */
export function reportEmptyInJson({ emptyInJson }: TableForm, found: FindingCollector): void {
  if (emptyInJson === undefined) return;
  const { records, line } = emptyInJson;
  found.add('records-without-values', { line }, { records });
}
