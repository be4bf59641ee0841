/** Chooses the sheet with the calls in a workbook. */
import { Failure } from '../failure.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { maskedWithin } from '../safe-text/masking.ts';
import { SheetFacts } from './cell-text.ts';
import { FirstRows } from './row-consumer.ts';
import type { ReadRows, Sheet } from './sheets.ts';

/** The chosen sheet. */
export interface ChosenSheet {
  readonly name: string;
  readonly rows: ReadRows;
  /** The names of the other sheets that may contain calls. */
  readonly alike: readonly string[];
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
const FIRST_ROWS = 20;

/** The maximum number of sheets to examine. */
const MOST_SHEETS = 256;

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
        sheets: sheets.map(({ name }) => maskedWithin(name)),
      });
    }
    const { name, rows } = named;
    const { keepsDigits } = await headOf(rows, criteria);
    return { name, rows, alike: [], keepsDigits };
  }
  const heads = [];
  const candidates = visibleFirst(sheets).filter(({ isOnlyByName = false }) => !isOnlyByName);
  for (const sheet of candidates.slice(0, MOST_SHEETS)) {
    const { name, rows } = sheet;
    if (rows === undefined) continue;
    heads.push({ sheet, name, rows, ...(await headOf(rows, criteria)) });
  }
  const most = Math.max(0, ...heads.map(({ names }) => names));
  const chosen =
    heads.find(({ names, isEmpty }) => names === most && !isEmpty) ??
    heads.find(({ isEmpty }) => !isEmpty) ??
    heads[0];
  if (chosen === undefined) throw new UnreadableFile('workbook-without-cells', {});
  const { name, rows, keepsDigits } = chosen;
  const withNames = new Set(
    heads.filter(({ names }) => names >= FEWEST_NAMES).map(({ sheet }) => sheet),
  );
  const alike = sheets.filter(
    (sheet) => sheet !== chosen.sheet && (withNames.has(sheet) || sheet.mayHoldCalls === true),
  );
  return { name, rows, alike: alike.slice(0, MOST_NAMED).map((sheet) => sheet.name), keepsDigits };
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
  readonly isEmpty: boolean;
  readonly keepsDigits: boolean;
}

async function headOf(read: ReadRows, { isKnownName }: SheetCriteria): Promise<SheetHead> {
  const facts = new SheetFacts();
  const first = new FirstRows();
  for await (const { rows } of read(first, facts)) {
    if (rows.length >= FIRST_ROWS) break;
  }
  const names = first.rows
    .slice(0, FIRST_ROWS)
    .map((cells) => cells.filter((cell) => isKnownName(cell.trim())).length);
  return {
    names: Math.max(0, ...names),
    isEmpty: first.rows.length === 0,
    keepsDigits: facts.keepsDigits,
  };
}
