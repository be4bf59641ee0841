import { spawnSync } from 'node:child_process';
import { BIN } from './run.ts';

/** Where there is `script`, which lends a terminal. */
export const HAS_TERMINAL = process.platform === 'linux';

/**
 * Runs the command on a terminal of its own.
 *
 * @param columns the width of the terminal
 * @returns all that the terminal was sent
 */
export function onTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { columns = 80, cwd = process.cwd() }: { readonly columns?: number; readonly cwd?: string } = {},
): string {
  const words = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(' ');
  const line = `stty cols ${String(columns)}; ${words}`;
  const ended = spawnSync('script', ['-qec', line, '/dev/null'], {
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...env },
    encoding: 'utf8',
    cwd,
  });
  return ended.stdout;
}
