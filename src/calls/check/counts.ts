/** The counts of the calls in a file. */

/** The names of the columns that identify the visitor who called. */
export type IdentifierName = 'UserId' | 'ClientId' | 'Yclid';

/** The counts of the records in a file. The sandbox puts some of them into its answers. */
export interface CallCounts {
  /** The number of records; the header is not counted. */
  records: number;
  /** The number of records with at least one error. */
  invalid: number;
  static: number;
  dynamic: number;
  /** The number of dynamic calls that have an identifier and are recent enough to be linked. */
  linkable: number;
  /** The number of records that fill each identifier column. */
  readonly identifiers: Record<IdentifierName, number>;
}

/**
 * The counts of long identifiers in a file. A long identifier has more digits than a spreadsheet
 * preserves.
 */
export interface LongIdentifiers {
  long: number;
  /**
   * The number of long identifiers that a spreadsheet has probably rounded: all digits that it does
   * not preserve are zeros.
   */
  rounded: number;
}

/** Returns the counts of a file without records. */
export function noCalls(): CallCounts {
  return {
    records: 0,
    invalid: 0,
    static: 0,
    dynamic: 0,
    linkable: 0,
    identifiers: { UserId: 0, ClientId: 0, Yclid: 0 },
  };
}
