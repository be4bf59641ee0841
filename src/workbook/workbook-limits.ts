/** The limits on what a workbook or a zip may hold. */
import { ALWAYS_UNPACKED, MOST_RATIO } from '../files/unpacked-amount.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import type { WorkbookExcess } from '../words/en/file-problems.ts';

/**
 * The limits. `unpacked`, `text`, `row`, `repeated` and `head` are in bytes, and the others are numbers. Excel
 * writes at most 65,490 formats of cells.
 */
export const LIMITS = {
  unpacked: ALWAYS_UNPACKED,
  text: 16_000_000,
  row: 1024 * 1024,
  repeated: 64_000_000,
  head: 16 * 1024 * 1024,
  cells: 1_000_000,
  entries: 20_000,
  sheets: 10_000,
  ranges: 100_000,
  formats: 70_000,
  relationships: 20_000,
} as const satisfies Readonly<Record<WorkbookExcess, number>>;

/**
 * The maximum ratio of the text of all cells to the size of the file. Many cells can share one text,
 * so the text can be longer than the file.
 */
export const TEXT_RATIO = 50;

/**
 * Creates the failure for a limit that is exceeded.
 *
 * @param code `zip-excess` if the file is not a workbook
 */
export function excess(
  what: WorkbookExcess,
  code: 'workbook-excess' | 'zip-excess' = 'workbook-excess',
): UnreadableFile {
  const ratio = what === 'text' ? TEXT_RATIO : MOST_RATIO;
  return new UnreadableFile(code, { what, most: LIMITS[what], ratio });
}
