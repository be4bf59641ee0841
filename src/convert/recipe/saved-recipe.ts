/**
 * Reads and writes a recipe in its written form. Recipe files, options and the library use the same
 * keys in this form.
 */
import { type ColumnName, columnNamed } from '../../calls/columns/columns.ts';
import { openContent } from '../../content/open-content.ts';
import { Failure } from '../../failure.ts';
import type { LocalFile } from '../../files/local-file.ts';
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { sourceName } from '../../safe-text/address-text.ts';
import { type DateOrder, dateOrder } from '../cells/date-time.ts';
import type { Direction } from '../cells/direction-words.ts';
import { type PhoneRegion, phoneRegion } from '../cells/phone-plan.ts';
import type { Preset } from '../presets/preset.ts';
import { presetNamed, PRESETS } from '../presets/presets.ts';
import { isKnownInJoined, type JoinedFile, readJoinedFile } from './joined-file.ts';
import type { Recipe } from './recipe.ts';
import type { SavedRecipe } from './recipe-keys.ts';
import { readColumn, readZone, type RecipeSource, wrong } from './recipe-parsers.ts';
import { type RecordRule, recordRule } from './record-rules.ts';

/** The target of columns that the recipe leaves out. */
export const LEFT_OUT = '-';

/**
 * Parses a recipe in its written form.
 *
 * @param source returns the option or key of a value, for messages
 * @throws Failure `setting-invalid` (exit 2), which names the option or key
 */
export function recipeFrom(
  saved: SavedRecipe,
  source: (key: keyof SavedRecipe) => RecipeSource,
): Omit<Recipe, 'joined'> {
  const read = <Value>(
    key: keyof SavedRecipe,
    text: string | undefined,
    reader: (text: string, source: RecipeSource) => Value,
  ): Value | undefined => (text === undefined ? undefined : reader(text, source(key)));
  const preset = read('preset', saved.preset, readPreset);
  const constants = columnsBy(Object.entries(saved.set ?? {}), source('set'));
  // Static calls are not linked to visits, so calls with an identifier must not be static.
  const staticWasSet = saved.unidentified === undefined && constants.get('StaticCall') === '1';
  if (staticWasSet) constants.delete('StaticCall');
  return {
    preset,
    mapped: mappedColumns(saved.columns, source('columns')),
    leftAlone: new Set(
      Object.entries(saved.columns ?? {}).flatMap(([name, target]) =>
        target === LEFT_OUT ? [name.trim().toLowerCase()] : [],
      ),
    ),
    constants,
    words: wordsOf(saved.values, source('values')),
    directions: directionsOf(saved.values),
    columns: saved.sourceColumns ?? preset?.columns,
    headerLine: saved.headerLine,
    only: (saved.only ?? []).map((text) => readRule(text, source('only'))),
    skip: (saved.skip ?? []).map((text) => readRule(text, source('skip'))),
    direction: saved.direction ?? 'in',
    legs: saved.legs ?? 'join',
    unidentified: saved.unidentified ?? (staticWasSet ? 'static' : 'error'),
    staticWasSet,
    phones: saved.phones ?? 'error',
    durationUnit: saved.durationUnit,
    dateTime: {
      zone: read('timezone', saved.timezone ?? preset?.timezone, readZone),
      order: read('dateFormat', saved.dateFormat, readOrder) ?? preset?.dateOrder,
    },
    region: read('defaultRegion', saved.defaultRegion ?? preset?.region, readRegion),
  };
}

/** Returns, for each column of a call, the name of its column in a file. */
export function mappedColumns(
  columns: Readonly<Record<string, string>> | undefined,
  source: RecipeSource,
): Map<ColumnName, string> {
  return columnsBy(
    Object.entries(columns ?? {})
      .filter(([, to]) => to !== LEFT_OUT)
      .map(([from, to]) => [to, from.trim()]),
    source,
  );
}

