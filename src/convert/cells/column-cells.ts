/**
 * Writes the cells of one column to calls. Remembers the results of the last cells that were not in
 * a common form.
 */
import type { CellFindingCode } from '../../calls/columns/rules.ts';
import type { ColumnShape } from '../../calls/columns/shapes.ts';
import { ByteMemory } from '../../csv/byte-memory.ts';
import { type RecordFields, textOf } from '../../csv/record-fields.ts';
import { writtenField } from '../../csv/record-writer.ts';
import { CallBytes } from './call-bytes.ts';
import type { CellForms } from './cell-reader.ts';
import { commonValue, type ReadText, SPACE } from './common-form.ts';

/** One column of the calls. */
export interface CallColumn {
  /** The index of the column in a call. */
  readonly at: number;
  readonly shape: ColumnShape;
  /** The meanings of the column's words, if the recipe defines them. */
  readonly words: ReadonlyMap<string, string> | undefined;
  readonly forms: CellForms;
}

/** The problem of one value of a call. */
export interface WrongColumn {
  /** The index of the column in a call. */
  readonly at: number;
  readonly code: CellFindingCode;
  /** Whether the other values of the call can be checked without this value. */
  readonly isIndependent: boolean;
}

/** The result of a cell that is not in a common form. */
interface WrittenCell {
  /** The value as a field of CSV. */
  readonly field: string;
  readonly wrong: WrongColumn | undefined;
  readonly missing: ReadText['missing'];
}

/** The counts of missing values in an export. */
export interface MissingValues {
  standIns: number;
  withheld: number;
}

/** The initial size of the memory for one value, in bytes. */
const ONE_VALUE = 256;
const EMPTY: WrittenCell = { field: '', wrong: undefined, missing: undefined };

/** Writes the cells of one column. */
export class ColumnCells {
  readonly #column: CallColumn;
  readonly #missing: MissingValues;
  readonly #memory = new ByteMemory<WrittenCell>();
  readonly #value = new CallBytes(ONE_VALUE);
  readonly #text = new CallBytes(ONE_VALUE);

  /** @param missing counts the missing values of all columns */
  constructor(column: CallColumn, missing: MissingValues) {
    this.#column = column;
    this.#missing = missing;
  }

  /**
   * Writes the value of a cell, as a field of CSV. If the cell cannot be read, writes its text.
   *
   * @param cell UTF-8 with the cell from `from` to `to`
   * @returns the problem of the value, if one was found. A cell in a common form is not checked by
   *   the rule of the column here, so its value may still have a problem.
   */
  write(cell: Buffer, from: number, to: number, out: CallBytes): WrongColumn | undefined {
    let [start, end] = [from, to];
    while (start < end && cell[start] === SPACE) start += 1;
    while (start < end && cell[end - 1] === SPACE) end -= 1;
    if (start === end) return undefined;
    const { forms, words } = this.#column;
    const { length } = out;
    if (words === undefined && forms.common?.(cell, start, end, out) === true) return undefined;
    out.length = length;
    const written = this.#memory.find(cell, start, end) ?? this.#writeNew(cell, start, end);
    if (written.missing === 'stand-in') this.#missing.standIns += 1;
    else if (written.missing === 'withheld') this.#missing.withheld += 1;
    out.text(written.field);
    return written.wrong;
  }

  /** Writes the value of a field of a record, as {@link write} does. */
  writeField(record: RecordFields, field: number, out: CallBytes): WrongColumn | undefined {
    if (record.areDoubled[field] === 1) return this.writeText(record.text(field), out);
    return this.write(record.bytes, record.starts[field] ?? 0, record.ends[field] ?? 0, out);
  }

