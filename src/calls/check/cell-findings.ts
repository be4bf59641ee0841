/**
 * Reports findings about single cells. Each finding has the position and the value of the cell. The
 * value is masked if necessary.
 */
import { lineEndsWithin } from '../../csv/record-reader.ts';
import { areRecordsLines, type RowSource } from '../../csv/table-form.ts';
import { shownColumn, shownValue } from '../../safe-text/shown-value.ts';
import { example, type ShownName } from '../../words/shown-name.ts';
import { valueKind } from '../columns/columns.ts';
import type { CellFindingCode } from '../columns/rules.ts';
import type { FindingCollector } from '../findings/collector.ts';

/** How to report findings about cells. */
export interface CellFindingOptions extends RowSource {
  readonly showValues: boolean;
  /** The name of the encoding, for the finding about undecodable bytes. */
  readonly encoding: string;
  /** Whether the records are already converted. */
  readonly isConverted?: boolean;
}

/**
 * The position of a record: the physical line where the record begins, and the number of the
 * record. Both are counted from 1. The header has a line, but is not counted as a record.
 */
export interface RecordPlace {
  readonly line: number;
  readonly record: number;
}

/** Reports findings about the cells of one file. */
export class CellFindings {
  readonly #found: FindingCollector;
  readonly #options: CellFindingOptions;
  /** The names of the columns, masked if necessary, for messages. */
  readonly #names: readonly ShownName[];

  /** @param names the names of the columns as in the header */
  constructor(names: readonly string[], options: CellFindingOptions, found: FindingCollector) {
    this.#names = names.map(shownColumn);
    this.#options = options;
    this.#found = found;
  }

  /**
   * Reports a finding about a cell.
   *
   * @param at the index of the cell in the record
   * @param values returns the fields of the record; called only if the fields are needed
   */
  add(
    code: CellFindingCode,
    at: number,
    { line, record }: RecordPlace,
    values: () => readonly string[],
  ): void {
    const column = this.#names[at] ?? example('');
    if (this.#found.count(code, column)) return;
    const fields = values();
    const before = fields.slice(0, Math.max(0, at));
    const { showValues, encoding, isConverted } = this.#options;
    const value = shownValue(fields[at] ?? '', valueKind(column), showValues);
    this.#found.add(
      code,
      {
        line: areRecordsLines(this.#options) ? line : line + lineEndsWithin(before),
        record,
        column,
        value,
        offset: lengthBefore(before),
      },
      { column, encoding, isConverted, value },
    );
  }
}

/**
 * Counts the characters before a value, on the physical line where the value begins. The count
 * includes the quotes of fields that need quotes.
 *
 * @param fields the fields before the value
 */
function lengthBefore(fields: readonly string[]): number {
  const text = fields
    .map((field) =>
      /["\r\n,;|\t]/.test(field) ? `"${field.replaceAll('"', '""')}",` : `${field},`,
    )
    .join('');
  return text.length - (Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
}
