/** Numbers of a workbook as text: no digit is made up, and none that stands in the file is lost. */
import type { TimeKind } from './cell-formats.ts';

const WHOLE = /^-?\d+$/;
/** A number with more digits than this is not exact where a program computes with it. */
const SAFE_DIGITS = 15;
/** Spreadsheets keep and show so many digits. */
const KEPT_DIGITS = 15;
/** From here on JavaScript and others write exponents for small numbers. */
const SMALLEST = 1e-6;

/**
 * Whether a whole number has all its digits for certain: it stands in the file with others than a program
 * would write that keeps numbers as floating ones.
 */
export function hasAllDigits(text: string): boolean {
  return isLong(text) && String(Number(text)) !== text;
}

/** @returns whether it is a whole number that a floating one may not hold */
function isLong(text: string): boolean {
  return text.length > SAFE_DIGITS && WHOLE.test(text) && !Number.isSafeInteger(Number(text));
}

/**
 * A number as it is sent.
 *
 * @param text as it stands in the file, for example `1.6330248E9`
 * @param keepsDigits whether the file is known to hold long numbers with all their digits
 * @returns a rounded one with its exponent, which the check of identifiers knows
 */
export function numberText(text: string, keepsDigits: boolean): string {
  if (WHOLE.test(text)) {
    if (!isLong(text) || keepsDigits || hasAllDigits(text)) return text;
    return Number(text).toExponential().toUpperCase();
  }
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? String(value) : text.trim();
  // 1.1 may stand there as 1.1000000000000001: what spreadsheets show and save as CSV is 1.1.
  const kept = Number(value.toPrecision(KEPT_DIGITS));
  return Math.abs(kept) < SMALLEST ? text.trim() : String(kept);
}

const DAY_SECONDS = 86_400;
const DAY_MILLISECONDS = 86_400_000;
/** 1899-12-30, from which days are counted that have the 29 February of 1900 among them. */
const FIRST_DAY = Date.UTC(1899, 11, 30);
const FIRST_DAY_1904 = Date.UTC(1904, 0, 1);
/** That day, which never was. */
const LEAP_DAY = 60;
/** The last day of the year 9999. */
const LAST_DAY = 2_958_465;
/** A time of day with so many days before it is that of a date; one with fewer is a duration. */
const FEWEST_DAYS_OF_DATE = 366;

/**
 * A number that is a date, a time or a duration, as it is written: `2026-11-20 09:12:00`, `2026-11-20`,
 * `09:12:00`, `25:12:00`.
 *
 * @param text days, with the time as their fraction, as it stands in the file
 * @returns the number as it is where it is no such date
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
  // A time alone in the format of a date and time: the day 0 is none.
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
