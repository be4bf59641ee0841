import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { BIN } from './process.ts';
import { NO_HOME } from './run.ts';

/** Whether the system has the `script` command, which provides a terminal. */
export const HAS_TERMINAL = process.platform === 'linux';

type Variables = Readonly<Record<string, string>>;

/**
 * Runs the command on its own terminal.
 *
 * @param columns the width of the terminal
 * @returns everything that was written to the terminal
 */
export function onTerminal(
  args: readonly string[],
  env: Variables,
  { columns = 80 }: { readonly columns?: number } = {},
): string {
  const line = `stty cols ${String(columns)}; ${lineOf(args)}`;
  const ended = spawnSync('script', ['-qec', line, '/dev/null'], {
    env: environmentWith(env),
    encoding: 'utf8',
  });
  return ended.stdout;
}

/**
 * Runs the command on a terminal, and ends it with SIGTERM.
 *
 * @param shown the signal is sent when this text appears on the terminal
 * @returns everything that was written to the terminal
 */
export async function endedOnTerminal(
  args: readonly string[],
  env: Variables,
  shown: string,
): Promise<string> {
  // The shell prints its process id. With `exec`, the command keeps that id.
  const line = `stty cols 80; echo "id $$"; exec ${lineOf(args)}`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    env: environmentWith(env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seen = '';
  let isEnded = false;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    seen += text;
    const [, id] = /^id (\d+)/m.exec(seen) ?? [];
    if (id === undefined || isEnded || !seen.includes(shown)) return;
    isEnded = true;
    process.kill(Number(id), 'SIGTERM');
  });
  await once(child, 'close');
  return seen;
}

/** Keys to press, or a function that returns them for the text on the screen. */
type Keys = string | ((screen: string) => string);

/** Runs the command on a terminal. Presses each key as soon as the expected text appears. */
export async function conversation(
  words: readonly string[],
  steps: readonly (readonly [shown: string, keys: Keys])[],
  cwd: string,
  variables: Variables = {},
): Promise<{ readonly screen: string; readonly code: number | null }> {
  const child: ChildProcess = spawn(
    'script',
    ['-qec', `stty cols 100 rows 40; ${lineOf(words)}`, '/dev/null'],
    {
      cwd,
      env: environmentWith({ LC_ALL: 'C.UTF-8', NO_COLOR: '1', ...variables }),
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  let screen = '';
  let from = 0;
  let next = 0;
  child.stdout?.setEncoding('utf8');
  child.stdout?.on('data', (text: string) => {
    screen += text;
    for (let [shown, keys] = steps[next] ?? []; shown !== undefined;) {
      const at = screen.indexOf(shown, from);
      if (at < 0) return;
      from = at + shown.length;
      next += 1;
      child.stdin?.write(typeof keys === 'function' ? keys(screen) : (keys ?? ''));
      [shown, keys] = steps[next] ?? [];
    }
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { screen, code };
}

function lineOf(args: readonly string[]): string {
  return [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(' ');
}

function environmentWith(env: Variables): Variables {
  return { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...NO_HOME, ...env };
}
