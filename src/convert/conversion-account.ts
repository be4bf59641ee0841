/**
 * Counts the records of an export by outcome: written, left out by a rule, joined to another leg,
 * or rejected.
 */

/** The reason why a record does not become a call. */
export type LeftOutReason = 'only' | 'skip' | 'other' | 'outgoing' | 'internal' | 'unidentified';

/** How many records had each outcome. `records` is the sum of all other numbers. */
export interface ConversionAccount {
  /** All records of the export, without the header. */
  records: number;
  /** Records that became calls. */
  written: number;
  /** Records that are the second or a later leg of a call. */
  legs: number;
  /**
   * Records with errors. A call with several legs counts as one record here. Its later legs are
   * counted in `legs`.
   */
  rejected: number;
  /** For each reason, the number of records that were left out. */
  readonly leftOut: Record<LeftOutReason, number>;
}

/** Returns the numbers before the first record is counted: all are 0. */
export function noAccount(): ConversionAccount {
  return {
    records: 0,
    written: 0,
    legs: 0,
    rejected: 0,
    leftOut: { only: 0, skip: 0, other: 0, outgoing: 0, internal: 0, unidentified: 0 },
  };
}
