/** Which sheet of a workbook holds the table that is looked for. */
import { Failure } from '../failure.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { maskedWithin } from '../safe-text/masking.ts';
import { type CellContext, SheetFacts } from './cell-text.ts';
import { FirstRows } from './row-taker.ts';
import { readRows } from './sheet-rows.ts';
import type { SheetEntry } from './workbook-parts.ts';
import type { ZipArchive } from './zip-archive.ts';

/** A sheet with its cells. */
export interface ChosenSheet {
  readonly name: string;
  readonly part: string;
  /** Other sheets that seem to hold such a table too. */
  readonly alike: readonly string[];
  /** Whether its first rows have long numbers with all their digits. */
  readonly keepsDigits: boolean;
}

/** What says which sheet is meant. */
export interface SheetWish {
  /** Its name or its number from 1, where somebody named it. */
  readonly sheet: string | undefined;
  /** Tells whether a cell names a column that is looked for. */
  readonly isKnownName: (name: string) => boolean;
  /** The row of the column names, from 1, where it is known; else the first one with cells. */
  readonly headerRow?: number | undefined;
}

/** The column names stand in one of so many first rows. */
const FIRST_ROWS = 20;

/** No workbook of calls has more sheets than this that have to be looked at. */
const MOST_SHEETS = 256;

/** One name may stand in any sheet; a table of calls has more of them. */
const FEWEST_NAMES = 2;

/**
 * The sheet that is named; else the only one, or the first that has the most of the columns.
 *
 * @throws Failure `sheet-unknown` (exit 2) when there is none of that name or number
 * @throws UnreadableFile `workbook-without-cells` when no sheet holds cells
 */
export async function chooseSheet(
  zip: ZipArchive,
  sheets: readonly SheetEntry[],
  context: CellContext,
  wish: SheetWish,
): Promise<ChosenSheet> {
  if (wish.sheet !== undefined) {
    const named = sheetNamed(sheets, wish.sheet);
    if (named?.part === undefined) {
      throw new Failure('sheet-unknown', {
        sheet: wish.sheet,
        sheets: sheets.map(({ name }) => maskedWithin(name)),
      });
    }
    const { name, part } = named;
    const { keepsDigits } = await headOf(zip, part, context, wish);
    return { name, part, alike: [], keepsDigits };
  }
  const heads = [];
  for (const { name, part, isHidden } of visibleFirst(sheets).slice(0, MOST_SHEETS)) {
    if (part === undefined || !zip.has(part)) continue;
    heads.push({ name, part, isHidden, ...(await headOf(zip, part, context, wish)) });
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

/** A sheet by its name, as it is written or in other letters; else by its number. */
function sheetNamed(sheets: readonly SheetEntry[], wanted: string): SheetEntry | undefined {
  const lower = wanted.toLowerCase();
  return (
    sheets.find(({ name }) => name === wanted) ??
    sheets.find(({ name }) => name.toLowerCase() === lower) ??
    (/^\d{1,5}$/.test(wanted) ? sheets[Number(wanted) - 1] : undefined)
  );
}

/** What the first rows of a sheet say. */
interface SheetHead {
  /** How many names of columns stand together in one of them. */
  readonly names: number;
  readonly isEmpty: boolean;
  readonly keepsDigits: boolean;
}

async function headOf(
  zip: ZipArchive,
  part: string,
  context: CellContext,
  { isKnownName }: SheetWish,
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