  /**
   * Returns the CSV field of a cell that has the same text in all records.
   *
   * @returns `undefined` if the field depends on other cells, has a problem, or must be counted in
   *   each record
   */
  fixedField(cell: Buffer): Buffer | undefined {
    const { shape } = this.#column;
    if (shape === 'date-time' || shape === 'price') return undefined;
    const { standIns, withheld } = this.#missing;
    const value = new CallBytes(ONE_VALUE);
    const wrong = this.write(cell, 0, cell.length, value);
    const isCounted = standIns !== this.#missing.standIns || withheld !== this.#missing.withheld;
    this.#missing.standIns = standIns;
    this.#missing.withheld = withheld;
    if (wrong !== undefined || isCounted) return undefined;
    return Buffer.from(value.bytes.subarray(0, value.length));
  }

  /** Writes the value of a text, as {@link write} does. */
  writeText(text: string, out: CallBytes): WrongColumn | undefined {
    const cell = this.#text;
    cell.length = 0;
    cell.text(text);
    return this.write(cell.bytes, 0, cell.length, out);
  }

  #writeNew(cell: Buffer, from: number, to: number): WrittenCell {
    const text = textOf(cell, from, to).trim();
    const { words, at, shape, forms } = this.#column;
    const meant = this.#meantBy(text, words);
    // The bytes of the cell were in no common form, or they were not tried because the recipe
    // defines words. The new text may be in a common form: unusual spaces are removed, and a word
    // may be replaced by its meaning.
    if (text === '' || meant === '') return EMPTY;
    const common =
      meant === undefined || forms.common === undefined
        ? undefined
        : commonValue(forms.common, meant, this.#value);
    if (common !== undefined) return this.#kept(cell, from, to, { ...EMPTY, field: common });
    const { value, problem, missing, changes }: ReadText =
      meant === undefined ? { value: text, problem: 'value-not-listed' } : forms.other(meant);
    const wrong = problem === undefined ? undefined : wrongColumn(at, problem, shape, value);
    const written = { field: writtenField(value), wrong, missing };
    return changes === true ? written : this.#kept(cell, from, to, written);
  }

  /** Returns the meaning of a word; `undefined` if its meaning is unknown. */
  #meantBy(text: string, words: ReadonlyMap<string, string> | undefined): string | undefined {
    const { isRight, isUnclear } = this.#column.forms;
    const meant = words?.get(text.toLowerCase())?.trim();
    if (meant !== undefined) return meant;
    if (isUnclear(text)) return undefined;
    return words === undefined || isRight(text) ? text : undefined;
  }

  #kept(cell: Buffer, from: number, to: number, written: WrittenCell): WrittenCell {
    this.#memory.keep(cell, from, to, written);
    return written;
  }

  /**
   * Reads a cell of a damaged record. In its text, a lone surrogate represents an undecodable byte.
   *
   * @returns the value, and its problem if it has one
   */
  readDamaged(text: string): { readonly value: string; readonly wrong: WrongColumn | undefined } {
    const trimmed = text.trim();
    if (trimmed.isWellFormed() && !trimmed.includes('\0')) {
      const value = new CallBytes(ONE_VALUE);
      const bytes = Buffer.from(trimmed, 'utf8');
      const wrong = this.write(bytes, 0, bytes.length, value);
      return { value: unquoted(textOf(value.bytes, 0, value.length)), wrong };
    }
    const { at, shape, forms, words } = this.#column;
    if (words !== undefined) return { value: trimmed, wrong: undefined };
    const { value, problem } = forms.other(trimmed);
    const wrong = problem === undefined ? undefined : wrongColumn(at, problem, shape, value);
    return { value, wrong };
  }
}

/** Returns the value of a field of CSV. */
function unquoted(field: string): string {
  return field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
}

function wrongColumn(
  at: number,
  code: CellFindingCode,
  shape: ColumnShape,
  value: string,
): WrongColumn {
  return { at, code, isIndependent: isIndependent(shape, value) };
}

/** Says whether the other values of a call can be checked without this wrong value. */
function isIndependent(shape: ColumnShape, value: string): boolean {
  if (shape === 'date-time') return /\D/.test(value);
  // If a recipe defines other words for a flag, the value 1 is wrong. But the check of the whole
  // call does not know these words. It would treat 1 as yes, and this could change its result for
  // the other values.
  return value !== '1';
}
