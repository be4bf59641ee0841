/** The limits of the service and of this program. Each number is defined once, here. */

/** The size of the largest file that the service accepts, in bytes. */
export const LARGEST_FILE = 1024 ** 3;

/** The length of the longest comment, in UTF-16 code units. The service may count these. */
export const LONGEST_COMMENT = 255;

/** The largest number of a counter, an int32. */
export const LARGEST_COUNTER = 2_147_483_647;

/** The largest id of an upload, an int64. */
export const LARGEST_ID = 9_223_372_036_854_775_807n;

/** The maximum age of a call, in seconds. The service does not link older calls to visits. */
export const LINKAGE_WINDOW = 21 * 24 * 60 * 60;

/** The largest number of uploads in one page of the list of uploads. */
export const LIST_PAGE = 10_000;

/** The largest number of unfinished requests that the service allows for one user. */
export const PARALLEL_REQUESTS = 3;

/** The largest number of requests per second that the service accepts from one address. */
export const REQUESTS_A_SECOND = 30;

/** The largest number of columns in a file of calls or an export. */
export const MOST_COLUMNS = 1024;

/** The number of significant digits in the numbers of spreadsheets. */
export const SPREADSHEET_DIGITS = 15;

/** The longest plausible duration, in seconds. A longer duration is probably in another unit. */
export const LONGEST_USUAL_DURATION = 24 * 60 * 60;

/**
 * The longest time between the first attempt and the start of a retry, in milliseconds. This time
 * is long enough for a restart of the service, and short enough for a cron job.
 */
export const RETRY_TIME = 10 * 60 * 1000;

/** The default counter for the sandbox. The sandbox does not need a real counter. */
export const SANDBOX_COUNTER = 2_215_573;
