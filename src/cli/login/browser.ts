/** Opens an address in the browser of the user, without a shell. */
import type { Environment } from '../io/io.ts';

/** The program that opens an address, and its arguments before the address. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['/usr/bin/open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
const USUAL_OPENER = ['xdg-open'] as const;

/**
 * Says whether a browser would appear before the eyes of the user. Over SSH, it would open on the
 * other machine. Without a display, a browser of text could take the terminal.
 */
export function hasBrowser(environment: Environment, platform = process.platform): boolean {
  if (environment['SSH_CONNECTION'] || environment['SSH_TTY']) return false;
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}

/**
 * Opens an address in the browser. Does not wait, and does not fail if no browser can be opened,
 * because the user can also copy the address.
 */
export function openInBrowser(
  address: string,
  environment: Environment,
  platform = process.platform,
): void {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const [program, ...before] = OPENERS[platform] ?? USUAL_OPENER;
  try {
    const child = spawn(program, [...before, address], {
      detached: true,
      stdio: 'ignore',
      shell: false,
      windowsHide: true,
      env: withoutOurs(environment),
    });
    child.once('error', () => undefined);
    child.unref();
  } catch {
    // Some systems report a missing program in this way.
  }
}

/** Returns the variables without those of this program. One of them may have a token. */
function withoutOurs(environment: Environment): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.toUpperCase().startsWith('METRIKA_')),
  );
}
