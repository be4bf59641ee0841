import { Session } from 'node:inspector/promises';

/**
 * Counts the work of our own code: how often its blocks are run. It is the same on every machine, unlike a
 * time. Regular expressions and Node's own code are not counted; that the former are linear is held by lint.
 *
 * Only code that is loaded after the counting has begun is counted.
 *
 * @returns gives the work since it was last asked
 */
export async function countWork(): Promise<() => Promise<number>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const own = result.filter(({ url }) => /\/src\/(?!words)/.test(url));
    const ranges = own.flatMap(({ functions }) => functions.flatMap((one) => one.ranges));
    return ranges.reduce((sum, { count }) => sum + count, 0);
  };
}
