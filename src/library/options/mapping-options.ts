/** The option of functions that accept an export as well as a file of calls. */
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';

/** The option of functions that accept an export as well as a file of calls. */
export interface MappingOptions {
  /** The recipe for converting the file first. It has the keys of a file for `--mapping`. */
  readonly mapping?: SavedRecipe | undefined;
}
