/** Detects the shell that suggested commands are written for. */
import type { Shell } from '../../words/shell.ts';
import type { Environment } from './io.ts';

/** The number of folders that Windows sets in `PSModulePath`. PowerShell adds its own. */
const FOLDERS_OF_SYSTEM = 2;

/**
 * Guesses the shell from the environment variables that it sets. On Windows none of them is
 * certain, so the fallback is PowerShell, the default of new terminals there.
 */
export function shellInUse(platform: NodeJS.Platform, environment: Environment): Shell {
  if (platform !== 'win32') return 'posix';
  // Git Bash, MSYS2 and Cygwin.
  if (environment['MSYSTEM'] || environment['SHELL']) return 'posix';
  const folders = (environment['PSModulePath'] ?? '').split(';').filter(Boolean);
  if (folders.length > FOLDERS_OF_SYSTEM) return 'powershell';
  return environment['PROMPT'] === undefined ? 'powershell' : 'cmd';
}
