import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

/** How a run of the built command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array | undefined;
  readonly cwd?: string;
  /** Leaves standard input open, as a pipe that nobody writes to. */
  readonly stdin?: 'pipe';
}

export const BIN = fileURLToPath(new URL('../../bin/metrika-calls.js', import.meta.url));

const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

/** Options of Node under which a program may read files, and neither write any nor start threads. */
export const READ_ONLY = `${PERMISSION} --allow-fs-read=*`;

/** Sentences in one line, so that a test finds them; a test of the width brings its own. */
export const WIDE = { COLUMNS: '1000' } as const;

/** Runs the built command as cron would: with next to no environment and no terminal. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return await start(args, options).ended;
}

/** Starts the built command and leaves it running. */
export function start(
  args: readonly string[],
  { env = {}, input, cwd, stdin }: RunOptions = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended>; stderr(): string } {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: cwd ?? process.cwd(),
    env: { PATH: process.env['PATH'] ?? '', ...WIDE, ...env },
    stdio: [input === undefined && stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin?.on('error', () => undefined);
  if (input !== undefined) child.stdin?.end(input);
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      resolve({
        code,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
      });
    });
  });
  return { child, ended, stderr: () => Buffer.concat(err).toString() };
}

const folders: string[] = [];

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-test-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
