import type { LineEnds } from '../csv/line-ends.ts';
import type { CallCounts } from './call-check.ts';
import type { RecordScanner, Scan, ScanSettings } from './record-scanner.ts';

/** How the identifiers of a file look that have more digits than a spreadsheet keeps. */
export interface LongIdentifiers {
  long: number;
  /** Those of them that have only zeros after the digits that are kept. */
  rounded: number;
}

/** What is known of a file so far, which clean records add to. */
export interface FileTotals {
  readonly counts: CallCounts;
  readonly longIdentifiers: LongIdentifiers;
}

/** Takes clean records of a file by their bytes, and adds them to what is known of it. */
export class QuickCheck {
  readonly #scanner: RecordScanner;
  readonly #totals: FileTotals;
  readonly #serves: boolean;
  #held: Uint8Array | undefined;

  constructor(scanner: RecordScanner, settings: ScanSettings, totals: FileTotals) {
    this.#scanner = scanner;
    this.#totals = totals;
    this.#serves = scanner.begin(settings);
  }

  /**
   * Takes clean records, one after another.
   *
   * @param bytes valid UTF-8 that ends with a line feed, and stays as it is between calls; at most
   *   `LONGEST_STRETCH`
   * @param from where a record begins
   * @param line the physical line of the first record, from 1
   * @param lineEnds is told which line ends were met
   * @returns where the first record begins that was not taken; each one taken is one line
   */
  take(bytes: Uint8Array, from: number, line: number, lineEnds: LineEnds): number {
    if (!this.#serves) return from;
    if (this.#held !== bytes) this.#scanner.hold(bytes);
    this.#held = bytes;
    const scan = this.#scanner.scan(from, line);
    this.#add(scan, lineEnds);
    return scan.end;
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

const LINE_FEED = 0x0a;

/** @returns the place after so many lines; `from` after none */
export function afterLines(bytes: Uint8Array, from: number, lines: number): number {
  let at = from;
  for (let line = 0; line < lines && at < bytes.length; line += 1) {
    at = bytes.indexOf(LINE_FEED, at) + 1;
  }
  return at;
}
