/** The content of a file as CSV: as it is, out of gzip, or a sheet of a workbook. */
import type { TableForm } from '../csv/table-form.ts';
import { Failure } from '../failure.ts';
import { CONTAINER_BYTES, containerOf, gunzipped } from '../files/gzip.ts';
import type { LocalFile } from '../files/local-file.ts';
import { spooled } from '../files/spooled-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { maskedWithin } from '../safe-text/masking.ts';
import { kindOfArchive, kindOfCompound } from './not-workbook.ts';
import type { SheetWish } from './sheet-choice.ts';
import type { SheetReport } from './workbook-csv.ts';
import type { ZipArchive } from './zip-archive.ts';

/** The content of one file. */
export interface Content {
  /** @returns its bytes from the beginning, each block valid until the next one is asked for */
  blocks(): AsyncIterable<Uint8Array>;
  /** What it came out of; `undefined` for a file that is as it is. */
  readonly container: 'gzip' | 'workbook' | undefined;
  /** How it is written, where that is known. */
  readonly form: TableForm | undefined;
  /** What is to be said of the sheet that it was. */
  readonly sheet: SheetReport | undefined;
}

/**
 * Opens the content of a file. A workbook is read at once, into a private temporary file that is gone when `file` is
 * closed.
 *
 * @throws UnreadableFile when it is an archive or a workbook that cannot be read; the reading
 *   throws `gzip-damaged` where the packed bytes are, and `gzip-excess` where they hold far more
 *   than calls
 * @throws Failure `sheet-unknown`, or `sheet-of-csv` when a sheet is named and the file has none (exit 2)
 */
export async function openContent(file: LocalFile, wish: SheetWish): Promise<Content> {
  const container = containerOf(file.range(0, CONTAINER_BYTES));
  if (container === 'zip') return await workbookContent(file, wish);
  if (container === 'compound') {
    const kind = kindOfCompound(file);
    throw kind === 'locked'
      ? new UnreadableFile('workbook-locked', {})
      : new UnreadableFile('file-packed', { container: kind });
  }
  if (wish.sheet !== undefined) throw new Failure('sheet-of-csv', { sheet: wish.sheet });
  const blocks =
    container === 'gzip'
      ? (): AsyncIterable<Uint8Array> => gunzipped(file)
      : (): AsyncIterable<Uint8Array> => file.blocks();
  return { blocks, container, form: undefined, sheet: undefined };
}

async function workbookContent(file: LocalFile, wish: SheetWish): Promise<Content> {
  // Few files are workbooks, and what reads them takes time to load.
  const { ZipArchive: Archive } = await import('./zip-archive.ts');
  const zip = await Archive.open(file);
  if (!isWorkbook(zip)) {
    throw new UnreadableFile('file-packed', { container: await kindOfArchive(zip) });
  }
  const { WorkbookCsv } = await import('./workbook-csv.ts');
  const workbook = await WorkbookCsv.open(zip, file, wish);
  const csv = await spooled(workbook.bytes(), file.name, file.signal);
  file.closesWith(csv);
  const report = workbook.report();
  // Some name a sheet after a client.
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

function isWorkbook(zip: ZipArchive): boolean {
  return (
    zip.has('xl/workbook.xml') ||
    (zip.has('[content_types].xml') && zip.hasLike(/(?:^|\/)workbook\d*\.xml$/))
  );
}
