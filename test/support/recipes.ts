import type { Conversion, ConvertOptions } from '../../src/convert/conversion.ts';
import { convertTable } from '../../src/convert/convert-calls.ts';
import type { Recipe } from '../../src/convert/recipe/recipe.ts';
import type { SavedRecipe } from '../../src/convert/recipe/recipe-keys.ts';
import { recipeFrom } from '../../src/convert/recipe/saved-recipe.ts';
import type { OpenBytes } from '../../src/csv/table.ts';

/** Creates a recipe from a saved recipe, without its joined file. */
export function recipeOf(saved: SavedRecipe = {}): Recipe {
  return { ...recipeFrom(saved, (key) => ({ text: key })), joined: undefined };
}

/** Converts an export. Returns the result and the text of the calls. */
export async function converted(
  open: OpenBytes,
  recipe: Recipe,
  options: Omit<ConvertOptions, 'previewed'> & { readonly previewed?: number },
): Promise<Conversion & { readonly text: string }> {
  let text = '';
  const sink = {
    begin: () => {
      text = '';
    },
    write: (bytes: Uint8Array) => {
      text += Buffer.from(bytes).toString();
    },
  };
  const conversion = await convertTable(open, recipe, { previewed: 0, ...options }, sink);
  return { ...conversion, text };
}
