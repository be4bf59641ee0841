/**
 * Runs the fast path, and adds the records that the scanner proved clean to the counts of the file.
 */
import type { LineEnds } from '../../csv/line-ends.ts';
import type { CleanLines } from '../../csv/table-reading.ts';
import type { RecordScanner, Scan, ScanOptions } from '../scan/record-scanner.ts';
import type { CallCounts, LongIdentifiers } from './counts.ts';

/** The totals of a file. The fast path adds clean records to them. */
export interface FileTotals {
  readonly counts: CallCounts;
  readonly longIdentifiers: LongIdentifiers;
}

/** Consecutive records of one line each. All have wrong values in the same columns. */
export interface RecordRun {
  /** Where the first record begins and the last one ends, in bytes. */
  readonly from: number;
  readonly to: number;
  /** The physical line of the first record, from 1. */
  readonly line: number;
  /**
   * The indexes of the columns with wrong values. Two runs with the same indexes share one array.
   */
  readonly wrong: readonly number[];
}

/** The empty list of wrong columns, for clean records. */
export const NO_COLUMNS: readonly number[] = [];

/** Checks the clean records of one file as bytes. */
export class CleanLineCheck {
  readonly #scanner: RecordScanner;
  readonly #totals: FileTotals;
  readonly #canScan: boolean;
  #loaded: Uint8Array | undefined;
  #wrong: readonly number[] = NO_COLUMNS;

  constructor(scanner: RecordScanner, settings: ScanOptions, totals: FileTotals) {
    this.#scanner = scanner;
    this.#totals = totals;
    this.#canScan = scanner.begin(settings);
  }

  /**
   * Accepts consecutive clean records.
   *
   * @param lines valid UTF-8 that ends with a line feed, at most `LONGEST_LINES` bytes; the bytes
   *   must not change between calls
   * @param from where a record begins, in bytes
   * @param line the physical line of that record, from 1
   * @param lineEnds the line ends found in the file; the method adds those of the accepted records
   */
  take(lines: Uint8Array, from: number, line: number, lineEnds: LineEnds): CleanLines {
    const scan = this.#scan(lines, { from, to: lines.length, line, wrong: NO_COLUMNS });
    lineEnds.lf ||= scan.lineFeeds > 0;
    lineEnds.crlf ||= scan.records > scan.lineFeeds;
    return scan;
  }

  /**
   * Accepts the records of a run that are clean in all columns except those in `run.wrong`.
   *
   * @param lines as for {@link take}
   * @returns the number of accepted records
   */
  takeRun(lines: Uint8Array, run: RecordRun): number {
    return this.#scan(lines, run).records;
  }

  #scan(
    lines: Uint8Array,
    { from, to, line, wrong }: RecordRun,
  ): Pick<Scan, 'end' | 'records' | 'lineFeeds'> {
    if (!this.#canScan) return { end: from, records: 0, lineFeeds: 0 };
    if (this.#loaded !== lines) this.#scanner.load(lines);
    this.#loaded = lines;
    if (this.#wrong !== wrong) this.#scanner.allowAnythingIn(wrong);
    this.#wrong = wrong;
    const scan = this.#scanner.scan(from, to, line);
    this.#add(scan);
    return scan;
  }

  #add(scan: Scan): void {
    const { counts, longIdentifiers } = this.#totals;
    const dynamic = scan.records - scan.static;
    counts.records += scan.records;
    counts.static += scan.static;
    counts.dynamic += dynamic;
    counts.linkable += dynamic;
    counts.identifiers.UserId += scan.identifiers.UserId;
    counts.identifiers.ClientId += scan.identifiers.ClientId;
    counts.identifiers.Yclid += scan.identifiers.Yclid;
    longIdentifiers.long += scan.long;
    longIdentifiers.rounded += scan.rounded;
  }
}
