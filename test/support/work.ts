import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { afterAll } from 'vitest';

/**
 * Counts the work of our own code: how often its blocks are run. It is the same on every machine, unlike a
 * time. Regular expressions and Node's own code are not counted; that the former are linear is held by lint.
 *
 * Only code that is loaded after the counting has begun is counted. The counting ends with the file of tests.
 *
 * @returns gives the work since it was last asked
 */
export async function countWork(): Promise<() => Promise<number>> {
  // Code that another file of tests has loaded before would be taken from there, where it does not count.
  setFlagsFromString('--no-compilation-cache');
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  // Counted code is slow.
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
