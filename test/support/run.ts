import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { onTestFinished } from 'vitest';
import type { OutputStream } from '../../src/cli/io/io.ts';
import { type Clock, systemClock } from '../../src/clock.ts';

/** The result of a run. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The content of standard input; empty by default. */
  readonly input?: string | Uint8Array | undefined;
  /** The working folder. A run with this option must be the only active run in this process. */
  readonly cwd?: string;
  /** The clock. The default is the clock of the machine. */
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** Receives each text that the run writes, before the run continues. */
  readonly onWrite?: (text: string) => void;
}

/**
 * A very large width, so that sentences have no line breaks and tests can find them. Tests of the
 * width override this value.
 */
export const WIDE = { COLUMNS: '1000' } as const;

/** A home folder that cannot exist, so that no run reads or writes the settings of the person who tests. */
export const NO_HOME = { HOME: '/dev/null/home' } as const;

/** Variables that Node itself reads. A run in this process cannot change them. */
const OF_NODE = ['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'TMPDIR', 'TZ'];

/**
 * These flags undo the flags of `engine-flags.ts`. A run changes the flags of the whole process.
 * The process continues after the run, so it needs its usual flags again.
 */
const USUAL_ENGINE = ['--semi-space-growth-factor=2', '--wasm-dynamic-tiering', '--wasm-tier-up'];

/** A stream that stores the text. */
class Kept implements OutputStream {
  readonly isTTY = false;
  readonly #onWrite: ((text: string) => void) | undefined;
  text = '';

  constructor(onWrite: ((text: string) => void) | undefined) {
    this.#onWrite = onWrite;
  }

  write(text: string): boolean {
    this.text += text;
    this.#onWrite?.(text);
    return true;
  }
}

/** The number of active runs in this process. */
let underWay = 0;

/**
 * Runs a command line in this process, with almost no environment and no terminal, like cron. Files
 * and sockets are real. The function `run` of `process.ts` runs the built command, and takes twenty
 * times as long.
 */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { env = {}, input, cwd, clock = systemClock, signal, onWrite } = options;
  const unfit = OF_NODE.find((name) => name in env);
  if (unfit !== undefined) throw new Error(`${unfit} needs a process of its own: test/processes`);
  if (cwd !== undefined && underWay > 0) throw new Error('a run in its own folder must be alone');
  // These modules are loaded only when a command runs, because many tests only need a folder.
  const { main } = await import('../../src/cli/main.ts');
  const { languagesOf } = await import('../../src/cli/arguments/language.ts');
  const { settingLanguage } = await import('../../src/cli/settings/settings-language.ts');
  const [stdout, stderr] = [new Kept(onWrite), new Kept(onWrite)];
  // The working folder of a test may be gone.
  const before = cwd === undefined ? '' : process.cwd();
  underWay += 1;
  try {
    if (cwd !== undefined) process.chdir(cwd);
    const environment = { ...WIDE, ...NO_HOME, ...env };
    const setting = () => settingLanguage(args, environment);
    const code = await main({
      arguments: args,
      environment,
      stdin: blocks(input),
      stdout,
      stderr,
      clock,
      random: Math.random,
      signal: signal ?? new AbortController().signal,
      secrets: new Set(),
      knownNumbers: new Set(),
      doneLines: [],
      ...(await languagesOf(args, env, { shell: 'posix', setting })),
    });
    return { code, stdout: stdout.text, stderr: stderr.text };
  } finally {
    underWay -= 1;
    for (const flag of USUAL_ENGINE) setFlagsFromString(flag);
    if (cwd !== undefined) process.chdir(before);
  }
}

async function* blocks(input: string | Uint8Array | undefined): AsyncIterable<Uint8Array> {
  if (input !== undefined) yield await Promise.resolve(Buffer.from(input));
}

/** Creates a folder that is deleted after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
