import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { afterAll } from 'vitest';

/**
 * Counts the executions of blocks in our own code. Unlike a time, this number is the same on every
 * machine. Regular expressions and Node's own code are not counted. Lint ensures that the regular
 * expressions are linear.
 *
 * Only code that is loaded after the start of the counting is counted. The counting ends with the
 * test file.
 *
 * @returns a function that returns the work since its last call
 */
export async function countWork(): Promise<() => Promise<number>> {
  // Without this flag, code that another test file has loaded would come from the cache, and would
  // not be counted.
  setFlagsFromString('--no-compilation-cache');
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  // The counting makes code slow, so it ends with the test file.
  afterAll(async () => {
    await session.post('Profiler.stopPreciseCoverage');
    await session.post('Profiler.disable');
    session.disconnect();
    setFlagsFromString('--compilation-cache');
  });
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const own = result.filter(({ url }) => /\/src\/(?!words)/.test(url));
    const ranges = own.flatMap(({ functions }) => functions.flatMap((one) => one.ranges));
    return ranges.reduce((sum, { count }) => sum + count, 0);
  };
}
