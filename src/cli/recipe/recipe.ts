/**
 * Builds the recipe of a conversion from a saved recipe and the options. Options take precedence
 * over the saved recipe.
 */
import type { OpenNamedFile } from '../../addresses/open-named-file.ts';
import { columnNamed } from '../../calls/columns/columns.ts';
import type { Recipe } from '../../convert/recipe/recipe.ts';
import { readRecipeFile } from '../../convert/recipe/recipe-file.ts';
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';
import { readColumn, type RecipeSource, wrong } from '../../convert/recipe/recipe-parsers.ts';
import {
  joinedFile,
  LEFT_OUT,
  mappedColumns,
  recipeFrom,
} from '../../convert/recipe/saved-recipe.ts';
import { maskedName } from '../../safe-text/masking.ts';
import { longFlag } from '../arguments/option.ts';
import { type OptionName, OPTIONS, type OptionValues, type RECIPE } from '../arguments/options.ts';

/** The recipe options of a command. Some commands accept only a few of these options. */
type RecipeOptions = OptionValues<'showValues'> & Partial<OptionValues<(typeof RECIPE)[number]>>;

/** The keys of a saved recipe, each with the option that overrides it. */
export const OPTION_OF = {
  preset: 'preset',
  sourceColumns: 'columns',
  headerLine: 'headerLine',
  direction: 'direction',
  legs: 'legs',
  unidentified: 'unidentified',
  phones: 'phones',
  durationUnit: 'durationUnit',
  timezone: 'timezone',
  dateFormat: 'dateFormat',
  defaultRegion: 'defaultRegion',
  join: 'join',
} as const;

/** The keys of a saved recipe, each with the option that adds entries to the key. */
export const ADDING_OPTION_OF = {
  columns: 'map',
  set: 'set',
  values: 'mapValue',
  only: 'only',
  skip: 'skip',
  joinColumns: 'joinMap',
} as const;

/**
 * Builds a recipe. An option takes precedence over the key of the saved recipe.
 *
 * @throws Failure (exit 2) that names the option, or the key of the saved recipe
 */
export async function recipeOf(options: RecipeOptions, open: OpenNamedFile): Promise<Recipe> {
  return (await recipesOf(options, open)).recipe;
}

/** A recipe in two forms: ready to use, and ready to save. */
export interface Recipes {
  readonly recipe: Recipe;
  readonly saved: SavedRecipe;
}

/**
 * Builds a recipe, and its form for saving. Both forms include the options.
 *
 * @param open opens the joined file
 * @param more keys from another source, such as the headings; the saved recipe and the options take
 *   precedence over these keys
 * @throws Failure (exit 2) that names the option, or the key of the saved recipe
 */
export async function recipesOf(
  options: RecipeOptions,
  open: OpenNamedFile,
  more?: SavedRecipe,
): Promise<Recipes> {
  const { mapping, joinOn, showValues } = options;
  const own = mapping === undefined ? {} : await readRecipeFile(mapping);
  const saved = {
    ...more,
    ...own,
    columns: { ...more?.columns, ...own.columns },
    set: { ...more?.set, ...own.set },
    values: more?.values === undefined ? own.values : { ...more.values, ...own.values },
  };
  if (joinOn !== undefined && columnNamed(joinOn)?.name !== 'PhoneNumber') {
    throw wrong(flagSource('joinOn'), { kind: 'join-column' }, joinOn);
  }
  const merged = merge(saved, options);
  const source = (key: keyof SavedRecipe): RecipeSource => {
    const inFile = { text: `${key} of ${maskedName(mapping ?? '')}` };
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
      : await joinedFile(join, { region: made.region, mapped, showValues, open });
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
    phones: one('phones'),
    durationUnit: one('durationUnit'),
    timezone: one('timezone'),
    dateFormat: one('dateFormat'),
    defaultRegion: one('defaultRegion'),
    join: one('join'),
    columns: withColumns(saved.columns, options.map, 'map'),
    joinColumns: withColumns(saved.joinColumns, options.joinMap, 'joinMap'),
    set: { ...saved.set, ...Object.fromEntries((options.set ?? []).map(constant)) },
    values: withValues(saved.values, options.mapValue),
    only: [...(saved.only ?? []), ...(options.only ?? [])],
    skip: [...(saved.skip ?? []), ...(options.skip ?? [])],
  };
}

