/** Runs the fast path, and counts the records that the scanner proved clean. */
import type { LineEnds } from '../../csv/line-ends.ts';
import type { CleanLines } from '../../csv/table-reading.ts';
import type { RecordScanner, Scan, ScanOptions } from '../scan/record-scanner.ts';
import type { CallCounts, LongIdentifiers } from './counts.ts';

/** The totals of a file. The fast path adds clean records to them. */
export interface FileTotals {
  readonly counts: CallCounts;
  readonly longIdentifiers: LongIdentifiers;
}

/** Consecutive records that have wrong values in the same columns. */
export interface RecordRun {
  /** Where the first record begins and the last one ends, in bytes. */
  readonly from: number;
  readonly to: number;
  /** The index of the first record in the list of line numbers, see `takeRun`. */
  readonly first: number;
  /**
   * The indexes of the columns with wrong values. Two runs with the same indexes share one array.
   */
  readonly wrong: readonly number[];
}

/** The empty list of wrong columns, for clean records. */
export const NO_COLUMNS: readonly number[] = [];

/** Finds clean records of one file from their bytes, and counts them. */
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
   * @param lines valid UTF-8 that ends with a line feed, at most `LONGEST_LINES` bytes. If the same
   *   array is passed again, its bytes must be unchanged
   * @param from where the first record begins, in bytes
   * @param line the physical line of the first record, from 1
   * @param lineEnds the kinds of line ends that were found in the file so far. The method adds the
   *   kinds that the accepted records have
   */
  take(lines: Uint8Array, from: number, line: number, lineEnds: LineEnds): CleanLines {
    if (!this.#canScan) return { end: from, lines: 0 };
    const scan = this.#scan(lines, NO_COLUMNS, () => this.#scanner.scan(from, lines.length, line));
    lineEnds.lf ||= scan.lineFeeds > 0;
    lineEnds.crlf ||= scan.records > scan.lineFeeds;
    return { end: scan.end, lines: scan.records };
  }

  /**
   * Accepts records of a run. A record is accepted only if the scanner proves that its values are
   * clean. The scanner does not check the columns in `run.wrong`.
   *
   * @param records valid UTF-8 that ends with a line feed, at most `LONGEST_LINES` bytes
   * @param lines the physical line of each record, from 1
   * @returns the number of accepted records
   */
  takeRun(records: Uint8Array, lines: Uint32Array, run: RecordRun): number {
    const { from, to, first, wrong } = run;
    const scan = (): Scan => this.#scanner.scanNumbered(from, to, first);
    return this.#scan(records, wrong, scan, lines).records;
  }

  #scan(
    records: Uint8Array,
    wrong: readonly number[],
    scan: () => Scan,
    lines?: Uint32Array,
  ): Pick<Scan, 'end' | 'records' | 'lineFeeds'> {
    if (!this.#canScan) return { end: 0, records: 0, lineFeeds: 0 };
    if (this.#loaded !== records) this.#scanner.load(records, lines);
    this.#loaded = records;
    if (this.#wrong !== wrong) this.#scanner.allowAnythingIn(wrong);
    this.#wrong = wrong;
    const found = scan();
    this.#add(found);
    return found;
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
