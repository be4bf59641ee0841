/** The option of functions that accept a file of calls, or an export. */
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';

/** The option of functions that accept a file of calls, or an export. */
export interface MappingOptions {
  /** A recipe to convert the file first. Its keys are the same as in a file for `--mapping`. */
  readonly mapping?: SavedRecipe | undefined;
}
