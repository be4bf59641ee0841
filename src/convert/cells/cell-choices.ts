/** The choices of a recipe about single cells. */

/** The units in which a system may write durations. */
export const DURATION_UNITS = ['hours', 'minutes', 'seconds', 'milliseconds'] as const;

export type DurationUnit = (typeof DURATION_UNITS)[number];

/**
 * The ways to treat a cell with several phone numbers: report an error, or use the first number.
 */
export const SEVERAL_PHONES = ['error', 'first'] as const;

export type SeveralPhones = (typeof SEVERAL_PHONES)[number];
