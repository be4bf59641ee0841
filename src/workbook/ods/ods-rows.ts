/** Builds rows from the elements of an OpenDocument spreadsheet. */
import { MOST_COLUMNS } from '../../limits.ts';
import { columnLetters } from '../cell-reference.ts';
import type { SheetFacts } from '../cell-text.ts';
import type { RowConsumer } from '../row-consumer.ts';
import { excess, LIMITS } from '../workbook-limits.ts';
import { attribute, type Attributes, type XmlHandler } from '../xml-reader.ts';
import { odsText } from './ods-text.ts';

/** Comments and drawings in a cell. Their text is not a part of the text of the cell. */
const NO_TEXT: ReadonlySet<string> = new Set([
  'annotation',
  'frame',
  'custom-shape',
  'object',
  'image',
]);

/** Elements that group rows or columns. A folded group is not shown. */
const GROUPS: ReadonlySet<string> = new Set(['table-row-group', 'table-column-group']);

/** One cell of the current row. */
interface Cell {
  readonly column: number;
  readonly text: string;
}

/**
 * Reads the rows of one table.
 *
 * Follows OpenDocument 1.3, part 3, 9.1 (tables) and 19.385 (values of cells).
 */
export class OdsRows implements XmlHandler {
  /** Whether the table has ended. */
  isDone = false;
  readonly #consumer: RowConsumer;
  readonly #facts: SheetFacts;
  /** The number of tables to pass before the wanted one. */
  #tablesLeft: number;
  /** The number of open tables. Inside a table in a cell, the number is more than one. */
  #depth = 0;
  #isWanted = false;
  /** The number of the current row, from 1. Between two rows, the number of the next row. */
  #row = 1;
  #rowRepeat = 1;
  #isRowHidden = false;
  /** For each open group of rows or of columns, whether it is folded. */
  readonly #groups: boolean[] = [];
  #column = 0;
  #columnsSeen = 0;
  #cells: Cell[] = [];
  #cell: { readonly attributes: Attributes; readonly repeat: number } | undefined;
  /** The paragraphs of the current cell. */
  #paragraphs: string[] = [];
  #isParagraph = false;
  #textLength = 0;
  /** The number of open elements whose text is not a part of the cell. */
  #skipped = 0;
  #repeated = 0;

