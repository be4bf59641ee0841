/** Multiplies the tries of each property; 0 in the short suite. `npm run test:long` sets it. */
const FACTOR = Number(process.env['METRIKA_CALLS_LONG'] ?? 0);

/** Whether this is the long suite. */
export const isLong = FACTOR > 0;

/**
 * Returns the number of tries of a property. The short suite makes a twentieth of the full number.
 * The long suite makes `FACTOR` times as many tries as the short suite. The short suite runs on
 * many machines, with different seeds. A property that fails prints its seed and path, which
 * reproduce the failure.
 */
export function runs(full: number): { readonly numRuns: number } {
  return { numRuns: isLong ? (full * FACTOR) / 20 : Math.max(10, Math.ceil(full / 20)) };
}
