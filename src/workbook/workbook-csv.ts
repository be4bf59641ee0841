/** A workbook as CSV: one sheet of it, a line for each of its rows. */
import type { LocalFile } from '../files/local-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { readCellFormats } from './cell-formats.ts';
import { type CellContext, SheetFacts } from './cell-text.ts';
import { CsvRows } from './csv-rows.ts';
import { readSharedStrings } from './shared-strings.ts';
import { chooseSheet, type ChosenSheet, type SheetWish } from './sheet-choice.ts';
import { readRows } from './sheet-rows.ts';
import { readWorkbookParts } from './workbook-parts.ts';
import { ALWAYS_UNPACKED, MOST_RATIO, type ZipArchive } from './zip-archive.ts';

/** What is to be said of the sheet that was read. */
export interface SheetReport {
  /** The name of the sheet. */
  readonly name: string;
  /** Other sheets that seem to hold calls too. */
  readonly alike: readonly string[];
  /** How many rows and columns of the table are hidden. */
  readonly hiddenRows: number;
  readonly hiddenColumns: number;
  /** Merged cells below the column names: how many ranges, and the first one. */
  readonly merged: { readonly count: number; readonly first: string | undefined };
  /** Formulas without a stored value: how many, and the cell of the first one. */
  readonly unknown: { readonly count: number; readonly first: string | undefined };
}

/** What was read of a workbook so far. */
export class WorkbookCsv {
  readonly #zip: ZipArchive;
  readonly #size: number;
  readonly #sheet: ChosenSheet;
  readonly #context: CellContext;
  readonly #facts = new SheetFacts();
  readonly #rows: CsvRows;
  #written = 0;

  private constructor(opened: {
    readonly zip: ZipArchive;
    readonly size: number;
    readonly sheet: ChosenSheet;
    readonly context: CellContext;
    readonly headerRow: number;
  }) {
    this.#zip = opened.zip;
    this.#size = opened.size;
    this.#sheet = opened.sheet;
    this.#context = opened.context;
    this.#rows = new CsvRows(opened.headerRow);
    this.#facts.keepsDigits = opened.sheet.keepsDigits;
  }

  /**
   * Opens the sheet that is meant.
   *
   * @throws Failure what {@link chooseSheet} throws
   */
  static async open(zip: ZipArchive, file: LocalFile, wish: SheetWish): Promise<WorkbookCsv> {
    const { sheets, strings, styles, isFrom1904 } = await readWorkbookParts(zip);
    const context: CellContext = {
      strings:
        strings === undefined || !zip.has(strings) ? [] : await readSharedStrings(zip, strings),
      formats: styles === undefined || !zip.has(styles) ? [] : await readCellFormats(zip, styles),
      isFrom1904,
    };
    const sheet = await chooseSheet(zip, sheets, context, wish);
    const headerRow = wish.headerRow ?? 1;
    return new WorkbookCsv({ zip, size: file.size, sheet, context, headerRow });
  }

  /** The sheet in UTF-8 with commas: each row is a record, and a row without cells an empty line. */
  async *bytes(): AsyncIterable<Uint8Array> {
    const source = { zip: this.#zip, part: this.#sheet.part, context: this.#context };
    for await (const rows of readRows(source, this.#rows, this.#facts)) {
      if (rows.isFull) yield this.#taken();
    }
    yield this.#taken();
  }

  /** What is to be said of the sheet, once all of it was read. */
  report(): SheetReport {
    const { hiddenRows, hiddenColumns, merged, unknown } = this.#facts;
    const below = merged.filter((range) => firstRowOf(range) > this.#rows.headerRow);
    const inTable = (column: number): boolean =>
      hiddenColumns.some(([from, to]) => column >= from && column <= to);
    return {
      name: this.#sheet.name,
      alike: this.#sheet.alike,
      hiddenRows,
      hiddenColumns: Array.from({ length: this.#rows.width }, (_, at) => at + 1).filter(inTable)
        .length,
      merged: { count: below.length, first: below[0] },
      unknown,
    };
  }

  #taken(): Uint8Array {
    const bytes = this.#rows.take();
    this.#written += bytes.length;
    // A text that many cells share may be long.
    if (this.#written > ALWAYS_UNPACKED && this.#written > this.#size * MOST_RATIO) {
      throw new UnreadableFile('workbook-excess', { bytes: ALWAYS_UNPACKED, ratio: MOST_RATIO });
    }
    return bytes;
  }
}

/** The first row of a range such as `A2:A5`. */
function firstRowOf(range: string): number {
  return Number(/\d+/.exec(range)?.[0] ?? 0);
}