/**
 * Reads the identifiers from a joined file.
 *
 * @param path the file, relative to the working folder
 * @param options.mapped for each column of a call, the column of the file
 * @throws Failure that names the file
 */
export async function joinedFile(
  path: string,
  options: {
    readonly region: PhoneRegion | undefined;
    readonly mapped: ReadonlyMap<ColumnName, string>;
    readonly showValues: boolean;
    /** Opens the file. */
    readonly open: (name: string) => Promise<LocalFile>;
  },
): Promise<JoinedFile> {
  const name = sourceName(path);
  let file: LocalFile | undefined;
  try {
    file = await options.open(path);
    const isKnownName = isKnownInJoined(options.mapped);
    const content = await openContent(file, { sheet: undefined, isKnownName });
    const { form, sheet } = content;
    return await readJoinedFile(() => content.blocks(), { ...options, name, form, sheet });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new Failure('join-unreadable', { name, why: error }, { cause: error });
  } finally {
    file?.close();
  }
}

function columnsBy(
  pairs: readonly (readonly [string, string])[],
  source: RecipeSource,
): Map<ColumnName, string> {
  return new Map(pairs.map(([column, value]) => [readColumn(column, source), value] as const));
}

function wordsOf(
  values: SavedRecipe['values'],
  source: RecipeSource,
): Map<ColumnName, ReadonlyMap<string, string>> {
  return new Map(
    Object.entries(values ?? {})
      .filter(([column, words]) => !isOfDirections(column, words))
      .map(([column, words]) => [
        readColumn(column, source),
        new Map(
          Object.entries(words).map(([word, value]) => [word.trim().toLowerCase(), value.trim()]),
        ),
      ]),
  );
}

/** Says whether the recipe uses the words of a column of the export as directions. */
function isOfDirections(column: string, words: Readonly<Record<string, string>>): boolean {
  if (columnNamed(column.trim()) !== undefined) return false;
  return Object.values(words).every((value) => isDirection(value.trim()));
}

function isDirection(value: string): value is Direction {
  return value === 'in' || value === 'out' || value === 'internal';
}

function directionsOf(values: SavedRecipe['values']): Recipe['directions'] {
  const columns = Object.entries(values ?? {}).filter(([column, words]) =>
    isOfDirections(column, words),
  );
  return new Map(
    columns.map(([column, words]) => [
      column.trim(),
      new Map(
        Object.entries(words).flatMap(([word, value]) =>
          isDirection(value.trim()) ? [[word.trim().toLowerCase(), value.trim() as Direction]] : [],
        ),
      ),
    ]),
  );
}

function readRule(text: string, source: RecipeSource): RecordRule {
  const rule = recordRule(text);
  if (rule !== undefined) return rule;
  throw wrong(source, { kind: 'pair', example: 'Direction=in' }, text);
}

function readPreset(text: string, source: RecipeSource): Preset {
  const preset = presetNamed(text);
  if (preset !== undefined) return preset;
  throw wrong(source, { kind: 'preset', names: PRESETS.map(({ name }) => name) }, text);
}

function readOrder(text: string, source: RecipeSource): DateOrder {
  const order = dateOrder(text);
  if (order !== undefined) return order;
  throw wrong(source, { kind: 'date-order' }, text);
}

function readRegion(text: string, source: RecipeSource): PhoneRegion {
  const region = phoneRegion(text);
  if (region !== undefined) return region;
  throw wrong(source, { kind: 'region' }, text);
}

/** Writes a recipe as the text of a file for `--mapping`, without empty keys. */
export function recipeText(recipe: SavedRecipe): string {
  const said = Object.entries(recipe).filter(
    ([, value]: [string, unknown]) =>
      value !== undefined &&
      (typeof value !== 'object' || value === null || Object.keys(value).length > 0),
  );
  return `${JSON.stringify(Object.fromEntries(said), null, 2)}\n`;
}
