/** Chooses the sheet with the calls in a workbook. */
import { Failure } from '../failure.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { shownColumn } from '../safe-text/shown-value.ts';
import { SheetFacts } from './cell-text.ts';
import { FirstRows } from './row-consumer.ts';
import type { ReadRows, Sheet } from './sheets.ts';
import { excess, LIMITS } from './workbook-limits.ts';

/** The chosen sheet. */
export interface ChosenSheet {
  readonly name: string;
  readonly rows: ReadRows;
  /** The names of the other sheets that may contain calls; only the first ones if many. */
  readonly alike: readonly string[];
  /** The number of sheets that may contain calls and are not in `alike`. */
  readonly moreAlike: number;
  /** Whether a long number in the first rows of the sheet has all its digits. */
  readonly keepsDigits: boolean;
}

/** The criteria for choosing a sheet. */
export interface SheetCriteria {
  /** The name of the sheet, or its number from 1, if the user chose one. */
  readonly sheet: string | undefined;
  /** Says whether a cell is the name of a wanted column. */
  readonly isKnownName: (name: string) => boolean;
  /** The number of the row with the column names, from 1; by default, the first row with cells. */
  readonly headerRow?: number | undefined;
}

/** The number of rows to search for column names, from the beginning of each sheet. */
export const FIRST_ROWS = 20;

/**
 * The number of rows to read at most, from the beginning of each sheet. Blank rows count too, so a
 * sheet of blank rows is not read to its end.
 */
export const MOST_READ = 2000;

/** The number of blocks to read at most, from the beginning of each sheet. */
const MOST_BLOCKS = 20;

/** The number of bytes to read at most, from the beginning of each sheet. */
const MOST_BYTES = 1024 * 1024;

/** The maximum number of sheets to list if the user named one that is not there. */
const MOST_LISTED = 30;

/** The maximum number of names in `alike`. */
const MOST_NAMED = 16;

/**
 * The minimum number of known column names in a table of calls. A sheet without calls may also have
 * one such name.
 */
const FEWEST_NAMES = 2;

/**
 * Chooses the sheet that the user named. If the user named none, chooses the sheet with the most
 * known column names. If several sheets have the same number of these names, chooses the first
 * visible sheet among them. If all of these sheets are hidden, chooses the first one.
 *
 * @throws Failure `sheet-unknown` (exit 2) if the sheet that the user named does not exist, or has
 *   no cells
 * @throws UnreadableFile `workbook-without-cells` if no sheet has cells
 */
export async function chooseSheet(
  sheets: readonly Sheet[],
  criteria: SheetCriteria,
): Promise<ChosenSheet> {
  if (criteria.sheet !== undefined) {
    const named = sheetNamed(sheets, criteria.sheet);
    if (named?.rows === undefined) {
      throw new Failure('sheet-unknown', {
        sheet: criteria.sheet,
        sheets: sheets.slice(0, MOST_LISTED).map(({ name }) => shownColumn(name)),
        more: Math.max(0, sheets.length - MOST_LISTED),
      });
    }
    const { name, rows } = named;
    const { head } = await headOf(named, rows, criteria);
    return { name, rows, alike: [], moreAlike: 0, keepsDigits: head.keepsDigits };
  }
  const heads = await headsOf(sheets, criteria);
  const most = Math.max(0, ...heads.map(({ names }) => names));
  const chosen =
    heads.find(({ names, content }) => names === most && content === 'rows') ??
    heads.find(({ content }) => content === 'rows') ??
    heads.find(({ content }) => content === 'unknown') ??
    heads[0];
  if (chosen === undefined) throw new UnreadableFile('workbook-without-cells', {});
  const { name, rows, keepsDigits } = chosen;
  const mayHoldCalls = new Set(
    heads
      .filter(({ names, content }) => names >= FEWEST_NAMES || content === 'unknown')
      .map(({ sheet }) => sheet),
  );
  const alike = sheets.filter(
    (sheet) => sheet !== chosen.sheet && (mayHoldCalls.has(sheet) || sheet.mayHoldCalls === true),
  );
  return {
    name,
    rows,
    alike: alike.slice(0, MOST_NAMED).map((sheet) => sheet.name),
    moreAlike: Math.max(0, alike.length - MOST_NAMED),
    keepsDigits,
  };
}

