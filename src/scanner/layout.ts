// Constants that the scanner and its host share. Both compile this file, so it contains only
// numbers.

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

/** Records with more columns are left to the full check. */
export const MOST_COLUMNS = 1024;

/** Two equal records are certain to be found if they are at most this many records apart. */
export const DUPLICATE_WINDOW = 262_144;

// The layout of the shared memory, in bytes from its beginning.

/** The shape of each column, one byte each. */
export const COLUMNS_AT = 0;
/** The currencies seen so far, four bytes each. */
export const CURRENCIES_AT = 1024;
/** The counts of a scan, four bytes each, in the order below. */
export const TALLY_AT = 8192;
/** Records that are read but not yet compared with earlier ones. */
export const PENDING_AT = 16_384;
/** One record in canonical form. */
export const CANONICAL_AT = 65_536;
/** The bytes to scan. Reads of 16 bytes may reach beyond them. */
export const LINES_AT = 1_048_576;
/** The most bytes that can be scanned at a time, and the longest canonical record, in bytes. */
export const LONGEST_LINES = 917_504;
/** The tables of known records. */
export const DUPLICATES_AT = 2_097_152;

// The counts of a scan.

export const RECORDS = 0;
export const STATIC = 1;
export const USER_IDS = 2;
export const CLIENT_IDS = 3;
export const YCLIDS = 4;
/** Identifiers with more digits than a spreadsheet keeps. */
export const LONG = 5;
/** Those that have only zeros after the digits a spreadsheet keeps. */
export const ROUNDED = 6;
/** Records that end with LF alone; the others end with CRLF. */
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
