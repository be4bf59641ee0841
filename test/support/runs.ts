/**
 * In the long suite, each property makes this many twentieths of its full number of tries. 0 means
 * the short suite. `npm run test:long` sets another value.
 */
const FACTOR = Number(process.env['METRIKA_CALLS_LONG'] ?? 0);

/** Whether this is the long suite. */
export const isLong = FACTOR > 0;

/**
 * Returns the number of tries of a property. The short suite makes a twentieth of the full number,
 * but at least 10 tries. The short suite runs on many machines, with different seeds. The long
 * suite makes `FACTOR` twentieths of the full number. A property that fails prints its seed and
 * path. With this seed and path, the failure can be reproduced.
 */
export function runs(full: number): { readonly numRuns: number } {
  return { numRuns: isLong ? (full * FACTOR) / 20 : Math.max(10, Math.ceil(full / 20)) };
}
