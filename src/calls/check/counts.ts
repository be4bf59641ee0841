/** What the calls of a file add up to. */

/** The names of the columns that say which visitor called. */
export type IdentifierName = 'UserId' | 'ClientId' | 'Yclid';

/** What the calls of a file are, as far as the service's answer depends on it. */
export interface CallCounts {
  /** Records without the header. */
  records: number;
  /** Records with at least one error. */
  invalid: number;
  static: number;
  dynamic: number;
  /** Dynamic calls with an identifier that are young enough to be linked. */
  linkable: number;
  /** How many records fill each of the identifier columns. */
  readonly identifiers: Record<IdentifierName, number>;
}

/** The identifiers of a file that have more digits than a spreadsheet keeps. */
export interface LongIdentifiers {
  long: number;
  /** Those of them that have only zeros after the digits that are kept. */
  rounded: number;
}

/** The counts of a file before its first record. */
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
