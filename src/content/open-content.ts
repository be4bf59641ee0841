/**
 * Opens the content of a file as CSV. A CSV file stays as it is. Gzip and zip files are unpacked. A
 * sheet of a workbook, the records of JSON and a table of HTML are converted.
 */
import { TextDecoding } from '../csv/decoding.ts';
import type { Delimiter } from '../csv/dialect.ts';
import { type Encoding, guessEncoding } from '../csv/encoding.ts';
import { HEAD_BYTES, withLongHead } from '../csv/head.ts';
import { notCsvKind } from '../csv/not-csv.ts';
import type { TableForm } from '../csv/table-form.ts';
import { Failure } from '../failure.ts';
import { CONTAINER_BYTES, containerOf, gunzipped } from '../files/gzip.ts';
import type { LocalFile } from '../files/local-file.ts';
import { spooled } from '../files/spooled-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { shownColumn } from '../safe-text/shown-value.ts';
import { kindOfArchive } from '../workbook/not-workbook.ts';
import type { SheetCriteria } from '../workbook/sheet-choice.ts';
import type { Sheet } from '../workbook/sheets.ts';
import type { ShownSheetReport } from '../workbook/workbook-csv.ts';
import type { ZipArchive } from '../workbook/zip-archive.ts';
import type { TextEncoding } from './text/text-encoding.ts';

/** The content of one file. */
export interface Content {
  /** @returns the bytes from the beginning; each block is valid until the next one is requested */
  blocks(): AsyncIterable<Uint8Array>;
  /** The format of the container that was unpacked; `undefined` for a plain file. */
  readonly container: 'gzip' | 'zip' | 'workbook' | undefined;
  /** The form of the content; `undefined` if it must be detected. */
  readonly form: TableForm | undefined;
  /** Facts about the sheet or table, for findings; `undefined` for other files. */
  readonly sheet: ShownSheetReport | undefined;
  /** The format of the text, and how it was decoded; `undefined` for CSV and for workbooks. */
  readonly text: ConvertedText | undefined;
}

/** A text that was converted to a table. */
export interface ConvertedText extends TextEncoding {
  readonly kind: 'json' | 'html';
}

/** What the user said about a file, and what the program wants from it. */
export interface ContentCriteria extends SheetCriteria {
  /** The keys that lead to the array of records in JSON, if the user named them. */
  readonly records?: string | undefined;
  /** The keys that lead to this array in exports of the call system, if the system is known. */
  readonly usualRecords?: string | undefined;
  /** The encoding of the file, if the user named one. */
  readonly encoding?: Encoding | undefined;
  /** The delimiter of a CSV file, if the user named one. */
  readonly delimiter?: Delimiter | undefined;
  /** The column names of a file without a header, if the user named them. */
  readonly columns?: readonly string[] | undefined;
}

/**
 * Opens the content of a file. For a workbook, JSON or HTML, converts all records to a private
 * temporary file. Closing `file` deletes the temporary file.
 *
 * @throws UnreadableFile if the file is an archive, a workbook, JSON or HTML that cannot be read.
 *   Reading the blocks throws `gzip-damaged` or `zip-damaged` if the bytes are damaged. It throws
 *   `gzip-excess` or `zip-excess` if the unpacked content is far too large for a file of calls.
 * @throws Failure (exit 2) `sheet-unknown` if the workbook or the page does not have the named
 *   sheet or table; `sheet-of-csv` if a sheet is named but the file is neither a workbook nor HTML;
 *   `records-unknown` if the JSON does not have the named array; `records-of-csv` if an array is
 *   named but the file is not JSON; `layout-of-json` if the layout of CSV is described but the file
 *   is JSON
 */
export async function openContent(file: LocalFile, criteria: ContentCriteria): Promise<Content> {
  const container = containerOf(file.range(0, CONTAINER_BYTES));
  if (container === 'zip') return await archiveContent(file, criteria);
  if (container === 'records') throw new UnreadableFile('file-packed', { container: 'xls' });
  if (container === 'compound') {
    if (criteria.records !== undefined) throw noRecords(criteria.records);
    const { xlsSheets } = await import('../workbook/xls/xls-sheets.ts');
    return await sheetContent(file, xlsSheets(file), criteria);
  }
  const blocks =
    container === 'gzip'
      ? (): AsyncIterable<Uint8Array> => gunzipped(file)
      : (): AsyncIterable<Uint8Array> => file.blocks();
  return await textContent(file, { blocks, container }, criteria);
}

/** Returns the content of a file of text. CSV stays as it is; JSON and HTML are converted. */
async function textContent(
  file: LocalFile,
  { blocks, container }: Pick<Content, 'blocks' | 'container'>,
  criteria: ContentCriteria,
): Promise<Content> {
  const head = await headOf(blocks());
  const kind = kindOf(head, criteria.encoding);
  const { records, usualRecords, sheet, encoding: wanted } = criteria;
  if (kind !== 'html' && sheet !== undefined) throw new Failure('sheet-of-csv', { sheet });
  if (kind !== 'json' && records !== undefined) throw noRecords(records);
  if (kind === 'html') {
    // Few files are HTML or JSON. For other files, loading these modules would take too long.
    const { htmlTables } = await import('./html/html-tables.ts');
    const { sheets, encoding } = await htmlTables(blocks, head, criteria);
    const content = await sheetContent(file, sheets, criteria);
    return { ...content, container, text: { kind, ...encoding } };
  }
  if (kind === 'json') {
    refuseLayout(criteria);
    const { jsonTable } = await import('./json/json-table.ts');
    const table = await jsonTable(blocks, head, file, {
      records,
      usualRecords,
      encoding: wanted,
      isKnownName: criteria.isKnownName,
    });
    file.closesWith(table.spool);
    const { lineInJson, emptyInJson, encoding } = table;
    return {
      blocks: () => table.blocks(),
      container,
      form: { ...SPOOLED, lineInJson, emptyInJson },
      sheet: undefined,
      text: { kind, ...encoding },
    };
  }
  return { blocks, container, form: undefined, sheet: undefined, text: undefined };
}