function visibleFirst(sheets: readonly Sheet[]): Sheet[] {
  return [...sheets.filter(({ isHidden }) => !isHidden), ...sheets.filter((one) => one.isHidden)];
}

/**
 * Finds a sheet by its exact name. If there is none, tries the name in any letter case, and then
 * the number.
 */
function sheetNamed(sheets: readonly Sheet[], wanted: string): Sheet | undefined {
  const lower = wanted.toLowerCase();
  return (
    sheets.find(({ name }) => name === wanted) ??
    sheets.find(({ name }) => name.toLowerCase() === lower) ??
    (/^\d{1,5}$/.test(wanted) ? sheets[Number(wanted) - 1] : undefined)
  );
}

/** The first rows of a sheet, as evidence for or against the sheet. */
interface SheetHead {
  /** The number of known column names in the row with the most of them. */
  readonly names: number;
  /** `unknown`: the beginning of the sheet has no values, and the rest was not read. */
  readonly content: 'rows' | 'nothing' | 'unknown';
  readonly keepsDigits: boolean;
}

interface ExaminedSheet extends SheetHead {
  readonly sheet: Sheet;
  readonly name: string;
  readonly rows: ReadRows;
}

/**
 * Reads the beginnings of all sheets, visible ones first.
 *
 * @throws UnreadableFile `workbook-excess` if far too many bytes come before the first rows
 */
async function headsOf(
  sheets: readonly Sheet[],
  criteria: SheetCriteria,
): Promise<readonly ExaminedSheet[]> {
  const examined: ExaminedSheet[] = [];
  // Several sheets may have the same part, which is read once.
  const heads = new Map<ReadRows, SheetHead>();
  let bytes = 0;
  for (const sheet of visibleFirst(sheets)) {
    const { name, rows, isOnlyByName = false } = sheet;
    if (rows === undefined || isOnlyByName) continue;
    let head = heads.get(rows);
    if (head === undefined) {
      const read = await headOf(sheet, rows, criteria);
      bytes += read.bytes;
      if (bytes > LIMITS.head) throw excess('head');
      ({ head } = read);
      heads.set(rows, head);
    }
    examined.push({ sheet, name, rows, ...head });
  }
  return examined;
}

/** Reads the beginning of one sheet. Also returns how many bytes of it were read. */
async function headOf(
  { head }: Sheet,
  read: ReadRows,
  { isKnownName }: SheetCriteria,
): Promise<{ readonly head: SheetHead; readonly bytes: number }> {
  const facts = head?.facts ?? new SheetFacts();
  const first = head?.first ?? new FirstRows(FIRST_ROWS);
  let blocks = 0;
  let isWhole = head !== undefined && head.first.read < MOST_READ;
  if (head === undefined) {
    isWhole = true;
    for await (const { rows } of read(first, facts)) {
      blocks += 1;
      const isFound = rows.length >= FIRST_ROWS;
      const isShort = blocks <= MOST_BLOCKS && facts.bytesRead <= MOST_BYTES;
      if (!isFound && first.read < MOST_READ && isShort) continue;
      isWhole = false;
      break;
    }
  }
  const names = first.rows.map((cells) => cells.filter((cell) => isKnownName(cell.trim())).length);
  const content = first.rows.length > 0 ? 'rows' : isWhole ? 'nothing' : 'unknown';
  return {
    head: { names: Math.max(0, ...names), content, keepsDigits: facts.keepsDigits },
    bytes: facts.bytesRead,
  };
}
