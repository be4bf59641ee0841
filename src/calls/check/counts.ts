/** The counts of the calls in a file. */

/** The names of the columns that say which visitor called. */
export type IdentifierName = 'UserId' | 'ClientId' | 'Yclid';

/** The counts on which the service's answer depends. */
export interface CallCounts {
  /** The number of records without the header. */
  records: number;
  /** The number of records with at least one error. */
  invalid: number;
  static: number;
  dynamic: number;
  /** The number of dynamic calls with an identifier that are recent enough to be linked. */
  linkable: number;
  /** The number of records that fill each identifier column. */
  readonly identifiers: Record<IdentifierName, number>;
}

/** The identifiers of a file with more digits than a spreadsheet keeps. */
export interface LongIdentifiers {
  long: number;
  /** The number of those that have only zeros after the digits a spreadsheet keeps. */
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
