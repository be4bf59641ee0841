/** The header of the calls that an export becomes, and what is wrong with the columns of the export. */
import { type ColumnName, IDENTIFIER_COLUMNS } from '../calls/columns/columns.ts';
import type { Header } from '../calls/columns/header.ts';
import type { FindingCollector } from '../calls/findings/collector.ts';
import { shownColumn } from '../calls/findings/shown-value.ts';
import type { RecordConversion } from './record-conversion.ts';

/** The header of the calls, for their check. */
export function headerOf({ names }: RecordConversion): Header {
  return {
    names,
    columns: names,
    reasonPlaces: [],
    hasSpaces: false,
    hasOtherCase: false,
    usable: true,
  };
}

/**
 * Reports columns that are missing, and those that stand more than once.
 *
 * @param line the physical line of the header
 * @param isJoinDamaged whether identifiers may be missing because they could not be read
 */
export function reportColumns(
  conversion: RecordConversion,
  found: FindingCollector,
  line: number,
  isJoinDamaged: boolean,
): void {
  const names: readonly ColumnName[] = conversion.names;
  if (!names.includes('DateTime')) found.add('datetime-column-missing', { line }, {});
  const hasIdentifier = IDENTIFIER_COLUMNS.some((name) => names.includes(name));
  if (!hasIdentifier && !isJoinDamaged) {
    found.add('identifier-column-missing', { line }, {});
  }
  for (const name of conversion.columns.takenTwice) {
    const column = shownColumn(name);
    found.add('column-twice', { line, column }, { column });
  }
  for (const name of conversion.columns.repeated) {
    const column = shownColumn(name);
    found.add('column-repeated', { line, column }, { column });
  }
}
