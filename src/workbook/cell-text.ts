/** The text of one cell, out of what a sheet stores for it. */
import { UnreadableFile } from '../files/unreadable-file.ts';
import type { TimeKind } from './cell-formats.ts';
import { hasAllDigits, numberText, timeText } from './number-text.ts';
import { unescaped } from './text-of-cell.ts';

/** What cells need to be read. */
export interface CellContext {
  readonly strings: readonly string[];
  readonly formats: readonly TimeKind[];
  readonly isFrom1904: boolean;
}

/** What a sheet holds beside the values of its cells. */
export class SheetFacts {
  hiddenRows = 0;
  /** The columns that are hidden, from and to, from 1. */
  readonly hiddenColumns: (readonly [from: number, to: number])[] = [];
  /** Whether long numbers stand there with all their digits. */
  keepsDigits = false;
  /** Formulas whose value is not stored: how many, and where the first one is. */
  readonly unknown: { count: number; first: string | undefined } = { count: 0, first: undefined };
  /** Cells that are one: the ranges, such as `A2:A5`. */
  readonly merged: string[] = [];
}

/** The type of a cell that names none. */
export const NUMBER_TYPE = 'n';

/** A whole number that is exact whoever keeps it. */
const SHORT_NUMBER = /^\d{1,15}$/;

/** Reads the cells of one sheet. Follows ECMA-376, part 1, 18.3.1.4 and 18.18.11. */
export class CellTexts {
  readonly #part: string;
  readonly #context: CellContext;
  readonly #facts: SheetFacts;

  /** @param part where the sheet stands in the archive, for what goes wrong */
  constructor(part: string, context: CellContext, facts: SheetFacts) {
    this.#part = part;
    this.#context = context;
    this.#facts = facts;
  }

  /**
   * @param type of the cell, for example `s` for a shared string
   * @param style the number of its format
   * @param value as it stands in the file, not empty
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

  /** Whether the format of a number makes a date, a time or a duration of it. */
  isTime(style: number): boolean {
    return this.#context.formats[style] !== undefined;
  }

  /** @throws UnreadableFile when there is none of this number */
  sharedString(index: number): string {
    const text = this.#context.strings[index];
    if (text === undefined) throw this.damaged();
    return text;
  }

  damaged(): UnreadableFile {
    return new UnreadableFile('workbook-damaged', { part: this.#part });
  }

  #number(value: string, style: number): string {
    const { formats, isFrom1904 } = this.#context;
    const kind = formats[style];
    if (kind !== undefined) return timeText(value, kind, isFrom1904);
    if (SHORT_NUMBER.test(value)) return value;
    const facts = this.#facts;
    if (!facts.keepsDigits && hasAllDigits(value)) facts.keepsDigits = true;
    return numberText(value, facts.keepsDigits);
  }
}
