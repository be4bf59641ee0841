/** What the service allows, and what this program allows itself: each number stands here once. */

/** The service takes no larger file, in bytes. */
export const LARGEST_FILE = 1024 ** 3;

/** Characters of a comment, as the service counts them: code points. */
export const LONGEST_COMMENT = 255;

/** A counter is an int32. */
export const LARGEST_COUNTER = 2_147_483_647;

/** The id of an upload is an int64. */
export const LARGEST_ID = 9_223_372_036_854_775_807n;

/** How old a call may be and still be linked to a visit, in seconds. */
export const LINKAGE_WINDOW = 21 * 24 * 60 * 60;

/** What the list method returns at most in one page. */
export const LIST_PAGE = 10_000;

/** So many requests of one user may be under way at the service. */
export const PARALLEL_REQUESTS = 3;

/** The service takes so many requests a second from one address. */
export const REQUESTS_A_SECOND = 30;

/** A file of calls or an export has so many columns at most. */
export const MOST_COLUMNS = 1024;

/** How many digits of a number spreadsheets keep. */
export const SPREADSHEET_DIGITS = 15;

/** A call or a wait that is longer than this, in seconds, is probably in another unit. */
export const LONGEST_USUAL_DURATION = 24 * 60 * 60;

/** Milliseconds after the first attempt beyond which none is begun: long enough for a restart of the service, short enough for cron. */
export const RETRY_TIME = 10 * 60 * 1000;

/** The sandbox needs no counter of anybody's; this one stands in. */
export const SANDBOX_COUNTER = 2_215_573;
