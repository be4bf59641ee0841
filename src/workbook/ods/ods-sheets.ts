/** Finds the sheets of an OpenDocument spreadsheet (.ods). */
import { UnreadableFile } from '../../files/unreadable-file.ts';
import type { SheetFacts } from '../cell-text.ts';
import type { RowConsumer } from '../row-consumer.ts';
import type { Sheet } from '../sheets.ts';
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
  return tables.map(({ name, isHidden }, at) => ({
    name,
    isHidden,
    rows: (consumer, facts) => rowsOf(zip, at, consumer, facts),
  }));
}

interface Table {
  readonly name: string;
  readonly isHidden: boolean;
}

async function tablesOf(zip: ZipArchive): Promise<Table[]> {
  const hiddenStyles = new Set<string>();
  const tables: Table[] = [];
  let style = '';
  let depth = 0;
  await readXml(zip.bytes(CONTENT), CONTENT, {
    open: (name, attributes) => {
      if (name === 'style') style = attribute(attributes, 'name') ?? '';
      if (name === 'table-properties' && attribute(attributes, 'display') === 'false') {
        hiddenStyles.add(style);
      }
      if (name !== 'table') return;
      depth += 1;
      // A table inside a cell is not a sheet.
      if (depth > 1) return;
      const isHidden = hiddenStyles.has(attribute(attributes, 'style-name') ?? '');
      tables.push({ name: attribute(attributes, 'name') ?? '', isHidden });
    },
    close: (name) => {
      if (name === 'table') depth -= 1;
    },
    text: () => undefined,
  });
  return tables;
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