/** Refuses JSON if the user described the layout of a CSV file. */
function refuseLayout({ columns, headerRow, delimiter }: ContentCriteria): void {
  if (columns !== undefined) throw new Failure('layout-of-json', { layout: 'columns' });
  if (headerRow !== undefined) throw new Failure('layout-of-json', { layout: 'header-line' });
  if (delimiter !== undefined) throw new Failure('layout-of-json', { layout: 'delimiter' });
}

/** The form of a temporary file with converted records. */
const SPOOLED: TableForm = {
  encoding: 'utf-8',
  markBytes: 0,
  dialect: { delimiter: ',', separatorLine: false },
};

async function headOf(blocks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const block of withLongHead(blocks)) return block.subarray(0, HEAD_BYTES);
  return new Uint8Array(0);
}

/** The kind of a text is found from this number of bytes at its beginning. */
const SHOWN_BYTES = 16 * 1024;

function kindOf(head: Uint8Array, encoding: Encoding | undefined): 'json' | 'html' | 'other' {
  const decoding = new TextDecoding(encoding ?? guessEncoding(head).encoding);
  const kind = notCsvKind(decoding.decode(head.subarray(0, SHOWN_BYTES)));
  if (kind === 'json' || kind === 'json-lines') return 'json';
  return kind === 'html' ? kind : 'other';
}

async function archiveContent(file: LocalFile, criteria: ContentCriteria): Promise<Content> {
  // Few files are workbooks. For other files, loading the modules for workbooks would take too
  // long.
  const { ZipArchive: Archive } = await import('../workbook/zip-archive.ts');
  const zip = await Archive.open(file, mayBeWorkbook(file) ? 'workbook-damaged' : 'zip-damaged');
  if (!isWorkbook(zip)) {
    const kind = await kindOfArchive(zip);
    if (kind === 'ods') {
      if (criteria.records !== undefined) throw noRecords(criteria.records);
      const { odsSheets } = await import('../workbook/ods/ods-sheets.ts');
      return await sheetContent(file, await odsSheets(zip), criteria);
    }
    if (kind !== 'archive' || zip.has('[content_types].xml') || zip.has('mimetype')) {
      throw new UnreadableFile('file-packed', { container: kind });
    }
    const { onlyFileIn, unzipped } = await import('./zipped-file.ts');
    const name = onlyFileIn(zip);
    return await textContent(
      file,
      { blocks: () => unzipped(zip, name), container: 'zip' },
      criteria,
    );
  }
  if (criteria.records !== undefined) throw noRecords(criteria.records);
  const { xlsxSheets } = await import('../workbook/xlsx-sheets.ts');
  return await sheetContent(file, await xlsxSheets(zip), criteria);
}

/** Creates the failure for a list that is named although the file is not JSON. */
function noRecords(records: string): Failure {
  return new Failure('records-of-csv', { records });
}

/** Returns the content of a workbook or of HTML: one sheet or one table. */
async function sheetContent(
  file: LocalFile,
  sheets: readonly Sheet[],
  criteria: SheetCriteria,
): Promise<Content> {
  const { WorkbookCsv } = await import('../workbook/workbook-csv.ts');
  const workbook = await WorkbookCsv.open(sheets, file, criteria);
  const csv = await spooled(workbook.bytes(), file.name, file.signal);
  file.closesWith(csv);
  const report = workbook.report();
  // The name of a sheet may contain personal data, so this data is masked.
  const sheet = {
    ...report,
    name: shownColumn(report.name),
    alike: report.alike.map(shownColumn),
  };
  return {
    blocks: () => csv.blocks(),
    container: 'workbook',
    form: { ...SPOOLED, sheet: sheet.name },
    sheet,
    text: undefined,
  };
}

/** The position of the first file name in an archive, and the number of bytes to read there. */
const FIRST_NAME_AT = 30;
const FIRST_NAME_BYTES = 24;

/**
 * Says whether the first file of an archive is a part of a workbook. Reads the bytes at the
 * beginning, because the archive's list of files may be damaged.
 */
function mayBeWorkbook(file: LocalFile): boolean {
  const name = Buffer.from(file.range(FIRST_NAME_AT, FIRST_NAME_BYTES)).toString('latin1');
  return /^(?:\[content_types\]|_rels\/|xl\/|docprops\/|mimetype)/i.test(name);
}

function isWorkbook(zip: ZipArchive): boolean {
  return (
    zip.has('xl/workbook.xml') ||
    (zip.has('[content_types].xml') && zip.hasLike(/(?:^|\/)workbook\d*\.xml$/))
  );
}
