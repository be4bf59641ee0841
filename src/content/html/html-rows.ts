/** Builds the rows of the tables of an HTML page, while a streaming parser reads the page. */
import type { Handler } from 'htmlparser2';
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { MOST_COLUMNS } from '../../limits.ts';

/** The longest cell, in UTF-16 code units. */
const LONGEST_CELL = 1024 * 1024;

/** The maximum depth of tables inside tables. */
const MOST_DEPTH = 32;

/** The largest span of a cell, in rows or columns. Browsers have the same limit for columns. */
const MOST_SPAN = 1000;

/** Elements whose text is not a part of the page. */
const NO_TEXT: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'title']);

/**
 * Elements that stand inside a line. All other elements begin and end with a line end. Without the
 * line ends, two words or two phone numbers would become one.
 */
const IN_LINE: ReadonlySet<string> = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data dfn em font i ins del kbd label mark nobr ' +
    'optgroup option output q s samp select small span strike strong sub sup time tt u var wbr'
  ).split(' '),
);

/** Types of input fields that do not show their value, or show it only as the label of a button. */
const NO_VALUE: ReadonlySet<string> = new Set([
  'hidden',
  'checkbox',
  'radio',
  'submit',
  'reset',
  'button',
  'image',
  'file',
  'password',
]);

/** Matches a style that hides an element. */
const HIDING = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b/i;

/** The maximum number of merged ranges that are kept until their group of rows ends. */
const MOST_KEPT = 10_000;

/** Elements that are groups of rows or columns. They end an open row. */
const GROUPS: ReadonlySet<string> = new Set(['thead', 'tbody', 'tfoot', 'colgroup']);

/** One cell of a row. */
interface HtmlCell {
  /** The number of the column, from 0. */
  readonly column: number;
  readonly text: string;
  /** Whether the page does not show the cell, although it may show the row. */
  readonly isHidden: boolean;
}

/** One row. */
export interface HtmlRow {
  /** The number of the row, from 1. */
  readonly row: number;
  /** The cells that are not empty. */
  readonly cells: readonly HtmlCell[];
  readonly isHidden: boolean;
}

/** Merged cells: their first row and column, and how many rows and columns they cover. */
export interface HtmlSpan {
  /** The number of the first row, from 1. */
  readonly row: number;
  /** The number of the first column, from 0. */
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Receives the parts of the tables of a page. Tables have numbers from 0, in the order in which the
 * tables begin.
 */
export interface TableReceiver {
  /** @param outer the number of the table around this one */
  beginTable(table: number, outer: number | undefined): void;
  caption(table: number, text: string): void;
  row(table: number, row: HtmlRow): void;
  merged(table: number, span: HtmlSpan): void;
  /** @param hasEndTag whether the page has an end tag for the table */
  endTable(table: number, hasEndTag: boolean): void;
}

/** A list of choices in a cell. */
interface Choice {
  /** The text of the open option. */
  text: string;
  isSelected: boolean;
  /** The text of the selected option; the text of the first option if none is selected. */
  shown: string | undefined;
}

/** A table that has not ended. */
interface OpenTable {
  readonly table: number;
  row: number;
  column: number;
  cells: HtmlCell[];
  isRowOpen: boolean;
  /** The text of the open cell or caption; `undefined` if neither is open. */
  text: string | undefined;
  isCaption: boolean;
  isGroupHidden: boolean;
  isRowHidden: boolean;
  /** The open list of choices in the open cell. */
  choice: Choice | undefined;
  /** The text about the first picture in the open cell: its alternative text, or its title. */
  picture: string;
  attributes: Readonly<Record<string, string>>;
  /** For each column, the number of rows that a cell from above still covers. */
  readonly covered: Map<number, number>;
  /** The merged cells of the open group of rows. They may reach beyond the end of the group. */
  spans: HtmlSpan[];
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
    if (name === 'tr') this.#openRow(now, isHidden(attributes));
    else if (name === 'td' || name === 'th') this.#openCell(now, attributes);
    else if (name === 'caption') this.#openCaption(now);
    else if (GROUPS.has(name)) this.#openGroup(now, attributes);
    else {
      if (!IN_LINE.has(name)) this.ontext('\n');
      this.#openField(now, name, attributes);
    }
  }

