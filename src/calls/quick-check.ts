import type { LineEnds } from '../csv/line-ends.ts';
import type { CallCounts } from './call-check.ts';
import {
  currencyCode,
  RecordScanner,
  type Scan,
  scanIn,
  scanLength,
  type ScanSettings,
  TALLY,
} from './record-scanner.ts';
import type { TwinFinder } from './twins.ts';

/** How the identifiers of a file look that have more digits than a spreadsheet keeps. */
export interface LongIdentifiers {
  long: number;
  /** Those of them that have only zeros after the digits that are kept. */
  rounded: number;
}

/** What is known of a file so far, which clean records add to. */
export interface FileTotals {
  readonly twins: TwinFinder;
  readonly counts: CallCounts;
  readonly longIdentifiers: LongIdentifiers;
}

/** So many bytes are scanned at a time, at most. */
export const SCANNED_BYTES = 512 * 1024;

/** Takes clean records of a file by their bytes, and adds them to what is known of it. */
export class QuickCheck {
  /** What a scanner on another thread needs to know. */
  readonly settings: ScanSettings;
  /** The currencies met so far, by their codes. */
  readonly currencies = new Set<number>();
  readonly #totals: FileTotals;
  readonly #scanner: RecordScanner;
  readonly #scan = scanIn(new ArrayBuffer(scanLength(SCANNED_BYTES)));

  constructor(settings: ScanSettings, totals: FileTotals) {
    this.settings = settings;
    this.#totals = totals;
    this.#scanner = new RecordScanner(settings);
  }

  /** Notes a currency that the whole check has met. */
  meet(currency: string): void {
    const code = currencyCode(currency);
    this.currencies.add(code);
    this.#scanner.meet(code);
  }

  /** Scans, and takes nothing yet. */
  scanInto(bytes: Uint8Array, scan: Scan): void {
    this.#scanner.scan(bytes, 0, bytes.length, scan);
  }

  /**
   * Takes clean records, one after another.
   *
   * @param bytes valid UTF-8 that ends with a line feed
   * @param from where a record begins
   * @param line the physical line of the first record, from 1
   * @param lineEnds is told which line ends were met
   * @param done a scan of these bytes from there, when there is one already
   * @returns where the first record begins that was not taken; each one taken is one line
   */
  take(bytes: Uint8Array, from: number, line: number, lineEnds: LineEnds, done?: Scan): number {
    const scan = done ?? this.#scan;
    if (done === undefined) this.#scanner.scan(bytes, from, bytes.length, scan);
    const { tally, hashes } = scan;
    const { twins } = this.#totals;
    const records = tally[TALLY.records] ?? 0;
    let fresh = 0;
    while (
      fresh < records &&
      twins.isNew(hashes[fresh * 2] ?? 0, hashes[fresh * 2 + 1] ?? 0, line + fresh)
    ) {
      fresh += 1;
    }
    if (fresh < records) {
      // What comes before the twin is scanned once more, for what it adds up to.
      this.#scanner.scan(bytes, from, afterLines(bytes, from, fresh), this.#scan);
      this.#add(this.#scan, lineEnds);
      return this.#scan.tally[TALLY.end] ?? from;
    }
    this.#add(scan, lineEnds);
    return tally[TALLY.end] ?? from;
  }

  #add({ tally }: Scan, lineEnds: LineEnds): void {
    const { counts, longIdentifiers } = this.#totals;
    const of = (name: keyof typeof TALLY): number => tally[TALLY[name]] ?? 0;
    const dynamic = of('records') - of('static');
    counts.records += of('records');
    counts.static += of('static');
    counts.dynamic += dynamic;
    counts.linkable += dynamic;
    counts.identifiers.UserId += of('UserId');
    counts.identifiers.ClientId += of('ClientId');
    counts.identifiers.Yclid += of('Yclid');
    longIdentifiers.long += of('long');
    longIdentifiers.rounded += of('rounded');
    lineEnds.lf ||= of('lf') > 0;
    lineEnds.crlf ||= of('crlf') > 0;
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
