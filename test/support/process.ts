import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { PATIENCE } from './patience.ts';
import { type Ended, NO_HOME, type RunOptions as RunOptionsHere, WIDE } from './run.ts';

export interface RunOptions extends Pick<RunOptionsHere, 'env' | 'input' | 'cwd'> {
  /** Leaves standard input open, like a pipe without any data. */
  readonly stdin?: 'pipe';
}

export const BIN = fileURLToPath(new URL('../../bin/metrika-calls.js', import.meta.url));

const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

/** The options of Node that let a program read files, but not write files or start threads. */
export const READ_ONLY = `${PERMISSION} --allow-fs-read=*`;

/** Runs the built command as cron would: with almost no environment and no terminal. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return await start(args, options).ended;
}

/** A run that has not ended yet. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Waits until the run has written this text to standard error. */
  readonly said: (text: string) => Promise<void>;
}

/** Starts the built command, and does not wait for its end. */
export function start(
  args: readonly string[],
  { env = {}, input, cwd, stdin }: RunOptions = {},
): Started {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: cwd ?? process.cwd(),
    env: { PATH: process.env['PATH'] ?? '', ...WIDE, ...NO_HOME, ...env },
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
  const said = async (text: string): Promise<void> => {
    while (!Buffer.concat(err).toString().includes(text)) {
      if (child.exitCode !== null) throw new Error(`it ended, and never said ${text}`);
      await pause();
    }
  };
  return { child, ended, said };
}

/**
 * Waits until a run listens for signals. An earlier signal would end the run without any output.
 */
export async function listensForSignals({ child }: Started): Promise<void> {
  if (process.platform !== 'linux') {
    // Other systems do not show whether a run listens. So the run gets much more time than it needs
    // to start.
    await new Promise((resolve) => setTimeout(resolve, 5000 * PATIENCE));
    return;
  }
  // Node itself always catches SIGINT and SIGTERM, so only SIGHUP shows that the run listens.
  const hangUp = 1n << BigInt(constants.signals.SIGHUP - 1);
  for (;;) {
    const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
    const caught = /^SigCgt:\s*([\da-f]+)$/m.exec(status)?.[1] ?? '0';
    if ((BigInt(`0x${caught}`) & hangUp) !== 0n) return;
    await pause();
  }
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 10));
}
