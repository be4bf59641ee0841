/**
 * Opens the content of a file as CSV. Does not change a plain file, unpacks gzip and zip files, and
 * converts a sheet of a workbook.
 */
import type { TableForm } from '../csv/table-form.ts';
import { Failure } from '../failure.ts';
import { CONTAINER_BYTES, containerOf, gunzipped } from '../files/gzip.ts';
import type { LocalFile } from '../files/local-file.ts';
import { spooled } from '../files/spooled-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { maskedWithin } from '../safe-text/masking.ts';
import { kindOfArchive, kindOfCompound } from './not-workbook.ts';
import type { SheetCriteria } from './sheet-choice.ts';
import type { SheetReport } from './workbook-csv.ts';
import type { ZipArchive } from './zip-archive.ts';

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
}

/**
 * Opens the content of a file. For a workbook, converts the complete sheet to a private temporary
 * file. Closing `file` deletes the temporary file.
 *
 * @throws UnreadableFile if the file is an archive, or a workbook that cannot be read. Reading the
 *   blocks throws `gzip-damaged` or `zip-damaged` if the bytes are damaged. It throws `gzip-excess`
 *   or `zip-excess` if the unpacked content is far larger than a file of calls can be.
 * @throws Failure (exit 2) `sheet-unknown` if the workbook does not have the named sheet;
 *   `sheet-of-csv` if a sheet is named but the file is not a workbook
 */
export async function openContent(file: LocalFile, criteria: SheetCriteria): Promise<Content> {
  const container = containerOf(file.range(0, CONTAINER_BYTES));
  if (container === 'zip') return await archiveContent(file, criteria);
  if (container === 'records') throw new UnreadableFile('file-packed', { container: 'xls' });
  if (container === 'compound') {
    const kind = kindOfCompound(file);
    throw kind === 'locked'
      ? new UnreadableFile('workbook-locked', {})
      : new UnreadableFile('file-packed', { container: kind });
  }
  if (criteria.sheet !== undefined) throw new Failure('sheet-of-csv', { sheet: criteria.sheet });
  const blocks =
    container === 'gzip'
      ? (): AsyncIterable<Uint8Array> => gunzipped(file)
      : (): AsyncIterable<Uint8Array> => file.blocks();
  return { blocks, container, form: undefined, sheet: undefined };
}

async function archiveContent(file: LocalFile, criteria: SheetCriteria): Promise<Content> {
  // Few files are workbooks. For other files, loading the modules for workbooks would take too
  // long.
  const { ZipArchive: Archive } = await import('./zip-archive.ts');
  const zip = await Archive.open(file, mayBeWorkbook(file) ? 'workbook-damaged' : 'zip-damaged');
  if (!isWorkbook(zip)) {
    const kind = await kindOfArchive(zip);
    if (kind !== 'archive' || zip.has('[content_types].xml') || zip.has('mimetype')) {
      throw new UnreadableFile('file-packed', { container: kind });
    }
    if (criteria.sheet !== undefined) throw new Failure('sheet-of-csv', { sheet: criteria.sheet });
    const { onlyFileIn, unzipped } = await import('./zipped-file.ts');
    const name = onlyFileIn(zip);
    return {
      blocks: () => unzipped(zip, name),
      container: 'zip',
      form: undefined,
      sheet: undefined,
    };
  }
  const { WorkbookCsv } = await import('./workbook-csv.ts');
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
    form: {
      encoding: 'utf-8',
      markBytes: 0,
      dialect: { delimiter: ',', separatorLine: false },
      sheet: sheet.name,
    },
    sheet,
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
