/** Converts an export record by record, so a long export needs as little memory as a short one. */
import { isHeading } from '../calls/columns/headings.ts';
import { FirstLine, MOST_TITLES } from '../calls/columns/titles.ts';
import {
  detectTable,
  type OpenBytes,
  readAsWritten,
  type TableRecord,
  tableRecords,
} from '../csv/table.ts';
import type { TableForm, TableHints } from '../csv/table-form.ts';
import { NO_COLUMN_FACTS } from './cells/cell-reader.ts';
import type { CallsSink, Conversion, ConvertOptions } from './conversion.ts';
import { ConversionPass } from './conversion-pass.ts';
import type { Sample } from './recipe/heading-columns.ts';
import type { Recipe } from './recipe/recipe.ts';

/**
 * Converts an export. Some cells have no clear meaning until the whole column is known. If there
 * are such cells, the export is read a second time.
 *
 * @param open opens the export from its beginning
 * @param sink receives the good calls, as CSV that the service accepts
 * @throws Failure (exit 2) if the recipe does not fit the export
 */
export async function convertTable(
  open: OpenBytes,
  recipe: Recipe,
  options: ConvertOptions,
  sink: CallsSink,
): Promise<Conversion> {
  const { encoding, delimiter = recipe.preset?.delimiter, form: known } = options;
  const hints = { encoding, delimiter, headerLine: recipe.headerLine, form: known };
  // A preset may name the columns of CSV without a header. In JSON, each value already has a name.
  const isJson = known?.lineInJson !== undefined;
  const used = isJson ? { ...recipe, columns: undefined } : recipe;
  return await readAsWritten(open, hints, isKnownIn(recipe), (form) =>
    convertAs({ open, form, recipe: used, options, sink }),
  );
}

/** An export with its form, its recipe and the sink for its calls. */
interface Reading {
  readonly open: OpenBytes;
  readonly form: TableForm;
  readonly recipe: Recipe;
  readonly options: ConvertOptions;
  readonly sink: CallsSink;
}

async function convertAs({ open, form, recipe, options, sink }: Reading): Promise<Conversion> {
  const namesLine = await lineOfNames(open, form, recipe);
  const first = new ConversionPass(form, recipe, options, NO_COLUMN_FACTS);
  if (namesLine !== undefined) return first.refused('header-not-first', namesLine);
  const conversion = await first.run(open, sink);
  const facts = first.evidence();
  if (facts === undefined) return conversion;
  return await new ConversionPass(form, recipe, options, facts).run(open, sink);
}

/** Finds the line of column names below the first record, if there is one. */
async function lineOfNames(
  open: OpenBytes,
  form: TableForm,
  recipe: Recipe,
): Promise<number | undefined> {
  if (recipe.columns !== undefined || recipe.headerLine !== undefined) return undefined;
  const first: TableRecord[] = [];
  for await (const records of tableRecords(open, form)) {
    first.push(...records);
    if (first.length > MOST_TITLES) break;
  }
  return namesBelow(first, isKnownIn(recipe));
}

/**
 * Finds the column names below the first record.
 *
 * @param records the first records of an export
 * @returns the line of the column names; `undefined` if the first record is the header
 */
function namesBelow(
  records: readonly TableRecord[],
  isKnownName: (name: string) => boolean,
): number | undefined {
  const [first, ...others] = records.slice(0, MOST_TITLES + 1);
  const firstLine = new FirstLine(first?.fields ?? [], isKnownName);
  let namesLine: number | undefined;
  for (const { fields, line } of others) {
    const match = firstLine.matchOf(fields);
    if (match === 'known') return line;
    if (match !== undefined) namesLine ??= line;
  }
  return namesLine;
}

/**
 * Reads the first records of an export. They help to find the meanings of its columns.
 *
 * @param hints the known facts about the form of the export
 * @returns `undefined` if the export is empty, or if its header is not on the first line and the
 *   hints do not say where it is
 */
export async function sampleOf(open: OpenBytes, hints: TableHints): Promise<Sample | undefined> {
  const form = await detectTable(open, hints, isHeading);
  const first: TableRecord[] = [];
  for await (const records of tableRecords(open, form)) {
    first.push(...records.filter(({ line }) => line >= (hints.headerLine ?? 1)));
    if (first.length > MOST_SAMPLED) break;
  }
  if (hints.headerLine === undefined && namesBelow(first, isHeading) !== undefined)
    return undefined;
  const [header, ...records] = first.slice(0, MOST_SAMPLED + 1).map(({ fields }) => fields);
  const isWhole = records.length < MOST_SAMPLED;
  return header === undefined ? undefined : { header, records, isWhole };
}

/** The maximum number of records to read in order to find the meanings of the columns. */
const MOST_SAMPLED = 500;

/**
 * Returns a function that says whether a cell is a known heading, or a column name that the recipe
 * needs.
 */
export function isKnownIn({ preset, mapped }: Recipe): (name: string) => boolean {
  const own = new Set([
    ...[...mapped.values()].flatMap(namesWithin),
    ...(preset?.needed.flat() ?? []).map((name) => name.toLowerCase()),
  ]);
  return (name) => isHeading(name) || own.has(name.toLowerCase());
}

/** Divides a mapping such as `Date+Time` into column names in lower case. */
function namesWithin(column: string): readonly string[] {
  const lower = column.toLowerCase();
  return [lower, ...lower.split('+')].map((name) =>
    name
      .trim()
      .replace(/#\d{1,3}$/, '')
      .trim(),
  );
}
