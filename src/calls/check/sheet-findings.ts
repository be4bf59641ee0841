/** The findings about a sheet of a workbook as a whole. */
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { SheetReport } from '../../workbook/workbook-csv.ts';
import type { FindingCollector } from '../findings/collector.ts';

/** Reports the findings about a sheet. */
export function reportSheet(report: SheetReport, found: FindingCollector): void {
  const { name, alike, hiddenRows, hiddenColumns, merged, unknown } = report;
  if (unknown.count > 0) found.add('formula-unknown', {}, unknown);
  if (alike.length > 0) found.add('sheets-left-out', {}, { sheet: name, sheets: alike });
  if (hiddenRows > 0 || hiddenColumns > 0) {
    found.add('cells-hidden', {}, { rows: hiddenRows, columns: hiddenColumns });
  }
  if (merged.count > 0) found.add('cells-merged', {}, merged);
}

/** Returns the index of each column, from 0, by the name that findings use. */
export function columnPlaces(names: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  names.forEach((name, at) => {
    const shown = shownColumn(name);
    if (!places.has(shown)) places.set(shown, at);
  });
  return places;
}