/**
 * Returns the mapping from columns of the export to columns of a call. The option `--map` overrides
 * the saved recipe.
 */
export function columnsOf(
  saved: SavedRecipe,
  map: readonly string[],
): Readonly<Record<string, string>> {
  return withColumns(saved.columns, map, 'map');
}

/** Merges the columns of a saved recipe and of an option. In a conflict, the option is used. */
function withColumns(
  saved: Readonly<Record<string, string>> | undefined,
  pairs: readonly string[] | undefined,
  name: OptionName,
): Readonly<Record<string, string>> {
  const own = (pairs ?? []).map((pair): [string, string] => {
    const [source, target] = splitPair(pair, name, 'Call date=DateTime', 'last');
    return [source, target === LEFT_OUT ? LEFT_OUT : readColumn(target, flagSource(name))];
  });
  const targets = new Set<string>(own.map(([, target]) => target));
  const sources = new Set(own.map(([from]) => from.toLowerCase()));
  const kept = Object.entries(saved ?? {}).filter(
    ([from, target]) =>
      !sources.has(from.toLowerCase()) &&
      (target === LEFT_OUT || !targets.has(columnNamed(target)?.name ?? target)),
  );
  return Object.fromEntries([...kept, ...own]);
}

function constant(pair: string): [string, string] {
  const [target, value] = splitPair(pair, 'set', 'Currency=RUB', 'first');
  return [readColumn(target, flagSource('set')), value];
}

const VALUE_EXAMPLE = 'CallMissed: Answered=0, Missed=1';

/**
 * Merges the words of a saved recipe and of the options. If both have words for a column, only the
 * words of the options are used for that column.
 */
function withValues(
  saved: SavedRecipe['values'],
  texts: readonly string[] | undefined,
): NonNullable<SavedRecipe['values']> {
  const own = new Map<string, Readonly<Record<string, string>>>();
  for (const text of texts ?? []) {
    const [column, words] = valueWords(text);
    own.set(column, { ...own.get(column), ...words });
  }
  return { ...saved, ...Object.fromEntries(own) };
}

/**
 * Parses text such as `CallMissed: Answered=0, Missed=1`: a column, and a value for each word. The
 * column is one of a call, or one of the export. A column name such as `Contact: type` may contain
 * a colon, and a word may contain a comma. An empty word means an empty cell.
 */
function valueWords(text: string): [string, Readonly<Record<string, string>>] {
  const beforeWords = text.slice(0, Math.max(0, text.indexOf('=')));
  const at = Math.max(text.indexOf(':'), beforeWords.lastIndexOf(': '));
  const column = text.slice(0, Math.max(0, at)).trim();
  if (column === '')
    throw wrong(flagSource('mapValue'), { kind: 'pair', example: VALUE_EXAMPLE }, text);
  const words: [string, string][] = [];
  let word = '';
  for (const piece of text.slice(at + 1).split(',')) {
    word = word === '' ? piece : `${word},${piece}`;
    const place = word.lastIndexOf('=');
    if (place < 0) continue;
    words.push([word.slice(0, place).trim(), word.slice(place + 1).trim()]);
    word = '';
  }
  if (words.length === 0 || word !== '' || words.some(([, value]) => value === ''))
    throw wrong(flagSource('mapValue'), { kind: 'pair', example: VALUE_EXAMPLE }, text);
  return [columnNamed(column)?.name ?? column, Object.fromEntries(words)];
}

/** Splits `a=b` at the first or last equals sign. A column name may contain equals signs too. */
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

/** Names an option by its flag, for error messages. */
export function flagSource(name: OptionName): RecipeSource {
  return { text: longFlag(OPTIONS[name].flags), option: name };
}
