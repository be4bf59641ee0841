/** Reads the recipe that a program passes to the library. */
import type { FileChecker } from '../calls/check/check-file.ts';
import type { Recipe } from '../convert/recipe/recipe.ts';
import type { SavedRecipe } from '../convert/recipe/recipe-keys.ts';
import type { RecipeSource } from '../convert/recipe/recipe-parsers.ts';
import { joinedFile, mappedColumns, recipeFrom } from '../convert/recipe/saved-recipe.ts';
import { convertingChecker } from './check-converted.ts';
import type { ReadingOptions } from './options/check-options.ts';
import {
  type NamesOptions,
  type RECIPE_KEYS,
  sourceInMapping,
  sourceOf,
} from './options/front-door.ts';
import type { MappingOptions } from './options/mapping-options.ts';
import { openFile } from './source.ts';

/**
 * Builds a recipe from a saved recipe. Reads the joined file, if there is one.
 *
 * @param saved a recipe that `admitted` has already checked
 * @param nameOf returns the name of a key, for messages
 * @throws Failure (exit 2) if the recipe or the joined file is wrong
 */
export async function recipeOf(
  saved: SavedRecipe,
  options: ReadingOptions & { readonly showValues?: boolean | undefined },
  nameOf: NamesOptions = sourceOf,
): Promise<Recipe> {
  const source = (key: (typeof RECIPE_KEYS)[number]): RecipeSource => nameOf(key);
  const recipe = recipeFrom(saved, source);
  const { join, joinColumns } = saved;
  const mapped = mappedColumns(joinColumns, source('joinColumns'));
  if (join === undefined) return { ...recipe, joined: undefined };
  return {
    ...recipe,
    joined: await joinedFile(join, {
      region: recipe.region,
      mapped,
      showValues: options.showValues ?? false,
      open: (name) => openFile(name, options),
    }),
  };
}

/** @returns a check that converts the export first; `undefined` without a recipe */
export async function checkerFor(
  options: MappingOptions & ReadingOptions & { readonly showValues?: boolean | undefined },
): Promise<FileChecker | undefined> {
  const { mapping } = options;
  return mapping === undefined
    ? undefined
    : convertingChecker(await recipeOf(mapping, options, sourceInMapping));
}
