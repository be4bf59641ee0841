/** Builds the rows of the tables of an HTML page, as a streaming parser reports its parts. */
import type { Handler } from 'htmlparser2';
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { MOST_COLUMNS } from '../../limits.ts';

/** The longest cell, in UTF-16 code units. */
const LONGEST_CELL = 1024 * 1024;

/** The deepest table inside another table. */
const MOST_DEPTH = 32;

/** The largest span of a cell. Browsers have the same limit. */
const MOST_SPAN = 1000;

/** Elements whose text is not a part of the page. */
const NO_TEXT: ReadonlySet<string> = new Set([
  'script',
  'style',
  'template',
  'textarea',
  'noscript',
  'title',
]);

/** Elements with a line end in front of them. Without it, two words would become one. */
const BREAKS: ReadonlySet<string> = new Set(['br', 'p', 'div', 'li']);

/** Elements that end an open row. */
const GROUPS: ReadonlySet<string> = new Set(['thead', 'tbody', 'tfoot', 'colgroup']);

/** One cell of a row, from column 0. */
export interface HtmlCell {
  readonly column: number;
  readonly text: string;
}

/** Merged cells: the first row and column, and the numbers of rows and columns, from 1 and 0. */
export interface HtmlSpan {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Receives the parts of the tables of a page. Tables have numbers from 0, by their beginnings. */
export interface TableReceiver {
  /** @param outer the number of the table around this one */
  beginTable(table: number, outer: number | undefined): void;
  caption(table: number, text: string): void;
  /** @param row the number of the row, from 1 */
  row(table: number, row: number, cells: readonly HtmlCell[]): void;
  merged(table: number, span: HtmlSpan): void;
  /** @param hasEndTag whether the page ends the table itself */
  endTable(table: number, hasEndTag: boolean): void;
}

/** A table that has not ended. */
interface OpenTable {
  readonly table: number;
  row: number;
  column: number;
  cells: HtmlCell[];
  isRowOpen: boolean;
  /** The text of the open cell or caption; `undefined` outside. */
  text: string | undefined;
  isCaption: boolean;
  attributes: Readonly<Record<string, string>>;
  /** For each column, the number of rows that a cell from above still covers. */
  readonly covered: Map<number, number>;
}

/** Turns the events of the parser into rows. End tags of rows and cells may be missing. */
export class HtmlRows implements Partial<Handler> {
  readonly #receiver: TableReceiver;
  readonly #open: OpenTable[] = [];
  #tables = 0;
  /** The number of open elements whose text does not count. */
  #hidden = 0;

  constructor(receiver: TableReceiver) {
    this.#receiver = receiver;
  }

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    if (NO_TEXT.has(name)) this.#hidden += 1;
    if (this.#hidden > 0) return;
    if (name === 'table') this.#openTable();
    const now = this.#open.at(-1);
    if (now === undefined) return;
    if (name === 'tr') this.#openRow(now);
    else if (name === 'td' || name === 'th') this.#openCell(now, attributes);
    else if (name === 'caption') this.#openCaption(now);
    else if (GROUPS.has(name)) this.#closeRow(now);
    else if (BREAKS.has(name)) this.ontext('\n');
  }

