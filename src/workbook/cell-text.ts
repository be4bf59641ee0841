/** Converts the stored value of one cell to text. */
import { UnreadableFile } from '../files/unreadable-file.ts';
import type { CellFormat } from './cell-formats.ts';
import { columnLetters } from './cell-reference.ts';
import { hasAllDigits, numberText, timeText, withZeros } from './number-text.ts';
import type { SharedStrings } from './shared-strings.ts';
import { unescaped } from './text-of-cell.ts';
import { excess, LIMITS } from './workbook-limits.ts';

/** The parts of a workbook that are needed to read cells. */
export interface CellContext {
  readonly strings: SharedStrings;
  readonly formats: readonly CellFormat[];
  readonly isFrom1904: boolean;
}

/** Facts about a sheet, in addition to the values of its cells. */
export class SheetFacts {
  /** The number of bytes that were read of the part of the sheet, if its reader counts them. */
  bytesRead = 0;
  hiddenRows = 0;
  /** Ranges of hidden columns, as column numbers from 1. */
  readonly hiddenColumns: (readonly [from: number, to: number])[] = [];
  /** Whether the sheet stores long numbers with all their digits. */
  keepsDigits = false;
  /** The number of formulas without a stored value, and the cell of the first one, such as `C7`. */
  readonly unknown: { count: number; first: string | undefined } = { count: 0, first: undefined };
  /** Ranges of merged cells, for example `A2:A5`. */
  readonly merged: string[] = [];

  /**
   * Adds a range of merged cells.
   *
   * @throws UnreadableFile `workbook-excess` if there are far too many ranges
   */
  addMerged(range: string): void {
    if (this.merged.length >= LIMITS.ranges) throw excess('ranges');
    this.merged.push(range);
  }

  /**
   * Adds a range of hidden columns, as column numbers from 1.
   *
   * @throws UnreadableFile `workbook-excess` if there are far too many ranges
   */
  hideColumns(from: number, to: number): void {
    if (this.hiddenColumns.length >= LIMITS.ranges) throw excess('ranges');
    this.hiddenColumns.push([from, to]);
  }

  /**
   * Counts a formula without a stored value.
   *
   * @param column the column of its cell, from 0
   * @param row the row of its cell, from 1
   */
  addUnknown(column: number, row: number): void {
    this.unknown.count += 1;
    this.unknown.first ??= `${columnLetters(column)}${String(row)}`;
  }
}

/** The default type of a cell. */
export const NUMBER_TYPE = 'n';

/** A whole number that is certainly exact as a floating-point number. */
const SHORT_NUMBER = /^\d{1,15}$/;

/** Converts the cells of one sheet to text. Follows ECMA-376, part 1, 18.3.1.4 and 18.18.11. */
export class CellTexts {
  readonly #part: string;
  readonly #context: CellContext;
  readonly #facts: SheetFacts;

  /** @param part the path of the sheet in the archive, for errors */
  constructor(part: string, context: CellContext, facts: SheetFacts) {
    this.#part = part;
    this.#context = context;
    this.#facts = facts;
  }

  /**
   * Returns the text of a cell.
   *
   * @param type the type of the cell, for example `s` for a shared string
   * @param style the number of the cell's format
   * @param value the stored value, not empty
   */
  text(type: string, style: number, value: string): string {
    switch (type) {
      case NUMBER_TYPE:
        return this.#number(value, style);
      case 's':
        return this.sharedString(Number(value));
      case 'b':
        return value.trim() === '1' || value === 'true' ? 'TRUE' : 'FALSE';
      case 'd':
        return value.trim();
      default:
        return unescaped(value);
    }
  }

  /** Says whether a format shows a whole number as the file stores it. */
  isPlain(style: number): boolean {
    return this.#context.formats[style] === undefined;
  }

  /**
   * Returns a shared string.
   *
   * @throws UnreadableFile if there is no shared string with this index
   */
  sharedString(index: number): string {
    const text = this.#context.strings.at(index);
    if (text === undefined) throw this.damaged();
    return text;
  }

  damaged(): UnreadableFile {
    return new UnreadableFile('workbook-damaged', { part: this.#part });
  }

  #number(value: string, style: number): string {
    const { formats, isFrom1904 } = this.#context;
    const format = formats[style];
    if (typeof format === 'number') return withZeros(this.#plain(value), format);
    if (format !== undefined) return timeText(value, format, isFrom1904);
    return this.#plain(value);
  }

  #plain(value: string): string {
    if (SHORT_NUMBER.test(value)) return value;
    const facts = this.#facts;
    if (!facts.keepsDigits && hasAllDigits(value)) facts.keepsDigits = true;
    return numberText(value, facts.keepsDigits);
  }
}
