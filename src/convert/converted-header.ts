/** Creates the header of converted calls, and reports findings about the columns of the export. */
import { type ColumnName, columnNamed, IDENTIFIER_COLUMNS } from '../calls/columns/columns.ts';
import { foreignHeadings, type Header, reportUnknownColumn } from '../calls/columns/header.ts';
import { saysUtc } from '../calls/columns/headings.ts';
import type { FindingCollector } from '../calls/findings/collector.ts';
import { shownColumn } from '../safe-text/shown-value.ts';
import type { SourceNames } from '../words/commands.ts';
import { systemOfHeader } from './presets/presets.ts';
import { hasErrors } from './recipe/joined-file.ts';
import type { Recipe } from './recipe/recipe.ts';
import type { RecordConversion } from './record-conversion.ts';

/** Returns the header of the calls, for the check. */
export function headerOf({ names }: RecordConversion): Header {
  return {
    names,
    columns: names,
    reasonPlaces: [],
    hasSpaces: false,
    hasOtherCase: false,
    usable: true,
  };
}

/** The header of an export, with the recipe that explains its columns. */
export interface ExportHeader {
  readonly cells: readonly string[];
  /** The physical line of the header. */
  readonly line: number;
  readonly recipe: Recipe;
  /** The file, and its sheet or JSON list, as the user named them, for commands to paste. */
  readonly names: SourceNames;
  /** Whether to warn of the columns that are lost, if no recipe explains the columns. */
  readonly warnsOfUnknown: boolean;
}

/**
 * Reports a header of another system that no recipe explains, missing identifier columns, columns
 * that appear more than once and, if wanted, columns that are lost. Missing identifier columns are not reported if the joined
 * file has errors.
 *
 * @returns whether the export can be converted
 */
export function reportColumns(
  conversion: RecordConversion,
  header: ExportHeader,
  found: FindingCollector,
): boolean {
  const { line, cells, recipe, names: source } = header;
  const names: readonly ColumnName[] = conversion.names;
  const foreign = isNamed(recipe) ? [] : foreignHeadings(cells, columnsAt(cells));
  const system =
    isNamed(recipe) || columnsAt(cells).includes('DateTime') ? undefined : systemOfHeader(cells);
  if (foreign.length > 0 || system !== undefined) {
    const columns = foreign.map(({ heading, means }) => ({ heading: shownColumn(heading), means }));
    const { headerLine } = recipe;
    found.add(
      'header-foreign',
      { line },
      { columns, system, ...source, headerLine, isUtc: cells.some(saysUtc) },
    );
    return false;
  }
  const hasIdentifier = IDENTIFIER_COLUMNS.some((name) => names.includes(name));
  const isJoinDamaged = recipe.joined !== undefined && hasErrors(recipe.joined);
  if (!hasIdentifier && !isJoinDamaged) {
    found.add('identifier-column-missing', { line }, {});
  }
  for (const name of conversion.columns.usedTwice) {
    const column = shownColumn(name);
    found.add('column-twice', { line, column }, { column });
  }
  for (const name of conversion.columns.repeated) {
    const column = shownColumn(name);
    found.add('column-repeated', { line, column }, { column });
  }
  if (header.warnsOfUnknown && !isNamed(recipe)) reportUnknown(conversion, header, found);
  return true;
}

/**
 * Reports the left-out columns of a file whose own column names say what its columns are. The plain
 * check of such a file reports the same columns.
 */
function reportUnknown(
  { columns, names }: RecordConversion,
  { line, cells }: ExportHeader,
  found: FindingCollector,
): void {
  // A column without a name is not in `leftOut`, but it is lost too.
  const lost = new Set(['', ...columns.leftOut.map((name) => name.toLowerCase())]);
  const present = [...columnsAt(cells), ...names];
  for (const name of new Set(cells.map((cell) => cell.trim()))) {
    if (lost.has(name.toLowerCase())) reportUnknownColumn(name, line, present, found);
  }
}

/** Says whether a preset, mapped columns or `columns` in the recipe explain the export. */
export function isNamed({ preset, mapped, columns }: Recipe): boolean {
  return preset !== undefined || mapped.size > 0 || columns !== undefined;
}

function columnsAt(cells: readonly string[]): readonly (ColumnName | undefined)[] {
  return cells.map((cell) => columnNamed(cell.trim())?.name);
}
