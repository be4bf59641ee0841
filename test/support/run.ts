import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { onTestFinished } from 'vitest';
import type { OutputStream } from '../../src/cli/io/io.ts';
import { type Clock, systemClock } from '../../src/clock.ts';

/** How a run ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What standard input holds; nothing by default. */
  readonly input?: string | Uint8Array | undefined;
  /** The folder of the run; such a run must be alone in its process. */
  readonly cwd?: string;
  /** The clock of the machine by default. */
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** Is called with all that the run writes, before the run goes on. */
  readonly onWrite?: (text: string) => void;
}

/** Sentences in one line, so that a test finds them; a test of the width brings its own. */
export const WIDE = { COLUMNS: '1000' } as const;

/** Variables that Node reads itself, when it starts or behind our back. */
const OF_NODE = ['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'TMPDIR', 'TZ'];

/** Undoes what a run sets in the engine for the rest of its process (`engine-flags.ts`), which here goes on. */
const USUAL_ENGINE = ['--semi-space-growth-factor=2', '--wasm-dynamic-tiering', '--wasm-tier-up'];

/** A stream that keeps what is written. */
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

/** The runs that are under way in this process. */
let underWay = 0;

/**
 * Runs a command line as cron would, with next to no environment and no terminal, but inside this process. Files and
 * sockets are real. `run` of `process.ts` starts the built command instead, which takes twenty times as long.
 */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { env = {}, input, cwd, clock = systemClock, signal, onWrite } = options;
  const unfit = OF_NODE.find((name) => name in env);
  if (unfit !== undefined) throw new Error(`${unfit} needs a process of its own: test/processes`);
  if (cwd !== undefined && underWay > 0) throw new Error('a run in its own folder must be alone');
  // Loaded late: many tests need a folder and no command.
  const { main } = await import('../../src/cli/main.ts');
  const { languagesOf } = await import('../../src/cli/arguments/language.ts');
  const [stdout, stderr] = [new Kept(onWrite), new Kept(onWrite)];
  const before = process.cwd();
  underWay += 1;
  try {
    if (cwd !== undefined) process.chdir(cwd);
    const code = await main({
      arguments: args,
      environment: { ...WIDE, ...env },
      stdin: blocks(input),
      stdout,
      stderr,
      clock,
      random: Math.random,
      signal: signal ?? new AbortController().signal,
      secrets: new Set(),
      knownNumbers: new Set(),
      doneLines: [],
      ...(await languagesOf(args, env, 'posix')),
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

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
