/** The sheets of a workbook, whatever the format of the file is. */
import type { SheetFacts } from './cell-text.ts';
import type { FirstRows, RowConsumer } from './row-consumer.ts';

/**
 * Reads the rows of a sheet in order. Each call begins with the first row.
 *
 * @param consumer receives the rows
 * @param facts an object that this function fills while it reads the sheet
 * @returns the given `consumer` once after each block, even if no row ends in the block
 * @throws UnreadableFile when this function reaches damaged bytes
 */
export type ReadRows = <Consumer extends RowConsumer>(
  consumer: Consumer,
  facts: SheetFacts,
) => AsyncIterable<Consumer>;

/** The first rows of a sheet, and what they say about it. */
export interface SheetBeginning {
  readonly first: FirstRows;
  readonly facts: SheetFacts;
}

/** One sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** `undefined` for a sheet without cells: a chart sheet, a dialog sheet or old macros. */
  readonly rows: ReadRows | undefined;
  /**
   * Whether the sheet may hold calls, even if it has no known column names. `undefined` if only the
   * column names can show this.
   */
  readonly mayHoldCalls?: boolean;
  /** Whether the sheet is read only if the user names it. */
  readonly isOnlyByName?: boolean;
  /** The first rows, if the search for the sheets has already read them. */
  readonly head?: SheetBeginning;
}
