/** Converts an export record by record. So a longer export needs no more memory. */
import { isHeading } from '../calls/columns/headings.ts';
import { isTitle, matchOfNames, MOST_TITLES } from '../calls/columns/titles.ts';
import { detectTable, type OpenBytes, readAsWritten, tableRecords } from '../csv/table.ts';
import type { TableForm, TableHints } from '../csv/table-form.ts';
import { NO_COLUMN_FACTS } from './cells/cell-reader.ts';
import type { CallsSink, Conversion, ConvertOptions } from './conversion.ts';
import { ConversionPass } from './conversion-pass.ts';
import type { Sample } from './recipe/heading-columns.ts';
import type { Recipe } from './recipe/recipe.ts';

/**
 * Converts an export. Some cells have no clear meaning until the whole column is known. Then the
 * export is read a second time.
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
  return await readAsWritten(open, hints, isKnownIn(recipe), (form) =>
    convertAs({ open, form, recipe, options, sink }),
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
  const isKnownName = isKnownIn(recipe);
  let belowTitle: boolean | undefined;
  let namesLine: number | undefined;
  let read = 0;
  for await (const records of tableRecords(open, form)) {
    for (const { fields, line } of records) {
      if (belowTitle === undefined) {
        if (fields.some((name) => isKnownName(name.trim()))) return undefined;
        belowTitle = isTitle(fields);
      } else {
        const match = matchOfNames(fields, belowTitle, isKnownName);
        if (match === 'known') return line;
        if (match !== undefined) namesLine ??= line;
      }
      read += 1;
      if (read > MOST_TITLES) return namesLine;
    }
  }
  return namesLine;
}

/**
 * Reads the first records of an export. They help to find the meanings of its columns.
 *
 * @param hints the known facts about the form of the export
 * @returns `undefined` if the export is empty
 */
export async function sampleOf(open: OpenBytes, hints: TableHints): Promise<Sample | undefined> {
  const form = await detectTable(open, hints, isHeading);
  let header: readonly string[] | undefined;
  const records: (readonly string[])[] = [];
  for await (const batch of tableRecords(open, form)) {
    for (const { fields, line } of batch) {
      if (line < (hints.headerLine ?? 1)) continue;
      if (header === undefined) header = fields;
      else records.push(fields);
      if (records.length >= MOST_SAMPLED) return { header, records };
    }
  }
  return header === undefined ? undefined : { header, records };
}

/** The maximum number of records to read in order to find the meanings of the columns. */
const MOST_SAMPLED = 500;

/** Returns a function that says whether a cell is a column name that a recipe needs. */
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