  /** Reads what a page shows in a cell besides text: the values of fields, and pictures. */
  #openField(now: OpenTable, name: string, attributes: Readonly<Record<string, string>>): void {
    if (now.text === undefined) return;
    if (name === 'input' && !NO_VALUE.has(attributes['type']?.toLowerCase() ?? 'text')) {
      this.ontext(`\n${attributes['value'] ?? ''}\n`);
    } else if (name === 'select') {
      now.choice = { text: '', isSelected: false, shown: undefined };
    } else if (name === 'option' && now.choice !== undefined) {
      now.choice.text = '';
      now.choice.isSelected = attributes['selected'] !== undefined;
    } else if (name === 'img' && now.picture === '') {
      now.picture = squeezed(attributes['alt'] ?? '') || squeezed(attributes['title'] ?? '');
    }
  }

  /** Ends an option, or a list of choices. The shown text of the list becomes text of the cell. */
  #closeChoice(now: OpenTable, name: string): void {
    const { choice } = now;
    if (choice === undefined) return;
    if (name === 'option') {
      if (choice.isSelected) choice.shown = choice.text;
      choice.shown ??= choice.text;
    } else {
      now.choice = undefined;
      this.ontext(`\n${choice.shown ?? ''}\n`);
    }
  }

  ontext(text: string): void {
    const now = this.#open.at(-1);
    if (this.#hidden > 0 || now?.text === undefined) return;
    const { choice } = now;
    if (choice === undefined) now.text += text;
    else choice.text += text;
    if (Math.max(now.text.length, choice?.text.length ?? 0) > LONGEST_CELL) {
      throw new UnreadableFile('html-excess', { what: 'cell', most: LONGEST_CELL });
    }
  }

  /** @param isImplied whether the page has no end tag for the element */
  onclosetag(name: string, isImplied: boolean): void {
    if (NO_TEXT.has(name)) this.#hidden = Math.max(0, this.#hidden - 1);
    const now = this.#open.at(-1);
    if (this.#hidden > 0 || now === undefined) return;
    if (name === 'table') this.#closeTable(now, !isImplied);
    else if (name === 'tr') this.#closeRow(now);
    else if (GROUPS.has(name)) this.#closeGroup(now);
    else if (name === 'option' || name === 'select') this.#closeChoice(now, name);
    else if (name === 'td' || name === 'th') this.#closeCell(now);
    else if (name === 'caption') this.#closeCaption(now);
    else if (!IN_LINE.has(name)) this.ontext('\n');
  }

  /** Ends the tables that the page leaves open. */
  onend(): void {
    for (let now = this.#open.at(-1); now !== undefined; now = this.#open.at(-1)) {
      this.#closeTable(now, false);
    }
  }

  #openTable(): void {
    if (this.#open.length === MOST_DEPTH) {
      throw new UnreadableFile('html-excess', { what: 'tables-inside', most: MOST_DEPTH });
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
      isGroupHidden: false,
      isRowHidden: false,
      choice: undefined,
      picture: '',
      attributes: {},
      covered: new Map(),
      spans: [],
    });
  }

  #closeTable(now: OpenTable, hasEndTag: boolean): void {
    this.#closeCaption(now);
    this.#closeGroup(now);
    this.#open.pop();
    this.#receiver.endTable(now.table, hasEndTag);
  }

  #openGroup(now: OpenTable, attributes: Readonly<Record<string, string>>): void {
    this.#closeGroup(now);
    now.isGroupHidden = isHidden(attributes);
  }

  /** Ends a group of rows. A cell that reaches further down ends there too, as in browsers. */
  #closeGroup(now: OpenTable): void {
    this.#closeRow(now);
    now.isGroupHidden = false;
    now.covered.clear();
    for (const span of now.spans) {
      const rows = Math.min(span.rows, now.row - span.row + 1);
      if (rows > 1 || span.columns > 1) this.#receiver.merged(now.table, { ...span, rows });
    }
    now.spans = [];
  }

  #openRow(now: OpenTable, isRowHidden: boolean): void {
    this.#closeCaption(now);
    this.#closeRow(now);
    now.isRowOpen = true;
    now.isRowHidden = isRowHidden || now.isGroupHidden;
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
    const { row, cells } = now;
    this.#receiver.row(now.table, { row, cells, isHidden: now.isRowHidden });
  }

  #openCell(now: OpenTable, attributes: Readonly<Record<string, string>>): void {
    this.#closeCaption(now);
    this.#closeCell(now);
    if (!now.isRowOpen) this.#openRow(now, false);
    now.text = '';
    now.picture = '';
    now.attributes = attributes;
  }

  #closeCell(now: OpenTable): void {
    if (now.text === undefined || now.isCaption) return;
    this.#closeChoice(now, 'select');
    const text = shownText(now.text, now.attributes) || now.picture;
    now.text = undefined;
    while (now.covered.has(now.column)) now.column += 1;
    const columns = spanOf(now.attributes['colspan']);
    const rows = rowsOf(now.attributes['rowspan']);
    if (text !== '') {
      now.cells.push({ column: now.column, text, isHidden: isHidden(now.attributes) });
    }
    if (now.column > MOST_COLUMNS) {
      throw new UnreadableFile('header-too-wide', { columns: now.column, most: MOST_COLUMNS });
    }
    if (rows > 1) {
      for (let at = 0; at < columns; at += 1) now.covered.set(now.column + at, rows);
    }
    if ((rows > 1 || columns > 1) && now.spans.length < MOST_KEPT) {
      now.spans.push({ row: now.row, column: now.column, rows, columns });
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

function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  return attributes['hidden'] !== undefined || HIDING.test(attributes['style'] ?? '');
}

function spanOf(value: string | undefined): number {
  const span = Number(value ?? 1);
  return Number.isInteger(span) && span > 1 ? Math.min(span, MOST_SPAN) : 1;
}

/** Returns how many rows a cell covers. The value 0 means all rows up to the end of the group. */
function rowsOf(value: string | undefined): number {
  return value !== undefined && /^\s*0+\s*$/.test(value) ? Infinity : spanOf(value);
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
