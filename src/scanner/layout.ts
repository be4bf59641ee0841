// Constants that the scanner and its host share. Both AssemblyScript and TypeScript compile this
// file, so it contains only numbers.

/** The shapes of columns. */
export const TEXT = 0;
export const USER_ID = 1;
export const CLIENT_ID = 2;
export const YCLID = 3;
export const DATE_TIME = 4;
export const STATIC_CALL = 5;
export const PRICE = 6;
export const CURRENCY = 7;
export const PHONE_NUMBER = 8;
export const TALK_DURATION = 9;
export const DURATION = 10;
export const CALL_MISSED = 11;
export const FLAG = 12;
export const WEB_ADDRESS = 13;

/** The maximum number of columns. Records with more columns go to the full check. */
export const MOST_COLUMNS = 1024;

/** The scanner always finds two equal records that are at most this number of records apart. */
export const DUPLICATE_WINDOW = 262_144;

// The layout of the shared memory, in bytes from its beginning.

/** The shapes of the columns, one byte each. */
export const COLUMNS_AT = 0;
/** The known currencies, four bytes each. */
export const CURRENCIES_AT = 1024;
/** The counts of a scan, four bytes each, in the order of `RECORDS` to `LINE_FEEDS` below. */
export const TALLY_AT = 8192;
/** Records that were read, but not yet compared with earlier records. */
export const PENDING_AT = 16_384;
/** One canonical record. */
export const CANONICAL_AT = 65_536;
/**
 * The bytes to scan. The scanner reads 16 bytes at a time, so it may read past the end of these
 * bytes.
 */
export const LINES_AT = 1_048_576;
/** The maximum number of bytes to scan, and the maximum length of a canonical record in bytes. */
export const LONGEST_LINES = 917_504;
/**
 * For each record to scan, the number of the physical line where it begins, in four bytes. Used if
 * these numbers are not consecutive.
 */
export const NUMBERS_AT = 2_031_616;
/** The maximum number of records to scan if their line numbers are not consecutive. */
export const MOST_NUMBERED = 16_384;
/** The tables of known records. */
export const DUPLICATES_AT = 2_097_152;

// The counts of a scan.

export const RECORDS = 0;
export const STATIC = 1;
export const USER_IDS = 2;
export const CLIENT_IDS = 3;
export const YCLIDS = 4;
/** Identifiers with more digits than a spreadsheet preserves. */
export const LONG = 5;
/** Long identifiers with only zeros after the digits that are preserved. */
export const ROUNDED = 6;
/** Records that end with LF. The other records end with CRLF. */
export const LINE_FEEDS = 7;
export const TALLIES = 8;

// The traits of a record, one bit each.

export const HAS_USER_ID = 1;
export const HAS_CLIENT_ID = 2;
export const HAS_YCLID = 4;
export const HAS_TIME = 8;
export const IS_STATIC = 16;
export const IS_MISSED = 32;
export const HAS_TALK = 64;
export const HAS_PRICE = 128;
export const HAS_CURRENCY = 256;
