/**
 * Opens the content of a file as CSV. Does not change a plain file, unpacks gzip and zip files, and
 * converts a sheet of a workbook or the records of JSON.
 */
import { TextDecoding } from '../csv/decoding.ts';
import { type Encoding, guessEncoding } from '../csv/encoding.ts';
import { HEAD_BYTES, withLongHead } from '../csv/head.ts';
import { notCsvKind } from '../csv/not-csv.ts';
import type { TableForm } from '../csv/table-form.ts';
import { Failure } from '../failure.ts';
import { CONTAINER_BYTES, containerOf, gunzipped } from '../files/gzip.ts';
import type { LocalFile } from '../files/local-file.ts';
import { spooled } from '../files/spooled-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { maskedWithin } from '../safe-text/masking.ts';
import { kindOfArchive, kindOfCompound } from '../workbook/not-workbook.ts';
import type { SheetCriteria } from '../workbook/sheet-choice.ts';
import type { SheetReport } from '../workbook/workbook-csv.ts';
import type { ZipArchive } from '../workbook/zip-archive.ts';
import type { JsonEncoding } from './json/json-text.ts';

/** The content of one file. */
export interface Content {
  /** @returns the bytes from the beginning; each block is valid until the next one is requested */
  blocks(): AsyncIterable<Uint8Array>;
  /** The format of the container that was unpacked; `undefined` for a plain file. */
  readonly container: 'gzip' | 'zip' | 'workbook' | undefined;
  /** The form of the content; `undefined` if it must be detected. */
  readonly form: TableForm | undefined;
  /** Facts about the sheet, for findings; `undefined` if the file is not a workbook. */
  readonly sheet: SheetReport | undefined;
  /** How the text was decoded; `undefined` if the content is not JSON. */
  readonly json: JsonEncoding | undefined;
}

/** What the user said about a file, and what the program wants from it. */
export interface ContentCriteria extends SheetCriteria {
  /** The keys that lead to the array of records in JSON, if the user named them. */
  readonly records?: string | undefined;
  /** The encoding of the file, if the user named one. */
  readonly encoding?: Encoding | undefined;
}

/**
 * Opens the content of a file. For a workbook or JSON, converts all records to a private temporary
 * file. Closing `file` deletes the temporary file.
 *
 * @throws UnreadableFile if the file is an archive, or a workbook or JSON that cannot be read.
 *   Reading the blocks throws `gzip-damaged` or `zip-damaged` if the bytes are damaged. It throws
 *   `gzip-excess` or `zip-excess` if the unpacked content is far larger than a file of calls can be.
 * @throws Failure (exit 2) `sheet-unknown` if the workbook does not have the named sheet;
 *   `sheet-of-csv` if a sheet is named but the file is not a workbook; `records-unknown` if the
 *   JSON does not have the named array; `records-of-csv` if an array is named but the file is not
 *   JSON
 */
export async function openContent(file: LocalFile, criteria: ContentCriteria): Promise<Content> {
  const container = containerOf(file.range(0, CONTAINER_BYTES));
  if (container === 'zip') return await archiveContent(file, criteria);
  if (container === 'records') throw new UnreadableFile('file-packed', { container: 'xls' });
  if (container === 'compound') {
    const kind = kindOfCompound(file);
    throw kind === 'locked'
      ? new UnreadableFile('workbook-locked', {})
      : new UnreadableFile('file-packed', { container: kind });
  }
  const blocks =
    container === 'gzip'
      ? (): AsyncIterable<Uint8Array> => gunzipped(file)
      : (): AsyncIterable<Uint8Array> => file.blocks();
  return await textContent(file, { blocks, container }, criteria);
}

/** Returns the content of a file of text: CSV as it is, or JSON as a table. */
async function textContent(
  file: LocalFile,
  { blocks, container }: Pick<Content, 'blocks' | 'container'>,
  criteria: ContentCriteria,
): Promise<Content> {
  if (criteria.sheet !== undefined) throw new Failure('sheet-of-csv', { sheet: criteria.sheet });
  const head = await headOf(blocks());
  if (!isJson(head, criteria.encoding)) {
    if (criteria.records !== undefined) {
      throw new Failure('records-of-csv', { records: criteria.records });
    }
    return { blocks, container, form: undefined, sheet: undefined, json: undefined };
  }
  // Few files are JSON. For other files, loading the modules for JSON would take too long.
  const { jsonTable } = await import('./json/json-table.ts');
  const { records, encoding } = criteria;
  const table = await jsonTable(blocks, head, file, { records, encoding });
  file.closesWith(table.spool);
  const { lineInJson, encoding: json } = table;
  return {
    blocks: () => table.blocks(),
    container,
    form: { ...SPOOLED, lineInJson },
    sheet: undefined,
    json,
  };
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

function isJson(head: Uint8Array, encoding: Encoding | undefined): boolean {
  const text = new TextDecoding(encoding ?? guessEncoding(head).encoding).decode(head);
  const kind = notCsvKind(text);
  return kind === 'json' || kind === 'json-lines';
}

async function archiveContent(file: LocalFile, criteria: ContentCriteria): Promise<Content> {
  // Few files are workbooks. For other files, loading the modules for workbooks would take too
  // long.
  const { ZipArchive: Archive } = await import('../workbook/zip-archive.ts');
  const zip = await Archive.open(file, mayBeWorkbook(file) ? 'workbook-damaged' : 'zip-damaged');
  if (!isWorkbook(zip)) {
    const kind = await kindOfArchive(zip);
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
  if (criteria.records !== undefined) {
    throw new Failure('records-of-csv', { records: criteria.records });
  }
  const { WorkbookCsv } = await import('../workbook/workbook-csv.ts');
  const workbook = await WorkbookCsv.open(zip, file, criteria);
  const csv = await spooled(workbook.bytes(), file.name, file.signal);
  file.closesWith(csv);
  const report = workbook.report();
  // The name of a sheet may contain personal data, so this data is masked.
  const sheet = {
    ...report,
    name: maskedWithin(report.name),
    alike: report.alike.map(maskedWithin),
  };
  return {
    blocks: () => csv.blocks(),
    container: 'workbook',
    form: { ...SPOOLED, sheet: sheet.name },
    sheet,
    json: undefined,
  };
}

/** The position of the first file name in an archive, and the number of bytes to read there. */
const FIRST_NAME_AT = 30;
const FIRST_NAME_BYTES = 24;

/** Says whether the first file of an archive is a part of a workbook. Its list may be damaged. */
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
