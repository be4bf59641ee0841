import { isLong } from './runs.ts';

/** A factor for the time limits of tests, for slow or busy machines. */
export const PATIENCE = Number(process.env['METRIKA_CALLS_PATIENCE'] ?? 1);

/**
 * A test that takes longer than this time hangs. The time is in milliseconds. Even on a busy
 * machine, a working test takes far less time.
 */
export const HUNG = 300_000 * PATIENCE * (isLong ? 4 : 1);
