/** Detects the shell that suggested commands are written for. */
import type { Shell } from '../../words/shell.ts';
import type { Environment } from './io.ts';

/** The number of folders that Windows puts into `PSModulePath`. PowerShell adds more. */
const FOLDERS_OF_SYSTEM = 2;

/**
 * Guesses the shell from environment variables. On Windows, no variable identifies the shell with
 * certainty. If none gives a hint, the guess is PowerShell, the default of new terminals.
 */
export function shellInUse(platform: NodeJS.Platform, environment: Environment): Shell {
  if (platform !== 'win32') return 'posix';
  // Git Bash, MSYS2 and Cygwin set these variables.
  if (environment['MSYSTEM'] || environment['SHELL']) return 'posix';
  const folders = (environment['PSModulePath'] ?? '').split(';').filter(Boolean);
  if (folders.length > FOLDERS_OF_SYSTEM) return 'powershell';
  return environment['PROMPT'] === undefined ? 'powershell' : 'cmd';
}