  ontext(text: string): void {
    const now = this.#open.at(-1);
    if (this.#hidden > 0 || now?.text === undefined) return;
    now.text += text;
    if (now.text.length > LONGEST_CELL) {
      throw new UnreadableFile('html-excess', { bytes: LONGEST_CELL });
    }
  }

  /** @param isImplied whether the page has no end tag for the element */
  onclosetag(name: string, isImplied: boolean): void {
    if (NO_TEXT.has(name)) this.#hidden = Math.max(0, this.#hidden - 1);
    const now = this.#open.at(-1);
    if (this.#hidden > 0 || now === undefined) return;
    if (name === 'table') this.#closeTable(now, !isImplied);
    else if (name === 'tr' || GROUPS.has(name)) this.#closeRow(now);
    else if (name === 'td' || name === 'th') this.#closeCell(now);
    else if (name === 'caption') this.#closeCaption(now);
  }

  /** Ends the tables that the page leaves open. */
  onend(): void {
    for (let now = this.#open.at(-1); now !== undefined; now = this.#open.at(-1)) {
      this.#closeTable(now, false);
    }
  }

  #openTable(): void {
    if (this.#open.length === MOST_DEPTH) {
      throw new UnreadableFile('html-excess', { bytes: LONGEST_CELL });
    }
    const table = this.#tables;
    this.#tables += 1;
    this.#receiver.beginTable(table, this.#open.at(-1)?.table);
    this.#open.push({
      table,
      row: 0,
      column: 0,
      cells: [],
      isRowOpen: false,
      text: undefined,
      isCaption: false,
      attributes: {},
      covered: new Map(),
    });
  }

  #closeTable(now: OpenTable, hasEndTag: boolean): void {
    this.#closeCaption(now);
    this.#closeRow(now);
    this.#open.pop();
    this.#receiver.endTable(now.table, hasEndTag);
  }

  #openRow(now: OpenTable): void {
    this.#closeCaption(now);
    this.#closeRow(now);
    now.isRowOpen = true;
    now.row += 1;
    now.column = 0;
    now.cells = [];
  }

  #closeRow(now: OpenTable): void {
    this.#closeCell(now);
    if (!now.isRowOpen) return;
    now.isRowOpen = false;
    for (const [column, rows] of now.covered) {
      if (rows <= 1) now.covered.delete(column);
      else now.covered.set(column, rows - 1);
    }
    this.#receiver.row(now.table, now.row, now.cells);
  }

  #openCell(now: OpenTable, attributes: Readonly<Record<string, string>>): void {
    this.#closeCaption(now);
    this.#closeCell(now);
    if (!now.isRowOpen) this.#openRow(now);
    now.text = '';
    now.attributes = attributes;
  }

  #closeCell(now: OpenTable): void {
    if (now.text === undefined || now.isCaption) return;
    const text = shownText(now.text, now.attributes);
    now.text = undefined;
    while (now.covered.has(now.column)) now.column += 1;
    const columns = spanOf(now.attributes['colspan']);
    const rows = spanOf(now.attributes['rowspan']);
    if (text !== '') now.cells.push({ column: now.column, text });
    if (now.column > MOST_COLUMNS) {
      throw new UnreadableFile('header-too-wide', { columns: now.column, most: MOST_COLUMNS });
    }
    if (rows > 1) {
      for (let at = 0; at < columns; at += 1) now.covered.set(now.column + at, rows);
    }
    if (rows > 1 || columns > 1) {
      this.#receiver.merged(now.table, { row: now.row, column: now.column, rows, columns });
    }
    now.column += columns;
  }

  #openCaption(now: OpenTable): void {
    this.#closeRow(now);
    now.text = '';
    now.isCaption = true;
  }

  #closeCaption(now: OpenTable): void {
    if (!now.isCaption) return;
    this.#receiver.caption(now.table, squeezed(now.text ?? ''));
    now.text = undefined;
    now.isCaption = false;
  }
}

function spanOf(value: string | undefined): number {
  const span = Number(value ?? 1);
  return Number.isInteger(span) && span > 1 ? Math.min(span, MOST_SPAN) : 1;
}

/** Matches a number that a spreadsheet shows with an exponent. */
const WITH_EXPONENT = /^\d(?:[.,]\d+)?e\+?\d+$/i;

/**
 * Returns the text of a cell. Excel shows a long number with an exponent, and keeps the number
 * itself in an attribute.
 */
function shownText(text: string, attributes: Readonly<Record<string, string>>): string {
  const shown = squeezed(text);
  const stored = attributes['x:num'] ?? '';
  return WITH_EXPONENT.test(shown) && /^\d+$/.test(stored) ? stored : shown;
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
