/** Builds rows from the XML elements of a sheet, in any form that XML allows. */
import { columnOf, LAST_COLUMN, LAST_ROW } from './cell-reference.ts';
import { type CellTexts, NUMBER_TYPE, type SheetFacts } from './cell-text.ts';
import type { RowConsumer } from './row-consumer.ts';
import { TextOfCell } from './text-of-cell.ts';
import { excess, LIMITS } from './workbook-limits.ts';
import type { Attributes, XmlHandler } from './xml-reader.ts';

/** Handles the elements of a sheet. Follows ECMA-376, part 1, 18.3.1. */
export class RowElements implements XmlHandler {
  /** The number of the row that was read last, from 1. */
  row = 0;
  /** The number of rows that the XML parser has completed. */
  closed = 0;
  readonly #texts: CellTexts;
  readonly #facts: SheetFacts;
  readonly #consumer: RowConsumer;
  readonly #inline = new TextOfCell();
  #isHidden = false;
  /** The current column, from 0. */
  #column = -1;
  #type = NUMBER_TYPE;
  #style = 0;
  #isInCell = false;
  #isValue = false;
  #hasFormula = false;
  #value = '';

  constructor(texts: CellTexts, facts: SheetFacts, consumer: RowConsumer) {
    this.#texts = texts;
    this.#facts = facts;
    this.#consumer = consumer;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') this.#isValue = true;
    else if (name === 'row') this.#openRow(attributes);
    else if (this.#isInCell) {
      if (name === 'f') this.#hasFormula = true;
      else this.#inline.open(name);
    } else if (name === 'mergeCell') this.#addMerged(attributes);
    else if (name === 'col') this.#addHiddenColumns(attributes);
  }

  close(name: string): void {
    if (name === 'c') this.#closeCell();
    else if (name === 'v') this.#isValue = false;
    else if (name === 'row') this.#closeRow();
    else if (this.#isInCell) this.#inline.close(name);
  }

  text(text: string): void {
    if (this.#isValue) {
      if (this.#value.length + text.length > LIMITS.row) throw excess('row');
      this.#value += text;
    } else if (this.#isInCell) this.#inline.add(text);
  }

  /** Ends a row, after this class or the fast path has read it. */
  end(row: number, isHidden: boolean): void {
    this.row = row;
    if (this.#consumer.end(row) && isHidden) this.#facts.hiddenRows += 1;
  }

  #openRow({ r, hidden }: Attributes): void {
    const row = r === undefined ? this.row + 1 : Number(r);
    if (!Number.isInteger(row) || row <= this.row || row > LAST_ROW) throw this.#texts.damaged();
    this.row = row;
    this.#column = -1;
    this.#isHidden = isSet(hidden);
    this.#consumer.begin(row);
  }

  #openCell({ r, t, s }: Attributes): void {
    const column = r === undefined ? this.#column + 1 : columnOf(r);
    if (column <= this.#column || column >= LAST_COLUMN) throw this.#texts.damaged();
    this.#column = column;
    this.#type = t ?? NUMBER_TYPE;
    this.#style = s === undefined ? 0 : Number(s);
    this.#isInCell = true;
    this.#hasFormula = false;
    this.#value = '';
  }

  #closeCell(): void {
    this.#isInCell = false;
    const inline = this.#inline.take();
    const text = this.#type === 'inlineStr' ? inline : this.#textOfValue();
    if (text !== '') this.#consumer.text(this.#column, text);
  }

  #textOfValue(): string {
    if (this.#value !== '') return this.#texts.text(this.#type, this.#style, this.#value);
    // The result of a formula may be an empty text (type `str`). For other types, an empty result
    // means that the workbook does not store the result.
    if (this.#hasFormula && this.#type !== 'str') this.#facts.addUnknown(this.#column, this.row);
    return '';
  }

  #closeRow(): void {
    this.closed += 1;
    this.end(this.row, this.#isHidden);
  }

  #addMerged({ ref }: Attributes): void {
    if (ref !== undefined) this.#facts.addMerged(ref);
  }

  #addHiddenColumns({ min, max, hidden }: Attributes): void {
    if (isSet(hidden)) this.#facts.hideColumns(Number(min), Number(max));
  }
}

/**
 * Says whether a boolean attribute is true.
 *
 * @param value the value of the attribute
 */
export function isSet(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
