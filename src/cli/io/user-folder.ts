/** Finds the folder of the user's own settings and of the stored token. */
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ownValue } from '../../words/own-value.ts';
import type { Environment } from './io.ts';

const NAME = 'metrika-calls';

/**
 * Returns the absolute path of the user's folder. The folder may not exist.
 *
 * On Windows, this is `%APPDATA%\metrika-calls`. On other systems, it is
 * `$XDG_CONFIG_HOME/metrika-calls`, or `~/.config/metrika-calls`. As the XDG specification asks, a
 * variable with a relative path is ignored: https://specifications.freedesktop.org/basedir-spec/
 */
export function userFolder(environment: Environment, platform = process.platform): string {
  const base = ownValue(environment, platform === 'win32' ? 'APPDATA' : 'XDG_CONFIG_HOME');
  if (base !== undefined && isAbsolute(base)) return join(base, NAME);
  const usual = platform === 'win32' ? ['AppData', 'Roaming'] : ['.config'];
  return join(homeFolder(environment), ...usual, NAME);
}

/**
 * Returns the user's home folder: the variable HOME, or the home folder that the system knows. An
 * empty or relative HOME is ignored. Otherwise, the working folder would become the home folder.
 */
export function homeFolder(environment: Environment): string {
  const home = ownValue(environment, 'HOME');
  return [home, homedir(), homeOfAccount()].find((path) => !!path && isAbsolute(path)) ?? NOWHERE;
}

/** A path that cannot have files, for an account without a home folder. */
const NOWHERE = '/dev/null';

function homeOfAccount(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    // The account may have no entry in the system, for example in a container.
    return undefined;
  }
}
