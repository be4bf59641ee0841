/**
 * Converts the numbers of a workbook to text. The text of a whole number has no invented digits. If
 * the number may have lost digits, the text has an exponent.
 */
import type { TimeKind } from './cell-formats.ts';

const WHOLE = /^-?\d+$/;
/** The maximum number of digits that a floating-point number always preserves. */
const SAFE_DIGITS = 15;
/** The number of digits that spreadsheets preserve and show. */
const KEPT_DIGITS = 15;
/** The smallest number that JavaScript writes without an exponent. */
const SMALLEST = 1e-6;

/**
 * Says whether a long whole number certainly has all its digits. The function converts the number
 * to floating point and back. A number that another program has already converted in this way does
 * not change. So a number that changes has never been converted, and still has all its digits.
 */
export function hasAllDigits(text: string): boolean {
  return isLong(text) && String(Number(text)) !== text;
}

/** @returns whether the text is a whole number that may not be exact as a floating-point number */
function isLong(text: string): boolean {
  return text.length > SAFE_DIGITS && WHOLE.test(text) && !Number.isSafeInteger(Number(text));
}

/**
 * Returns the text to send for a number.
 *
 * @param text the stored number, for example `1.6330248E9`
 * @param keepsDigits whether the file certainly stores long numbers with all their digits
 * @returns the text. If a number may have lost digits, the text has an exponent. The check of
 *   identifiers detects the exponent.
 */
export function numberText(text: string, keepsDigits: boolean): string {
  if (WHOLE.test(text)) {
    if (!isLong(text) || keepsDigits || hasAllDigits(text)) return text;
    return Number(text).toExponential().toUpperCase();
  }
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? String(value) : text.trim();
  // The file may store 1.1 as 1.1000000000000001. Spreadsheets show 1.1, and write 1.1 to a CSV
  // file.
  const kept = Number(value.toPrecision(KEPT_DIGITS));
  return Math.abs(kept) < SMALLEST ? text.trim() : String(kept);
}

/**
 * Writes zeros before a whole number, as its format shows it: 42 as `000042`.
 *
 * @param digits the fewest digits that the format shows
 */
export function withZeros(text: string, digits: number): string {
  if (!WHOLE.test(text)) return text;
  return text.startsWith('-')
    ? `-${text.slice(1).padStart(digits, '0')}`
    : text.padStart(digits, '0');
}

const DAY_SECONDS = 86_400;
const DAY_MILLISECONDS = 86_400_000;
/**
 * The date from which days are counted, in workbooks that count from 1900. These workbooks also
 * count 29 February 1900, which did not exist. So for earlier days, this date is one day too early.
 */
const FIRST_DAY = Date.UTC(1899, 11, 30);
const FIRST_DAY_1904 = Date.UTC(1904, 0, 1);
/** The day number of 29 February 1900. */
const LEAP_DAY = 60;
/** The day number of 31 December 9999. */
const LAST_DAY = 2_958_465;
/**
 * In a cell with a time format, a number of at least this many days is a date with a time. A
 * smaller number is a duration.
 */
const FEWEST_DAYS_OF_DATE = 366;

/**
 * Converts a number to a date, a time or a duration: `2026-11-20 09:12:00`, `2026-11-20`,
 * `09:12:00`, `25:12:00`.
 *
 * @param text the stored number of days, with the time as a fraction
 * @returns the unchanged text if the number is not a valid date
 */
export function timeText(text: string, kind: NonNullable<TimeKind>, isFrom1904: boolean): string {
  const days = Number(text);
  if (text.trim() === '' || !(days >= 0) || days >= LAST_DAY + 1) return text;
  const seconds = Math.round(days * DAY_SECONDS);
  const day = Math.floor(seconds / DAY_SECONDS);
  const inDay = seconds % DAY_SECONDS;
  if (kind === 'duration') return clock(seconds);
  if (kind === 'time') return clock(day >= FEWEST_DAYS_OF_DATE ? inDay : seconds);
  if (!isFrom1904 && day === LEAP_DAY) return text;
  // The number is less than one day, so it is a time of day without a date.
  if (day === 0 && inDay > 0 && kind === 'date-time') return clock(inDay);
  const date = dateOf(day, isFrom1904);
  return kind === 'date' && inDay === 0 ? date : `${date} ${clock(inDay)}`;
}

function dateOf(day: number, isFrom1904: boolean): string {
  const first = isFrom1904 ? FIRST_DAY_1904 : FIRST_DAY;
  const shift = !isFrom1904 && day < LEAP_DAY ? 1 : 0;
  return new Date(first + (day + shift) * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

function clock(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
