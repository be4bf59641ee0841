import { FakeClock } from './fake-clock.ts';
import { type Ended, run, type RunOptions } from './run.ts';

/** Runs a command line in this process with a fake clock, so that pauses take no time. */
export async function runHere(
  args: readonly string[],
  { clock = new FakeClock(), ...options }: RunOptions = {},
): Promise<Ended> {
  return await run(args, { clock, ...options });
}

/**
 * Runs a command line, and returns everything that the run writes. By default, the run has a token,
 * and its fake clock starts at the current time.
 */
export async function said(
  words: readonly string[],
  {
    env = { METRIKA_TOKEN: 'y0_AgAAAABkT0KeNsEcReT1234567890abcdefGHIJKL' },
    ...rest
  }: RunOptions = {},
): Promise<{ code: number | null; text: string; stdout: string }> {
  const ended = await runHere(words, { env, clock: new FakeClock(Date.now()), ...rest });
  return { code: ended.code, text: ended.stdout + ended.stderr, stdout: ended.stdout };
}
