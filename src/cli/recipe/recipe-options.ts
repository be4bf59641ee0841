/** Says which options a recipe decides, so that weaker settings do not change a recipe silently. */
import { readRecipeFile } from '../../convert/recipe/recipe-file.ts';
import type { OptionName } from '../arguments/options.ts';
import { ADDING_OPTION_OF, OPTION_OF } from './recipe.ts';

/** A recipe says completely what the columns are, so settings add nothing to that. */
const ALWAYS: readonly OptionName[] = ['preset', 'columns', 'map'];

/**
 * Returns the options that a recipe file decides: those whose keys it has, and those about the
 * columns of the export.
 *
 * @throws Failure `mapping-invalid` (exit 2) if the recipe cannot be read
 */
export async function optionsOfRecipe(path: string): Promise<ReadonlySet<OptionName>> {
  const recipe = await readRecipeFile(path);
  const stated = new Set(
    Object.entries(recipe).flatMap(([key, value]) => (value === undefined ? [] : [key])),
  );
  const options = Object.entries({ ...OPTION_OF, ...ADDING_OPTION_OF }).flatMap(([key, option]) =>
    stated.has(key) ? [option] : [],
  );
  return new Set<OptionName>([...ALWAYS, ...options]);
}
