/** Recognizes texts that can only be a time with its day. */

/** A day in digits: the year first or last. */
const DAY = String.raw`(?:(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|[12]\d|3[01])[-./](?:(?:19|20)\d\d|\d\d))`;
const CLOCK = String.raw`\d{1,2}:\d{2}`;
/** A day and a time of day, in digits or with the name of the month. */
const WRITTEN = new RegExp(
  String.raw`^["'=\s]*(?:\p{L}+,? )?(?:${DAY}|\d{1,2}[ -]\p{L}{3,}\.?[ -]\d{2,4})\D{1,8}${CLOCK}`,
  'u',
);
/** Seconds or milliseconds from 2014 to 2036. */
const UNIX = /^(?:1[4-9]|20)\d{8}(?:\d{3})?$/;
/** A day and a time of day without separators, such as `202611200912`. */
const COMPACT =
  /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])T?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?Z?$/;

/**
 * Says whether a text can only be a time with its day. Returns `false` for phone numbers and
 * durations.
 */
export function isTimeText(text: string): boolean {
  return WRITTEN.test(text) || UNIX.test(text) || COMPACT.test(text);
}
