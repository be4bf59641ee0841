/** A recipe as it is written down: the keys of a recipe file, of the options and of the library. */
import type { ColumnName } from '../calls/columns/columns.ts';
import { Failure } from '../failure.ts';
import { openContent } from '../files/gzip.ts';
import { LocalFile } from '../files/local-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { type DateOrder, dateOrder } from './date-time.ts';
import { readIdentifiers } from './join.ts';
import { type PhoneRegion, phoneRegion } from './phone.ts';
import { type Preset, presetNamed, PRESETS } from './presets.ts';
import type { Recipe } from './recipe.ts';
import { readColumn, readZone, wrong } from './recipe-parsers.ts';

/** A recipe as it is written down. */
export interface SavedRecipe {
  /** The name of the call system that made the export. */
  readonly preset?: string | undefined;
  /** Which column of the export becomes which column of a call. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
  /** A value that a column has in every call. */
  readonly set?: Readonly<Record<string, string>> | undefined;
  /** The names of the export's columns when it has no header. */
  readonly sourceColumns?: readonly string[] | undefined;
  /** The time zone of the written times, for example `Europe/Moscow`. */
  readonly timezone?: string | undefined;
  /** The order of a written date, for example `dmy`. */
  readonly dateFormat?: string | undefined;
  /** The country of national phone numbers, for example `RU`. */
  readonly defaultRegion?: string | undefined;
}

/**
 * Makes a recipe of one that is written down.
 *
 * @param source the option or key that a value came from, for messages
 * @throws Failure `setting-invalid` (exit 2) that names it
 */
export function recipeFrom(
  saved: SavedRecipe,
  source: (key: keyof SavedRecipe) => string,
): Omit<Recipe, 'joined'> {
  const read = <Value>(
    key: keyof SavedRecipe,
    text: string | undefined,
    reader: (text: string, source: string) => Value,
  ): Value | undefined => (text === undefined ? undefined : reader(text, source(key)));
  const preset = read('preset', saved.preset, readPreset);
  return {
    preset,
    mapped: columnsBy(
      Object.entries(saved.columns ?? {}).map(([from, to]) => [to, from.trim()]),
      source('columns'),
    ),
    constants: columnsBy(Object.entries(saved.set ?? {}), source('set')),
    columns: saved.sourceColumns ?? preset?.columns,
    dateTime: {
      zone: read('timezone', saved.timezone ?? preset?.timezone, readZone),
      order: read('dateFormat', saved.dateFormat, readOrder),
    },
    region: read('defaultRegion', saved.defaultRegion, readRegion),
  };
}

/**
 * Reads the identifiers of a file that is joined.
 *
 * @param path the file, relative to the working folder
 * @throws Failure that names the file
 */
export async function joinedFile(
  path: string,
  region: PhoneRegion | undefined,
): Promise<Recipe['joined']> {
  let file: LocalFile | undefined;
  try {
    file = LocalFile.open(path);
    const { content } = openContent(file);
    return await readIdentifiers(() => content.blocks(), region, path);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new Failure('join-unreadable', { name: path, why: error }, { cause: error });
  } finally {
    file?.close();
  }
}

function columnsBy(
  pairs: readonly (readonly [string, string])[],
  source: string,
): Map<ColumnName, string> {
  return new Map(pairs.map(([column, value]) => [readColumn(column, source), value] as const));
}

function readPreset(text: string, source: string): Preset {
  const preset = presetNamed(text);
  if (preset !== undefined) return preset;
  throw wrong(source, { kind: 'preset', names: PRESETS.map(({ name }) => name) }, text);
}

function readOrder(text: string, source: string): DateOrder {
  const order = dateOrder(text);
  if (order !== undefined) return order;
  throw wrong(source, { kind: 'date-order' }, text);
}

function readRegion(text: string, source: string): PhoneRegion {
  const region = phoneRegion(text);
  if (region !== undefined) return region;
  throw wrong(source, { kind: 'region' }, text);
}
