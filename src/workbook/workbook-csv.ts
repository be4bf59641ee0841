/** Converts one sheet of a workbook to CSV. Each row becomes a record or an empty line. */
import type { LocalFile } from '../files/local-file.ts';
import type { ShownName } from '../words/shown-name.ts';
import { rowOf } from './cell-reference.ts';
import { SheetFacts } from './cell-text.ts';
import { CoveredCells } from './covered-cells.ts';
import { CsvRows } from './csv-rows.ts';
import { chooseSheet, type ChosenSheet, type SheetCriteria } from './sheet-choice.ts';
import type { Sheet } from './sheets.ts';
import { LIMITS, TEXT_RATIO } from './workbook-limits.ts';

/** Facts about a sheet, for findings. */
export interface SheetReport {
  /** The name of the sheet. */
  readonly name: string;
  /** The names of the other sheets that may contain calls; only the first ones if many. */
  readonly alike: readonly string[];
  /** The number of sheets that may contain calls and are not in `alike`. */
  readonly moreAlike: number;
  /** The number of hidden rows of the table. */
  readonly hiddenRows: number;
  /** The number of hidden columns of the table. */
  readonly hiddenColumns: number;
  /**
   * The number of merged ranges below the column names, and the first such range, for example
   * `A2:A5`. Also the number of covered cells in these ranges that have a value of their own, and
   * the first such cell.
   */
  readonly merged: {
    readonly count: number;
    readonly first: string | undefined;
    readonly covered: number;
    readonly firstCovered: string | undefined;
  };
  /** The number of formulas without a stored value, and the cell of the first one, such as `C7`. */
  readonly unknown: { readonly count: number; readonly first: string | undefined };
}

/** Facts about a sheet, whose names are safe to show. */
export interface ShownSheetReport extends SheetReport {
  readonly name: ShownName;
  readonly alike: readonly ShownName[];
}

/** Converts one sheet of a workbook to CSV. */
export class WorkbookCsv {
  readonly #sheet: ChosenSheet;
  readonly #facts = new SheetFacts();
  readonly #rows: CsvRows;
  #covered: CoveredCells | undefined;

  private constructor(opened: {
    readonly size: number;
    readonly sheet: ChosenSheet;
    readonly headerRow: number;
  }) {
    this.#sheet = opened.sheet;
    this.#rows = new CsvRows(opened.headerRow, Math.max(LIMITS.text, opened.size * TEXT_RATIO));
    this.#facts.keepsDigits = opened.sheet.keepsDigits;
  }

  /**
   * Opens the chosen sheet.
   *
   * @throws Failure or UnreadableFile as in {@link chooseSheet}
   */
  static async open(
    sheets: readonly Sheet[],
    file: LocalFile,
    criteria: SheetCriteria,
  ): Promise<WorkbookCsv> {
    const sheet = await chooseSheet(sheets, criteria);
    const headerRow = criteria.headerRow ?? 1;
    return new WorkbookCsv({ size: file.size, sheet, headerRow });
  }

  /**
   * Returns the sheet as comma-separated UTF-8. Each row is a record. A row without cells is an
   * empty line.
   */
  async *bytes(): AsyncIterable<Uint8Array> {
    for await (const rows of this.#sheet.rows(this.#rows, this.#facts)) {
      if (rows.isFull) yield this.#rows.take();
    }
    yield this.#rows.take();
    await this.#lookUnderMerged();
  }

  /**
   * Searches for values in covered cells. Most workbooks list the merged ranges after the rows. So
   * the rows are read again, but only if merged ranges exist below the column names.
   */
  async #lookUnderMerged(): Promise<void> {
    const merged = this.#mergedBelow;
    if (merged.length === 0) return;
    const covered = new CoveredCells(merged);
    const facts = new SheetFacts();
    const rows = this.#sheet.rows(covered, facts)[Symbol.asyncIterator]();
    while ((await rows.next()).done !== true);
    this.#covered = covered;
  }

  /** The merged ranges below the column names. */
  get #mergedBelow(): readonly string[] {
    return this.#facts.merged.filter((range) => rowOf(range) > this.#rows.headerRow);
  }

  /** Returns the facts about the sheet. All of {@link bytes} must have been read before. */
  report(): SheetReport {
    const { hiddenRows, hiddenColumns, unknown } = this.#facts;
    const below = this.#mergedBelow;
    const { count: covered = 0, first: firstCovered } = this.#covered ?? {};
    const inTable = (column: number): boolean =>
      hiddenColumns.some(([from, to]) => column >= from && column <= to);
    return {
      name: this.#sheet.name,
      alike: this.#sheet.alike,
      moreAlike: this.#sheet.moreAlike,
      hiddenRows,
      hiddenColumns: Array.from({ length: this.#rows.width }, (_, at) => at + 1).filter(inTable)
        .length,
      merged: { count: below.length, first: below[0], covered, firstCovered },
      unknown,
    };
  }
}
