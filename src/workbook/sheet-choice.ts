/** Chooses the sheet of a workbook that has the wanted table. */
import { Failure } from '../failure.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { maskedWithin } from '../safe-text/masking.ts';
import { type CellContext, SheetFacts } from './cell-text.ts';
import { FirstRows } from './row-consumer.ts';
import { readRows } from './sheet-rows.ts';
import type { SheetEntry } from './workbook-parts.ts';
import type { ZipArchive } from './zip-archive.ts';

/** The chosen sheet. */
export interface ChosenSheet {
  readonly name: string;
  readonly part: string;
  /** The names of other sheets that also seem to contain calls. */
  readonly alike: readonly string[];
  /** Whether its first rows have long numbers with all their digits. */
  readonly keepsDigits: boolean;
}

/** The criteria for choosing a sheet. */
export interface SheetCriteria {
  /** Its name or its number from 1, if the user named one. */
  readonly sheet: string | undefined;
  /** Says whether a cell is the name of a wanted column. */
  readonly isKnownName: (name: string) => boolean;
  /** The row of the column names, from 1, if it is known; by default, the first row with cells. */
  readonly headerRow?: number | undefined;
}

/** How many of the first rows are searched for column names. */
const FIRST_ROWS = 20;

/** How many sheets are looked at. */
const MOST_SHEETS = 256;

/** A single name may appear in any sheet; a table of calls has at least this many. */
const FEWEST_NAMES = 2;

/**
 * Chooses the sheet that the user named. Without a name, chooses the only sheet, or the first one
 * with the most known column names.
 *
 * @throws Failure `sheet-unknown` (exit 2) if there is no sheet of that name or number
 * @throws UnreadableFile `workbook-without-cells` if no sheet has cells
 */
export async function chooseSheet(
  zip: ZipArchive,
  sheets: readonly SheetEntry[],
  context: CellContext,
  criteria: SheetCriteria,
): Promise<ChosenSheet> {
  if (criteria.sheet !== undefined) {
    const named = sheetNamed(sheets, criteria.sheet);
    if (named?.part === undefined) {
      throw new Failure('sheet-unknown', {
        sheet: criteria.sheet,
        sheets: sheets.map(({ name }) => maskedWithin(name)),
      });
    }
    const { name, part } = named;
    const { keepsDigits } = await headOf(zip, part, context, criteria);
    return { name, part, alike: [], keepsDigits };
  }
  const heads = [];
  for (const { name, part, isHidden } of visibleFirst(sheets).slice(0, MOST_SHEETS)) {
    if (part === undefined || !zip.has(part)) continue;
    heads.push({ name, part, isHidden, ...(await headOf(zip, part, context, criteria)) });
  }
  const most = Math.max(0, ...heads.map(({ names }) => names));
  const chosen =
    heads.find(({ names, isEmpty }) => names === most && !isEmpty) ??
    heads.find(({ isEmpty }) => !isEmpty) ??
    heads[0];
  if (chosen === undefined) throw new UnreadableFile('workbook-without-cells', {});
  const { name, part, keepsDigits } = chosen;
  const alike = heads.filter((head) => head !== chosen && head.names >= FEWEST_NAMES);
  return { name, part, alike: alike.map((head) => head.name), keepsDigits };
}

function visibleFirst(sheets: readonly SheetEntry[]): SheetEntry[] {
  return [...sheets.filter(({ isHidden }) => !isHidden), ...sheets.filter((one) => one.isHidden)];
}

/** Finds a sheet by its name, with exact or other letter case; otherwise by its number. */
function sheetNamed(sheets: readonly SheetEntry[], wanted: string): SheetEntry | undefined {
  const lower = wanted.toLowerCase();
  return (
    sheets.find(({ name }) => name === wanted) ??
    sheets.find(({ name }) => name.toLowerCase() === lower) ??
    (/^\d{1,5}$/.test(wanted) ? sheets[Number(wanted) - 1] : undefined)
  );
}

/** What the first rows of a sheet reveal. */
interface SheetHead {
  /** The most column names in one row. */
  readonly names: number;
  readonly isEmpty: boolean;
  readonly keepsDigits: boolean;
}

async function headOf(
  zip: ZipArchive,
  part: string,
  context: CellContext,
  { isKnownName }: SheetCriteria,
): Promise<SheetHead> {
  const facts = new SheetFacts();
  const first = new FirstRows();
  for await (const { rows } of readRows({ zip, part, context }, first, facts)) {
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
