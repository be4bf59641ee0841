/** Finds the sheets of an OpenDocument spreadsheet (.ods). */
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { SheetFacts } from '../cell-text.ts';
import { FirstRows, type RowConsumer } from '../row-consumer.ts';
import { FIRST_ROWS, MOST_READ } from '../sheet-choice.ts';
import type { Sheet, SheetBeginning } from '../sheets.ts';
import { excess, LIMITS } from '../workbook-limits.ts';
import { attribute, readXml, xmlReader } from '../xml-reader.ts';
import type { ZipArchive } from '../zip-archive.ts';
import { OdsRows } from './ods-rows.ts';

const CONTENT = 'content.xml';
const MANIFEST = 'META-INF/manifest.xml';

/**
 * Finds the sheets of a spreadsheet. Follows OpenDocument 1.3, part 3, 9.1.
 *
 * @throws UnreadableFile `workbook-locked` if the spreadsheet has a password, or
 *   `workbook-damaged`
 */
export async function odsSheets(zip: ZipArchive): Promise<readonly Sheet[]> {
  if (await isEncrypted(zip)) throw new UnreadableFile('workbook-locked', {});
  const tables = await tablesOf(zip);
  return tables.map(({ name, isHidden, head }, at) => ({
    name,
    isHidden,
    head,
    rows: (consumer, facts) => rowsOf(zip, at, consumer, facts),
  }));
}

interface Table {
  readonly name: string;
  readonly isHidden: boolean;
  readonly head: SheetBeginning;
}

/** Reads the names of all tables and their first rows, in one pass. */
async function tablesOf(zip: ZipArchive): Promise<Table[]> {
  const hiddenStyles = new Set<string>();
  const tables: Table[] = [];
  let style = '';
  let depth = 0;
  let beginning: TableBeginning | undefined;
  await readXml(zip.bytes(CONTENT), CONTENT, {
    open: (name, attributes) => {
      if (name === 'style') style = attribute(attributes, 'name') ?? '';
      if (name === 'table-properties' && attribute(attributes, 'display') === 'false') {
        if (hiddenStyles.size >= LIMITS.formats) throw excess('formats');
        hiddenStyles.add(style);
      }
      if (name === 'table') depth += 1;
      // A table inside a cell is not a sheet.
      if (name === 'table' && depth === 1) {
        if (tables.length >= LIMITS.sheets) throw excess('sheets');
        const isHidden = hiddenStyles.has(attribute(attributes, 'style-name') ?? '');
        beginning = new TableBeginning();
        tables.push({ name: attribute(attributes, 'name') ?? '', isHidden, head: beginning });
      }
      if (beginning?.isRead === false) beginning.rows.open(name, attributes);
    },
    close: (name) => {
      if (beginning?.isRead === false) beginning.rows.close(name);
      if (name === 'table') depth -= 1;
      if (depth === 0) beginning = undefined;
    },
    text: (text) => {
      if (beginning?.isRead === false) beginning.rows.text(text);
    },
  });
  return tables;
}

/** The first rows of one table, while the page is read. */
class TableBeginning implements SheetBeginning {
  readonly first = new FirstRows(FIRST_ROWS);
  readonly facts = new SheetFacts();
  readonly rows = new OdsRows(0, this.first, this.facts);

  /** Whether enough rows were read. */
  get isRead(): boolean {
    return this.first.rows.length >= FIRST_ROWS || this.first.read >= MOST_READ;
  }
}

async function isEncrypted(zip: ZipArchive): Promise<boolean> {
  if (!zip.has(MANIFEST)) return false;
  let isFound = false;
  await readXml(zip.bytes(MANIFEST), MANIFEST, {
    open: (name) => {
      isFound ||= name === 'encryption-data';
    },
    close: () => undefined,
    text: () => undefined,
  });
  return isFound;
}

/** Reads the rows of one table. `content.xml` has all tables, one after another. */
async function* rowsOf<Consumer extends RowConsumer>(
  zip: ZipArchive,
  table: number,
  consumer: Consumer,
  facts: SheetFacts,
): AsyncIterable<Consumer> {
  const rows = new OdsRows(table, consumer, facts);
  const reader = await xmlReader(CONTENT, rows);
  for await (const block of zip.bytes(CONTENT)) {
    reader.push(block);
    yield consumer;
    if (rows.isDone) return;
  }
  reader.end();
}
