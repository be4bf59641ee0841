/** Finds the tables with calls in an HTML page. Many systems call such a page .xls. */
import { Parser } from 'htmlparser2';
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { columnLetters } from '../../workbook/cell-reference.ts';
import type { SheetFacts } from '../../workbook/cell-text.ts';
import type { RowConsumer } from '../../workbook/row-consumer.ts';
import type { SheetCriteria } from '../../workbook/sheet-choice.ts';
import type { Sheet } from '../../workbook/sheets.ts';
import {
  inItsEncoding,
  type OpenBytes,
  type TextEncoding,
  textsOf,
} from '../text/text-encoding.ts';
import { type HtmlRow, HtmlRows, type HtmlSpan, type TableReceiver } from './html-rows.ts';

/** The number of rows to search for names of columns, from the beginning of each table. */
const FIRST_ROWS = 20;

/** The largest number of tables to choose from if the user names none. */
const MOST_TABLES = 16;

/** The largest number of tables of a page. */
const MOST_PARSED = 10_000;

/**
 * If no table has known column names, a table is offered only if at least this many of its rows
 * have at least this many cells.
 */
const FEWEST = 2;

/** The maximum depth of elements inside one another. The parser is slow with very many of them. */
const DEEPEST = 1000;

/** The longest tag or comment, in UTF-16 code units. */
const LONGEST_SILENCE = 4 * 1024 * 1024;

/** The tables of a page, and how the page was decoded. */
export interface HtmlTables {
  readonly sheets: readonly Sheet[];
  readonly encoding: TextEncoding;
}

/** What is known of one table. */
interface TableFacts {
  readonly table: number;
  caption: string;
  /** The highest count of known column names in any of the first rows. */
  names: number;
  /** The number of rows that have several cells. */
  rows: number;
  /** The number of rows that have a value like those of calls. */
  dataRows: number;
  isAroundAnother: boolean;
}

/**
 * Finds the tables of a page. The tables to choose from are those with known names of columns. If
 * there are none, the choice is among all tables that have several rows and columns, but no table
 * inside. The user can also name other tables, for example the next pages of a report.
 *
 * @param open opens the bytes of the page
 * @param head the first bytes of the page
 * @throws UnreadableFile `file-not-csv` if the page has no table, or if there is no table to choose
 *   from and the user names none; `html-excess`, `header-too-wide`, `text-undecodable` or
 *   `encoding-unclear`
 */
export async function htmlTables(
  open: OpenBytes,
  head: Uint8Array,
  criteria: SheetCriteria & { readonly encoding?: TextEncoding['encoding'] | undefined },
): Promise<HtmlTables> {
  return await inItsEncoding(open, head, criteria.encoding, async (encoding) => {
    const survey = new TableSurvey(criteria.isKnownName);
    for await (const { count } of pageOf(open, encoding, survey)) {
      if (count > MOST_PARSED)
        throw new UnreadableFile('html-excess', { what: 'tables', most: MOST_PARSED });
    }
    const found = survey.tables;
    const candidates = survey.candidates();
    if (candidates.size === 0 && (criteria.sheet === undefined || found.length === 0)) {
      throw new UnreadableFile('file-not-csv', { kind: 'html' });
    }
    const sheets = found.map((one, at) => ({
      name: one.caption === '' ? `Table ${String(at + 1)}` : one.caption,
      isHidden: false,
      mayHoldCalls: mayHoldCalls(one),
      isOnlyByName: !candidates.has(one),
      rows: <Consumer extends RowConsumer>(consumer: Consumer, facts: SheetFacts) =>
        rowsOf(open, encoding, { table: one.table, consumer, facts }),
    }));
    return { sheets, encoding };
  });
}

/** Parses a page. Yields the receiver after each piece of the text. */
async function* pageOf<Receiver extends TableReceiver>(
  open: OpenBytes,
  encoding: TextEncoding,
  receiver: Receiver,
): AsyncIterable<Receiver> {
  const rows = new HtmlRows(receiver);
  let silence = 0;
  let depth = 0;
  const heard = (): void => {
    silence = 0;
  };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      heard();
      depth += 1;
      if (depth > DEEPEST)
        throw new UnreadableFile('html-excess', { what: 'depth', most: DEEPEST });
      rows.onopentag(name, attributes);
    },
    ontext: (text) => {
      heard();
      rows.ontext(text);
    },
    onclosetag: (name, isImplied) => {
      heard();
      depth -= 1;
      rows.onclosetag(name, isImplied);
    },
    oncomment: heard,
    onprocessinginstruction: heard,
    onend: () => {
      rows.onend();
    },
  });
  for await (const text of textsOf(open, encoding)) {
    silence += text.length;
    parser.write(text);
    // The parser keeps the text of a comment or a tag until its end.
    if (silence > LONGEST_SILENCE) {
      throw new UnreadableFile('html-excess', { what: 'tag', most: LONGEST_SILENCE });
    }
    yield receiver;
  }
  parser.end();
  yield receiver;
}

