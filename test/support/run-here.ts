import { languagesOf } from '../../src/cli/arguments/language.ts';
import type { OutputStream } from '../../src/cli/io/io.ts';
import { main } from '../../src/cli/main.ts';
import type { Clock } from '../../src/clock.ts';
import { FakeClock } from './fake-clock.ts';
import { type Ended, WIDE } from './run.ts';

/** What a run inside this process gets. */
export interface RunHereOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly input?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/** A stream that keeps what is written. */
class Kept implements OutputStream {
  readonly isTTY = false;
  text = '';

  write(text: string): boolean {
    this.text += text;
    return true;
  }
}

/**
 * Runs a command line inside this process, over real sockets and files, on a clock that the test brings:
 * pauses of a minute take no time.
 */
export async function runHere(
  args: readonly string[],
  { env = {}, clock = new FakeClock(), input, signal }: RunHereOptions = {},
): Promise<Ended> {
  const [stdout, stderr] = [new Kept(), new Kept()];
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
}

async function* blocks(input: string | Uint8Array | undefined): AsyncIterable<Uint8Array> {
  if (input !== undefined) yield await Promise.resolve(Buffer.from(input));
}
