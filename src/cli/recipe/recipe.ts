/** The recipe of a conversion: a saved one, overridden by options. */
import { columnNamed } from '../../calls/columns/columns.ts';
import type { Recipe } from '../../convert/recipe/recipe.ts';
import { readRecipeFile } from '../../convert/recipe/recipe-file.ts';
import { readColumn, type RecipeSource, wrong } from '../../convert/recipe/recipe-parsers.ts';
import {
  joinedFile,
  LEFT_OUT,
  mappedColumns,
  recipeFrom,
  type SavedRecipe,
} from '../../convert/recipe/saved-recipe.ts';
import { longFlag } from '../arguments/option.ts';
import { type OptionName, OPTIONS, type OptionValues, type RECIPE } from '../arguments/options.ts';

/** A command that takes no more than a saved recipe has none of the others. */
type RecipeOptions = OptionValues<'showValues'> & Partial<OptionValues<(typeof RECIPE)[number]>>;

/** The options that stand for one key of a saved recipe each. */
const OPTION_OF = {
  preset: 'preset',
  sourceColumns: 'columns',
  headerLine: 'headerLine',
  direction: 'direction',
  legs: 'legs',
  unidentified: 'unidentified',
  timezone: 'timezone',
  dateFormat: 'dateFormat',
  defaultRegion: 'defaultRegion',
  join: 'join',
} as const;

/** The options that add to a key of a saved recipe. */
const ADDING_OPTION_OF = {
  columns: 'map',
  set: 'set',
  values: 'mapValue',
  only: 'only',
  skip: 'skip',
  joinColumns: 'joinMap',
} as const;

/**
 * Puts a recipe together: an option outranks the key of a saved recipe.
 *
 * @throws Failure (exit 2) that names the option, or the key of the saved recipe
 */
export async function recipeOf(options: RecipeOptions): Promise<Recipe> {
  return (await recipesOf(options)).recipe;
}

/** A recipe, and how it is written down. */
export interface Recipes {
  readonly recipe: Recipe;
  readonly saved: SavedRecipe;
}

/**
 * The same, and the recipe as it is written down, with all that the options say.
 *
 * @param more what something else says, such as the headings of the export; options outrank it
 * @throws Failure (exit 2) that names the option, or the key of the saved recipe
 */
export async function recipesOf(options: RecipeOptions, more?: SavedRecipe): Promise<Recipes> {
  const { mapping, joinOn, showValues } = options;
  const own = mapping === undefined ? {} : await readRecipeFile(mapping);
  const saved = {
    ...more,
    ...own,
    columns: { ...more?.columns, ...own.columns },
    set: { ...more?.set, ...own.set },
  };
  if (joinOn !== undefined && columnNamed(joinOn)?.name !== 'PhoneNumber') {
    throw wrong(flagSource('joinOn'), { kind: 'join-column' }, joinOn);
  }
  const merged = merge(saved, options);
  const source = (key: keyof SavedRecipe): RecipeSource => {
    const inFile = { text: `${key} of ${mapping ?? ''}` };
    if (key in ADDING_OPTION_OF) {
      const adding = key as keyof typeof ADDING_OPTION_OF;
      return saved[adding] === undefined ? flagSource(ADDING_OPTION_OF[adding]) : inFile;
    }
    const name = OPTION_OF[key as keyof typeof OPTION_OF];
    return options[name] === undefined ? inFile : flagSource(name);
  };
  const made = recipeFrom(merged, source);
  const { join, joinColumns } = merged;
  const mapped = mappedColumns(joinColumns, source('joinColumns'));
  const joined =
    join === undefined
      ? undefined
      : await joinedFile(join, { region: made.region, mapped, showValues });
  return { recipe: { ...made, joined }, saved: merged };
}

