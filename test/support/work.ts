import { Session } from 'node:inspector/promises';

/**
 * How much work something does: how often the blocks of our own code were run meanwhile. It is the same on every
 * machine, unlike a time. Regular expressions and Node's own code are not counted; that the former are linear is
 * held by lint.
 */
export async function workOf(work: () => Promise<unknown>): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    await work();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const own = result.filter(({ url }) => url.includes('/src/'));
    const ranges = own.flatMap(({ functions }) => functions.flatMap((one) => one.ranges));
    return ranges.reduce((sum, { count }) => sum + count, 0);
  } finally {
    await session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}
