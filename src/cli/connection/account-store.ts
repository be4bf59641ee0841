/** Opens the folder with the stored token for one run. */
import { fileWord } from '../../words/shell.ts';
import { TokenStore } from '../account/token-store.ts';
import type { CommandContext } from '../arguments/command.ts';
import { userFolder } from '../io/user-folder.ts';

/** Opens the folder. Says which of its files others could read until now. */
export function openStore({ io, output }: Pick<CommandContext, 'io' | 'output'>): TokenStore {
  const { requests, signIn } = output.words.screens;
  return new TokenStore(userFolder(io.environment), (path, isClosed) => {
    const command = `chmod go-rwx ${fileWord(path, 'posix') ?? 'FILE'}`;
    output.warn(isClosed ? signIn.closedToOthers(path) : requests.openTokenFile(command));
  });
}
