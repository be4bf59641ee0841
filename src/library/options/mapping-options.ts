/** Defines the option `mapping`, for functions that accept a file of calls or an export. */
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';

/** The option `mapping`, for functions that accept a file of calls or an export. */
export interface MappingOptions {
  /**
   * A recipe that turns an export into calls before any other work. The keys of the recipe are the
   * same as in a file for `--mapping`.
   */
  readonly mapping?: SavedRecipe | undefined;
}
