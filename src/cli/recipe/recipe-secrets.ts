/** Warns about secrets in a recipe that was saved. */
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';
import { hasSecrets } from '../../safe-text/address-text.ts';
import { maskedName } from '../../safe-text/masking.ts';
import type { CommandContext } from '../arguments/command.ts';

/**
 * Warns if a saved recipe has the address of a joined file, and the address contains a secret that
 * gives access to that file. People share recipes, so they must know about the secret.
 *
 * @param path the file of the recipe
 */
export function warnOfSecrets(
  { join }: SavedRecipe,
  path: string,
  { output }: Pick<CommandContext, 'output'>,
): void {
  if (join === undefined || !hasSecrets(join)) return;
  output.warn(output.words.screens.convert.secretSaved(maskedName(path)));
}