  /** @param table the number of tables before the wanted one */
  constructor(table: number, consumer: RowConsumer, facts: SheetFacts) {
    this.#tablesLeft = table;
    this.#consumer = consumer;
    this.#facts = facts;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'table') this.#openTable();
    if (!this.#isWanted || this.#depth > 1) return;
    if (NO_TEXT.has(name)) this.#skipped += 1;
    if (this.#skipped > 0) return;
    if (GROUPS.has(name)) this.#groups.push(attribute(attributes, 'display') === 'false');
    else if (name === 'table-column') this.#addColumn(attributes);
    else if (name === 'table-row') this.#openRow(attributes);
    else if (name === 'table-cell' || name === 'covered-table-cell') this.#openCell(attributes);
    else if (this.#cell !== undefined) this.#openText(name, attributes);
  }

  close(name: string): void {
    if (name === 'table') this.#closeTable();
    if (!this.#isWanted || this.#depth > 1) return;
    if (NO_TEXT.has(name)) {
      this.#skipped -= 1;
      return;
    }
    if (this.#skipped > 0) return;
    if (GROUPS.has(name)) this.#groups.pop();
    else if (name === 'table-row') this.#closeRow();
    else if (name === 'table-cell' || name === 'covered-table-cell') this.#closeCell();
    else if (name === 'p') this.#isParagraph = false;
  }

  text(text: string): void {
    if (this.#isParagraph && this.#skipped === 0 && this.#depth === 1) this.#append(text);
  }

  /** Whether the reader is inside a folded group, at any depth. */
  get #isFolded(): boolean {
    return this.#groups.includes(true);
  }

  #openTable(): void {
    this.#depth += 1;
    if (this.#depth > 1 || this.isDone) return;
    this.#isWanted = this.#tablesLeft === 0;
    this.#tablesLeft -= 1;
  }

  #closeTable(): void {
    this.#depth -= 1;
    if (this.#depth > 0 || !this.#isWanted) return;
    this.#isWanted = false;
    this.isDone = true;
  }

  #addColumn(attributes: Attributes): void {
    const count = repeatOf(attributes, 'number-columns-repeated');
    const first = this.#columnsSeen + 1;
    this.#columnsSeen += count;
    if (this.#isFolded || isHidden(attributes)) {
      this.#facts.hideColumns(first, this.#columnsSeen);
    }
  }

  #openRow(attributes: Attributes): void {
    this.#rowRepeat = repeatOf(attributes, 'number-rows-repeated');
    this.#isRowHidden = this.#isFolded || isHidden(attributes);
    this.#column = 0;
    this.#cells = [];
  }

  #closeRow(): void {
    // A sheet often ends with a million repeated rows that have only formats. Such rows have no
    // cells here, and are not written.
    if (this.#cells.length > 0) {
      this.#repeated += this.#rowRepeat > 1 ? this.#rowRepeat * this.#cells.length : 0;
      if (this.#repeated > LIMITS.cells) {
        throw excess('cells');
      }
      for (let at = 0; at < this.#rowRepeat; at += 1) this.#write(this.#row + at);
    }
    this.#row += this.#rowRepeat;
  }

  #write(row: number): void {
    this.#consumer.begin(row);
    for (const { column, text } of this.#cells) this.#consumer.text(column, text);
    if (this.#consumer.end(row) && this.#isRowHidden) this.#facts.hiddenRows += 1;
  }

  #openCell(attributes: Attributes): void {
    this.#cell = { attributes, repeat: repeatOf(attributes, 'number-columns-repeated') };
    this.#paragraphs = [];
    this.#textLength = 0;
    this.#addMerged(attributes);
  }

  #addMerged(attributes: Attributes): void {
    const columns = repeatOf(attributes, 'number-columns-spanned');
    const rows = repeatOf(attributes, 'number-rows-spanned');
    if (columns <= 1 && rows <= 1) return;
    const [left, right] = [columnLetters(this.#column), columnLetters(this.#column + columns - 1)];
    this.#facts.addMerged(`${left}${String(this.#row)}:${right}${String(this.#row + rows - 1)}`);
  }

  #openText(name: string, attributes: Attributes): void {
    if (name === 'p' || name === 'h') {
      this.#isParagraph = true;
      this.#addLength(1);
      this.#paragraphs.push('');
    } else if (name === 's') this.#append(' '.repeat(Math.min(repeatOf(attributes, 'c'), 100)));
    else if (name === 'tab') this.#append('\t');
    else if (name === 'line-break') this.#append('\n');
  }

  #append(text: string): void {
    this.#addLength(text.length);
    const last = this.#paragraphs.length - 1;
    if (last >= 0) this.#paragraphs[last] = `${this.#paragraphs[last] ?? ''}${text}`;
  }

  /** Counts the characters of a cell, and one for each paragraph. */
  #addLength(length: number): void {
    this.#textLength += length;
    if (this.#textLength > LIMITS.row) throw excess('row');
  }

  #closeCell(): void {
    const cell = this.#cell;
    this.#cell = undefined;
    if (cell === undefined) return;
    const { attributes, repeat } = cell;
    const text = odsText(attributes, this.#paragraphs.join('\n'), this.#facts);
    if (text === '' && attribute(attributes, 'formula') !== undefined) this.#addUnknown(attributes);
    for (let at = 0; at < repeat && text !== ''; at += 1) {
      this.#cells.push({ column: this.#column + at, text });
      // The row is too wide now. `CsvRows` throws an error when the row ends.
      if (this.#cells.length > MOST_COLUMNS) break;
    }
    this.#column += repeat;
  }

  #addUnknown(attributes: Attributes): void {
    // The result of a formula may be an empty text.
    if (attribute(attributes, 'value-type') === 'string') return;
    this.#facts.addUnknown(this.#column, this.#row);
  }
}

function repeatOf(attributes: Attributes, name: string): number {
  const count = Number(attribute(attributes, name) ?? 1);
  return Number.isSafeInteger(count) && count > 0 ? count : 1;
}

function isHidden(attributes: Attributes): boolean {
  const visibility = attribute(attributes, 'visibility') ?? 'visible';
  return visibility !== 'visible';
}
