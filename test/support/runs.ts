/** `npm run test:long` sets it: how many times as much a property is tried. */
const FACTOR = Number(process.env['METRIKA_CALLS_LONG'] ?? 0);

/** Whether this is the long suite. */
export const isLong = FACTOR > 0;

/**
 * How often a property is tried: all the times in the long suite, a twentieth of them in the short one, which
 * many machines run with other seeds. A property that fails prints its seed and its path, with which it fails again.
 */
export function runs(full: number): { readonly numRuns: number } {
  return { numRuns: isLong ? (full * FACTOR) / 20 : Math.max(10, Math.ceil(full / 20)) };
}