function merge(saved: SavedRecipe, options: RecipeOptions): SavedRecipe {
  const one = <Key extends keyof typeof OPTION_OF>(key: Key): SavedRecipe[Key] =>
    (options[OPTION_OF[key]] as SavedRecipe[Key]) ?? saved[key];
  return {
    preset: one('preset'),
    sourceColumns: one('sourceColumns'),
    headerLine: one('headerLine'),
    direction: one('direction'),
    legs: one('legs'),
    unidentified: one('unidentified'),
    timezone: one('timezone'),
    dateFormat: one('dateFormat'),
    defaultRegion: one('defaultRegion'),
    join: one('join'),
    columns: withColumns(saved.columns, options.map, 'map'),
    joinColumns: withColumns(saved.joinColumns, options.joinMap, 'joinMap'),
    set: { ...saved.set, ...Object.fromEntries((options.set ?? []).map(constant)) },
    values: { ...saved.values, ...Object.fromEntries((options.mapValue ?? []).map(valueWords)) },
    only: [...(saved.only ?? []), ...(options.only ?? [])],
    skip: [...(saved.skip ?? []), ...(options.skip ?? [])],
  };
}

/** Which columns of an export are named, by a saved recipe and by options. */
export function columnsOf(
  saved: SavedRecipe,
  map: readonly string[],
): Readonly<Record<string, string>> {
  return withColumns(saved.columns, map, 'map');
}

/** The columns of a saved recipe, and those of an option: of two for one column of a call the option counts. */
function withColumns(
  saved: Readonly<Record<string, string>> | undefined,
  pairs: readonly string[] | undefined,
  name: OptionName,
): Readonly<Record<string, string>> {
  const given = (pairs ?? []).map((pair): [string, string] => {
    const [source, target] = splitPair(pair, name, 'Call date=DateTime', 'last');
    return [source, target === LEFT_OUT ? LEFT_OUT : readColumn(target, flagSource(name))];
  });
  const targets = new Set<string>(given.map(([, target]) => target));
  const sources = new Set(given.map(([from]) => from.toLowerCase()));
  const kept = Object.entries(saved ?? {}).filter(
    ([from, target]) =>
      !sources.has(from.toLowerCase()) &&
      (target === LEFT_OUT || !targets.has(columnNamed(target)?.name ?? target)),
  );
  return Object.fromEntries([...kept, ...given]);
}

function constant(pair: string): [string, string] {
  const [target, value] = splitPair(pair, 'set', 'Currency=RUB', 'first');
  return [readColumn(target, flagSource('set')), value];
}

const VALUE_EXAMPLE = 'CallMissed: Answered=0, Missed=1';

/** `CallMissed: Answered=0, Missed=1`: the column, and what its words mean. */
function valueWords(text: string): [string, Readonly<Record<string, string>>] {
  const at = text.indexOf(':');
  const column = text.slice(0, Math.max(0, at)).trim();
  if (column === '')
    throw wrong(flagSource('mapValue'), { kind: 'pair', example: VALUE_EXAMPLE }, text);
  const words = text
    .slice(at + 1)
    .split(',')
    .map((pair) => splitPair(pair, 'mapValue', VALUE_EXAMPLE, 'last'));
  return [readColumn(column, flagSource('mapValue')), Object.fromEntries(words)];
}

/** Splits `a=b`; the names of foreign columns may hold an equals sign themselves. */
function splitPair(
  pair: string,
  name: OptionName,
  example: string,
  at: 'first' | 'last',
): [string, string] {
  const place = at === 'first' ? pair.indexOf('=') : pair.lastIndexOf('=');
  const [left, right] = [pair.slice(0, place).trim(), pair.slice(place + 1).trim()];
  if (place > 0 && left !== '' && (right !== '' || at === 'first')) return [left, right];
  throw wrong(flagSource(name), { kind: 'pair', example }, pair);
}

/** An option as its user knows it. */
export function flagSource(name: OptionName): RecipeSource {
  return { text: longFlag(OPTIONS[name].flags), option: name };
}
