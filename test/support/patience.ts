import { isLong } from './runs.ts';

/** A factor for the time limits of tests, for slow or busy machines. */
export const PATIENCE = Number(process.env['METRIKA_CALLS_PATIENCE'] ?? 1);

/** A test that takes this many milliseconds hangs. Even on a busy machine, others take far less. */
export const HUNG = 300_000 * PATIENCE * (isLong ? 4 : 1);
