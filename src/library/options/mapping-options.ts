/** The option of functions that accept an export as well as a file of calls. */
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';

/** The option of functions that accept an export as well as a file of calls. */
export interface MappingOptions {
  /** A recipe to convert the file first. Its keys are the same as in a file for `--mapping`. */
  readonly mapping?: SavedRecipe | undefined;
}
