/** Detects the user's shell, because suggested commands must fit this shell. */
import type { Shell } from '../../words/shell.ts';
import type { Environment } from './io.ts';

/** The number of folders that Windows puts into `PSModulePath`. PowerShell adds more. */
const FOLDERS_OF_SYSTEM = 2;

/**
 * Detects the shell from environment variables. On Windows, cmd and Git Bash always set a variable
 * that other shells do not set. PowerShell usually adds folders to `PSModulePath`. A child shell
 * also has the variables of its parent shell.
 *
 * @returns `unknown` if the variables of several shells are set; `powershell` if none are set
 */
export function shellInUse(platform: NodeJS.Platform, environment: Environment): Shell {
  if (platform !== 'win32') return 'posix';
  const folders = (environment['PSModulePath'] ?? '').split(';').filter(Boolean);
  const signs: Readonly<Record<Exclude<Shell, 'unknown'>, boolean>> = {
    // Git Bash, MSYS2 and Cygwin set these variables.
    posix: Boolean(environment['MSYSTEM'] || environment['SHELL']),
    powershell: folders.length > FOLDERS_OF_SYSTEM,
    cmd: environment['PROMPT'] !== undefined,
  };
  const shells = (['posix', 'powershell', 'cmd'] as const).filter((shell) => signs[shell]);
  return shells.length > 1 ? 'unknown' : (shells[0] ?? 'powershell');
}
