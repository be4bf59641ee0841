/** Finds the sheets of an .xlsx or .xlsm workbook. */
import { readCellFormats } from './cell-formats.ts';
import type { CellContext } from './cell-text.ts';
import { readSharedStrings } from './shared-strings.ts';
import { readRows } from './sheet-rows.ts';
import type { Sheet } from './sheets.ts';
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
      strings === undefined || !zip.has(strings) ? [] : await readSharedStrings(zip, strings),
    formats: styles === undefined || !zip.has(styles) ? [] : await readCellFormats(zip, styles),
    isFrom1904,
  };
  return sheets.map(({ name, part, isHidden }) => ({
    name,
    isHidden,
    rows:
      part === undefined || !zip.has(part)
        ? undefined
        : (consumer, facts) => readRows({ zip, part, context }, consumer, facts),
  }));
}
