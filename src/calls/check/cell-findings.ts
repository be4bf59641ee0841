/** Reports what is wrong with single cells: where it is, and the value as it may be shown. */
import { lineEndsWithin } from '../../csv/record-reader.ts';
import { shownColumn, shownValue } from '../../safe-text/shown-value.ts';
import { valueKind } from '../columns/columns.ts';
import type { CellFindingCode } from '../columns/rules.ts';
import type { FindingCollector } from '../findings/collector.ts';

/** How the findings of cells are written. */
export interface CellFindingOptions {
  readonly showValues: boolean;
  /** Name of the encoding, for the finding about bytes that are not in it. */
  readonly encoding: string;
  /** The sheet of a workbook that the records are rows of. */
  readonly sheet?: string | undefined;
  /** Whether the records are converted already. */
  readonly isConverted?: boolean;
}

/** Where a record is: its physical line, and its number without the header, both from 1. */
export interface RecordPlace {
  readonly line: number;
  readonly record: number;
}

/** Reports on the cells of one file. */
export class CellFindings {
  readonly #found: FindingCollector;
  readonly #options: CellFindingOptions;
  /** The names of the columns as a message may show them. */
  readonly #names: readonly string[];

  /** @param names the names of the columns as they are in the header */
  constructor(names: readonly string[], options: CellFindingOptions, found: FindingCollector) {
    this.#names = names.map(shownColumn);
    this.#options = options;
    this.#found = found;
  }

  /**
   * Reports what is wrong with a cell.
   *
   * @param at the place of the cell in the record
   * @param values gives the values of the record, where they are needed
   */
  add(
    code: CellFindingCode,
    at: number,
    { line, record }: RecordPlace,
    values: () => readonly string[],
  ): void {
    const column = this.#names[at] ?? '';
    if (this.#found.count(code, column)) return;
    const fields = values();
    const before = fields.slice(0, Math.max(0, at));
    const { sheet, showValues, encoding, isConverted } = this.#options;
    this.#found.add(
      code,
      {
        line: sheet === undefined ? line + lineEndsWithin(before) : line,
        record,
        column,
        value: shownValue(fields[at] ?? '', valueKind(column), showValues),
        offset: lengthBefore(before),
      },
      { column, encoding, isConverted },
    );
  }
}

/** Characters of the fields before a value in its own line, written with quotes where they are needed. */
function lengthBefore(fields: readonly string[]): number {
  const text = fields
    .map((field) =>
      /["\r\n,;|\t]/.test(field) ? `"${field.replaceAll('"', '""')}",` : `${field},`,
    )
    .join('');
  return text.length - (Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
}
