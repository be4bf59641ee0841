/** The bookkeeping of the fast path: what the scanner proved clean is added to the counts of the file. */
import type { LineEnds } from '../../csv/line-ends.ts';
import type { CleanLines } from '../../csv/table-reading.ts';
import type { RecordScanner, Scan, ScanSettings } from '../scan/record-scanner.ts';
import type { CallCounts, LongIdentifiers } from './counts.ts';

/** What is known of a file so far, to which clean records are added. */
export interface FileTotals {
  readonly counts: CallCounts;
  readonly longIdentifiers: LongIdentifiers;
}

/** Takes clean records of one file by their bytes. */
export class CleanLineCheck {
  readonly #scanner: RecordScanner;
  readonly #totals: FileTotals;
  readonly #canScan: boolean;
  #loaded: Uint8Array | undefined;

  constructor(scanner: RecordScanner, settings: ScanSettings, totals: FileTotals) {
    this.#scanner = scanner;
    this.#totals = totals;
    this.#canScan = scanner.begin(settings);
  }

  /**
   * Takes clean records, one after another.
   *
   * @param lines valid UTF-8 that ends with a line feed, and stays as it is between calls; at most
   *   `LONGEST_LINES` bytes
   * @param from where a record begins, in bytes
   * @param line the physical line of that record, from 1
   * @param lineEnds the line ends of the file so far, to be added to
   */
  take(lines: Uint8Array, from: number, line: number, lineEnds: LineEnds): CleanLines {
    if (!this.#canScan) return { end: from, records: 0 };
    if (this.#loaded !== lines) this.#scanner.load(lines);
    this.#loaded = lines;
    const scan = this.#scanner.scan(from, line);
    this.#add(scan, lineEnds);
    return scan;
  }

  #add(scan: Scan, lineEnds: LineEnds): void {
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
    lineEnds.lf ||= scan.lineFeeds > 0;
    lineEnds.crlf ||= scan.records > scan.lineFeeds;
  }
}
