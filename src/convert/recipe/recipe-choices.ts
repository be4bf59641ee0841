/** The possible values of the recipe keys that select or treat records. */

/** The ways to treat a call without an identifier. */
export const UNIDENTIFIED = ['error', 'static', 'skip'] as const;

/** The calls to convert: only incoming calls, or all calls. */
export const DIRECTIONS = ['in', 'all'] as const;

/** The ways to treat legs: join them to one call, or make each a separate call. */
export const LEGS = ['join', 'keep'] as const;
