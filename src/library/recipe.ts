/** The recipe that a program gives. */
import type { FileChecker } from '../calls/check/check-file.ts';
import type { Recipe } from '../convert/recipe/recipe.ts';
import type { RecipeSource } from '../convert/recipe/recipe-parsers.ts';
import {
  joinedFile,
  mappedColumns,
  recipeFrom,
  type SavedRecipe,
} from '../convert/recipe/saved-recipe.ts';
import { convertingChecker } from './check-converted.ts';
import {
  type NamesOptions,
  type RECIPE_KEYS,
  sourceInMapping,
  sourceOf,
} from './options/front-door.ts';

/** How a function takes an export in place of a file of calls. */
export interface MappingOptions {
  /** Makes calls of an export first; the keys are those of a file for `--mapping`. */
  readonly mapping?: SavedRecipe | undefined;
}

/**
 * @param saved a recipe that was admitted
 * @param nameOf how its keys are called in messages
 * @throws Failure (exit 2) when the recipe is wrong, or the file that it joins
 */
export async function recipeOf(
  saved: SavedRecipe,
  { showValues = false }: { readonly showValues?: boolean | undefined },
  nameOf: NamesOptions = sourceOf,
): Promise<Recipe> {
  const source = (key: (typeof RECIPE_KEYS)[number]): RecipeSource => nameOf(key);
  const made = recipeFrom(saved, source);
  const { join, joinColumns } = saved;
  const mapped = mappedColumns(joinColumns, source('joinColumns'));
  if (join === undefined) return { ...made, joined: undefined };
  return { ...made, joined: await joinedFile(join, { region: made.region, mapped, showValues }) };
}

/** @returns the check of an export; `undefined` without a recipe */
export async function checkerFor(
  options: MappingOptions & { readonly showValues?: boolean | undefined },
): Promise<FileChecker | undefined> {
  const { mapping } = options;
  return mapping === undefined
    ? undefined
    : convertingChecker(await recipeOf(mapping, options, sourceInMapping));
}
