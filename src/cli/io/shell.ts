/** Which shell the lines to paste are for. */
import type { Shell } from '../../words/shell.ts';
import type { Environment } from './io.ts';

/** PowerShell puts folders of its own before those that the system has in this variable. */
const FOLDERS_OF_SYSTEM = 2;

/**
 * The shell in use, by what it leaves in the environment. On Windows nothing says it for certain; PowerShell is
 * the shell of new terminals there.
 */
export function shellInUse(platform: NodeJS.Platform, environment: Environment): Shell {
  if (platform !== 'win32') return 'posix';
  // Git Bash, MSYS2 and Cygwin.
  if (environment['MSYSTEM'] || environment['SHELL']) return 'posix';
  const folders = (environment['PSModulePath'] ?? '').split(';').filter(Boolean);
  if (folders.length > FOLDERS_OF_SYSTEM) return 'powershell';
  return environment['PROMPT'] === undefined ? 'powershell' : 'cmd';
}
