import { isLong } from './runs.ts';

/** A factor for the time limits of tests, for slow or busy machines. */
export const PATIENCE = Number(process.env['METRIKA_CALLS_PATIENCE'] ?? 1);

/**
 * The time after which a test counts as hanging, in milliseconds. Even on a busy machine, a test
 * takes far less.
 */
export const HUNG = 300_000 * PATIENCE * (isLong ? 4 : 1);