/** Looks at the beginning of each table. */
class TableSurvey implements TableReceiver {
  readonly #tables: TableFacts[] = [];
  readonly #isKnownName: (name: string) => boolean;

  constructor(isKnownName: (name: string) => boolean) {
    this.#isKnownName = isKnownName;
  }

  /** The number of tables up to now. */
  get count(): number {
    return this.#tables.length;
  }

  /** The tables that the user may name: all except those that only hold other tables. */
  get tables(): readonly TableFacts[] {
    return this.#tables.filter((one) => !one.isAroundAnother || mayHoldCalls(one));
  }

  beginTable(table: number, outer: number | undefined): void {
    this.#tables.push({
      table,
      caption: '',
      names: 0,
      rows: 0,
      dataRows: 0,
      isAroundAnother: false,
    });
    const around = outer === undefined ? undefined : this.#tables[outer];
    if (around !== undefined) around.isAroundAnother = true;
  }

  caption(table: number, text: string): void {
    const facts = this.#tables[table];
    if (facts !== undefined) facts.caption = text;
  }

  row(table: number, { row, cells }: HtmlRow): void {
    const facts = this.#tables[table];
    if (facts === undefined) return;
    if (cells.length >= FEWEST) facts.rows += 1;
    if (cells.some(({ text }) => LIKE_DATA.test(text))) facts.dataRows += 1;
    if (row > FIRST_ROWS) return;
    const names = cells.filter(({ text }) => this.#isKnownName(text)).length;
    facts.names = Math.max(facts.names, names);
  }

  merged(): void {
    // The choice of a table does not depend on merged cells.
  }

  endTable(): void {
    // Nothing is known at the end that was not known before.
  }

  /** Returns the tables to choose from if the user names none. */
  candidates(): ReadonlySet<TableFacts> {
    const named = this.#tables.filter(({ names }) => names > 0);
    const plain = this.#tables.filter(
      ({ isAroundAnother, rows }) => !isAroundAnother && rows >= FEWEST,
    );
    return new Set((named.length > 0 ? named : plain).slice(0, MOST_TABLES));
  }
}

/** Matches the values that calls have: a time, a date, a phone number or an identifier. */
const LIKE_DATA = /\d{5}|\d[./-]\d{1,2}[./-]\d|\d:\d\d/;

/**
 * Says whether a table may hold calls. A table around another one is often there just to arrange
 * the page. So its rows count only if they have values like those of calls.
 */
function mayHoldCalls({ names, rows, dataRows, isAroundAnother }: TableFacts): boolean {
  return names > 0 || dataRows > 0 || (rows > 0 && !isAroundAnother);
}

/**
 * Reads the rows of one table.
 *
 * @throws UnreadableFile `html-cut` if the table has no end tag. The page may be cut off there.
 */
async function* rowsOf<Consumer extends RowConsumer>(
  open: OpenBytes,
  encoding: TextEncoding,
  wanted: { readonly table: number; readonly consumer: Consumer; readonly facts: SheetFacts },
): AsyncIterable<Consumer> {
  const rows = new OneTable(wanted);
  for await (const { isDone } of pageOf(open, encoding, rows)) {
    yield wanted.consumer;
    if (isDone) return;
  }
}

/** Passes on the rows of one table. */
class OneTable implements TableReceiver {
  isDone = false;
  readonly #table: number;
  readonly #consumer: RowConsumer;
  readonly #facts: SheetFacts;

  constructor({
    table,
    consumer,
    facts,
  }: {
    readonly table: number;
    readonly consumer: RowConsumer;
    readonly facts: SheetFacts;
  }) {
    this.#table = table;
    this.#consumer = consumer;
    this.#facts = facts;
  }

  beginTable(): void {
    // Tables have numbers, so nothing has to be remembered here.
  }

  caption(): void {
    // The survey has read the captions.
  }

  row(table: number, { row, cells, isHidden }: HtmlRow): void {
    if (table !== this.#table) return;
    this.#consumer.begin(row);
    for (const { column, text, isHidden: isCellHidden } of cells) {
      this.#consumer.text(column, text);
      if (isCellHidden) this.#addHiddenColumn(column + 1);
    }
    if (this.#consumer.end(row) && isHidden) this.#facts.hiddenRows += 1;
  }

  /** @param column the number of the column, from 1 */
  #addHiddenColumn(column: number): void {
    const isKnown = this.#facts.hiddenColumns.some(([from]) => from === column);
    if (!isKnown) this.#facts.hideColumns(column, column);
  }

  merged(table: number, { row, column, rows, columns }: HtmlSpan): void {
    if (table !== this.#table) return;
    const first = `${columnLetters(column)}${String(row)}`;
    this.#facts.addMerged(
      `${first}:${columnLetters(column + columns - 1)}${String(row + rows - 1)}`,
    );
  }

  endTable(table: number, hasEndTag: boolean): void {
    if (table !== this.#table) return;
    // End tags of rows and cells may be left out, but the end tag of a table may not. So a page
    // without that tag is cut off, possibly in the middle of a value.
    if (!hasEndTag) throw new UnreadableFile('html-cut', {});
    this.isDone = true;
  }
}
