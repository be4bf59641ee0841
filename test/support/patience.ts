import { isLong } from './runs.ts';

/** How many times as long as usual a test may take: for a machine that is slow, or has much else to do. */
export const PATIENCE = Number(process.env['METRIKA_CALLS_PATIENCE'] ?? 1);

/** After so many milliseconds a test has hung. No test that goes on comes near it, also not on a busy machine. */
export const HUNG = 300_000 * PATIENCE * (isLong ? 4 : 1);
