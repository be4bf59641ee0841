/** The possible values of the recipe keys that select or treat records. */

/** The ways to treat a call without an identifier. */
export const UNIDENTIFIED = ['error', 'static', 'skip'] as const;

/** The calls to convert: only incoming calls, or all calls. */
export const DIRECTIONS = ['in', 'all'] as const;

/**
 * The ways to treat legs: join the legs of a call into one call, or make each leg a separate call.
 */
export const LEGS = ['join', 'keep'] as const;
