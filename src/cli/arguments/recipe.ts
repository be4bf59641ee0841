/** The recipe of a conversion: a saved one, overridden by options. */
import { type ColumnName, columnNamed } from '../../calls/columns/columns.ts';
import type { Recipe } from '../../convert/recipe.ts';
import { readRecipeFile } from '../../convert/recipe-file.ts';
import { readColumn, wrong } from '../../convert/recipe-parsers.ts';
import { joinedFile, recipeFrom } from '../../convert/saved-recipe.ts';
import { longFlag } from './option.ts';
import { OPTIONS, type OptionValues, type RECIPE } from './options.ts';

type RecipeOptions = OptionValues<(typeof RECIPE)[number]>;

/** The options that stand for one key of a saved recipe each. */
const OPTION_OF = {
  preset: 'preset',
  sourceColumns: 'columns',
  timezone: 'timezone',
  dateFormat: 'dateFormat',
  defaultRegion: 'defaultRegion',
} as const;

/**
 * Puts a recipe together: an option outranks the key of a saved recipe.
 *
 * @throws Failure (exit 2) that names the option, or the key of the saved recipe
 */
export async function recipeOf(options: RecipeOptions): Promise<Recipe> {
  const { mapping, join, joinOn } = options;
  const saved = mapping === undefined ? {} : await readRecipeFile(mapping);
  const made = recipeFrom(
    {
      columns: saved.columns,
      set: saved.set,
      preset: options.preset ?? saved.preset,
      sourceColumns: options.columns ?? saved.sourceColumns,
      timezone: options.timezone ?? saved.timezone,
      dateFormat: options.dateFormat ?? saved.dateFormat,
      defaultRegion: options.defaultRegion ?? saved.defaultRegion,
    },
    (key) => {
      if (key === 'columns' || key === 'set') return `${key} of ${mapping ?? ''}`;
      const option = OPTION_OF[key];
      return options[option] === undefined
        ? `${key} of ${mapping ?? ''}`
        : longFlag(OPTIONS[option].flags);
    },
  );
  if (joinOn !== undefined && columnNamed(joinOn)?.name !== 'PhoneNumber') {
    throw wrong('--join-on', { kind: 'join-column' }, joinOn);
  }
  return {
    ...made,
    mapped: new Map([...made.mapped, ...options.map.map(mappedColumn)]),
    constants: new Map([...made.constants, ...options.set.map(constant)]),
    joined: join === undefined ? undefined : await joinedFile(join, made.region),
  };
}

function mappedColumn(pair: string): [ColumnName, string] {
  const [source, target] = splitPair(pair, '--map', '"Call date=DateTime"', 'last');
  return [readColumn(target, '--map'), source];
}

function constant(pair: string): [ColumnName, string] {
  const [target, value] = splitPair(pair, '--set', 'Currency=RUB', 'first');
  return [readColumn(target, '--set'), value];
}

/** Splits `a=b`; the names of foreign columns may hold an equals sign themselves. */
function splitPair(
  pair: string,
  flag: string,
  example: string,
  at: 'first' | 'last',
): [string, string] {
  const place = at === 'first' ? pair.indexOf('=') : pair.lastIndexOf('=');
  const [left, right] = [pair.slice(0, place).trim(), pair.slice(place + 1).trim()];
  if (place > 0 && left !== '' && (right !== '' || at === 'first')) return [left, right];
  throw wrong(flag, { kind: 'pair', example }, pair);
}
