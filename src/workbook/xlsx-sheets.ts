/** Finds the sheets of an .xlsx or .xlsm workbook. */
import { readCellFormats } from './cell-formats.ts';
import type { CellContext } from './cell-text.ts';
import { readSharedStrings, SharedStrings } from './shared-strings.ts';
import { readRows } from './sheet-rows.ts';
import type { ReadRows, Sheet } from './sheets.ts';
import { readWorkbookParts } from './workbook-parts.ts';
import type { ZipArchive } from './zip-archive.ts';

/**
 * Finds the sheets of a workbook.
 *
 * @throws UnreadableFile if the workbook is damaged or exceeds a limit
 */
export async function xlsxSheets(zip: ZipArchive): Promise<readonly Sheet[]> {
  const { sheets, strings, styles, isFrom1904 } = await readWorkbookParts(zip);
  const context: CellContext = {
    strings:
      strings === undefined || !zip.has(strings)
        ? new SharedStrings()
        : await readSharedStrings(zip, strings),
    formats: styles === undefined || !zip.has(styles) ? [] : await readCellFormats(zip, styles),
    isFrom1904,
  };
  // Sheets with the same part share one function, so that the part is examined once.
  const readers = new Map<string, ReadRows>();
  const readerOf = (part: string): ReadRows => {
    let reader = readers.get(part);
    if (reader === undefined) {
      reader = (consumer, facts) => readRows({ zip, part, context }, consumer, facts);
      readers.set(part, reader);
    }
    return reader;
  };
  return sheets.map(({ name, part, isHidden }) => ({
    name,
    isHidden,
    rows: part === undefined || !zip.has(part) ? undefined : readerOf(part),
  }));
}
