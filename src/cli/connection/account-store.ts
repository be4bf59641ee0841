/** Opens the folder with the stored token for one run. */
import { TokenStore } from '../account/token-store.ts';
import type { CommandContext } from '../arguments/command.ts';
import { userFolder } from '../io/user-folder.ts';

/** Opens the folder. Says which of its files others could read until now. */
export function openStore({ io, output }: Pick<CommandContext, 'io' | 'output'>): TokenStore {
  return new TokenStore(userFolder(io.environment), (path) => {
    output.warn(output.words.screens.signIn.closedToOthers(path));
  });
}
