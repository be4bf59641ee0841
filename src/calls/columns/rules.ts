/** The rule for each kind of value. src/scanner/clean-record.ts has the same rules for bytes. */
import { ISO_4217 } from './iso-4217.ts';
import { DECIMAL, INTERNATIONAL_PHONE, WHOLE_NUMBER } from './value-forms.ts';

/**
 * The findings about single cells. Their sentences have only these parameters: the column, the
 * value, the encoding, and whether the records are already converted.
 */
export type CellFindingCode =
  | 'nul-byte'
  | 'control-character'
  | 'text-iso-2022'
  | 'bytes-undecodable'
  | 'datetime-missing'
  | 'datetime-milliseconds'
  | 'datetime-written'
  | 'datetime-order-unclear'
  | 'datetime-clock-twice'
  | 'datetime-clock-never'
  | 'datetime-future'
  | 'datetime-invalid'
  | 'datetime-time-missing'
  | 'datetime-form-unknown'
  | 'datetime-zone-unclear'
  | 'price-negative'
  | 'duration-unclear'
  | 'datetime-impossible'
  | 'datetime-order-contradicts'
  | 'datetime-serial'
  | 'call-too-old'
  | 'client-id-invalid'
  | 'client-id-of-google'
  | 'number-spoiled'
  | 'yclid-invalid'
  | 'identifier-scientific'
  | 'value-blanks'
  | 'flag-invalid'
  | 'decimal-comma'
  | 'price-invalid'
  | 'price-unclear'
  | 'price-currency-differs'
  | 'price-without-currency'
  | 'currency-invalid'
  | 'phone-invalid'
  | 'phone-rounded'
  | 'phone-several'
  | 'identifiers-differ'
  | 'missed-with-talk-time'
  | 'duration-written'
  | 'duration-invalid'
  | 'duration-over-day'
  | 'url-invalid'
  | 'value-not-listed';

/**
 * Checks one value that is not empty.
 *
 * @param value the unchanged cell of the file
 * @param now seconds since 1970-01-01 UTC
 * @returns the finding about the value; `undefined` if the value is valid
 */
export type CellCheck = (value: string, now: number) => CellFindingCode | undefined;

const DIGITS = /^\d{1,20}$/;
const SCIENTIFIC = /^\d+(?:[.,]\d+)?e\+?\d+$/i;

/**
 * A whole number that a spreadsheet changed, but that still has all its digits. It has one of these
 * forms: it ends with `.0`; its digits are in groups; an apostrophe or `="…"` marks it as text.
 */
const SPOILED = /^(?:="[^"]*"|'.+|\d+[.,]0+|\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+)$/;
/**
 * The same as {@link SPOILED}, except that it does not match groups of digits. People write such
 * groups in phone numbers.
 */
const GUARDED = /^(?:="[^"]*"|'.+|\d+[.,]0+)$/;
const OF_GOOGLE = /^(?:GA\d\.\d\.)?\d{6,10}\.\d{10}$/;

/** Allows up to 20 digits. Numbers that a spreadsheet changed have findings of their own. */
export function checkClientId(value: string): CellFindingCode | undefined {
  if (DIGITS.test(value)) return undefined;
  if (SCIENTIFIC.test(value)) return 'identifier-scientific';
  if (OF_GOOGLE.test(value)) return 'client-id-of-google';
  return SPOILED.test(value) ? 'number-spoiled' : 'client-id-invalid';
}

/**
 * A long number as a spreadsheet writes it: one digit, perhaps a fraction, and an exponent. Without
 * a fraction, the exponent must have a plus sign and at least two digits, because `5e3` may be a
 * real id.
 */
const ROUNDED = /^\d(?:[.,]\d+e\+?\d{1,3}|e\+\d{2,3})$/i;

/** Allows any text without control characters, except a number that a spreadsheet rounded. */
export function checkUserId(value: string): CellFindingCode | undefined {
  return ROUNDED.test(value) ? 'identifier-scientific' : checkText(value);
}

/** Allows up to 20 digits. Numbers that a spreadsheet changed have findings of their own. */
export function checkYclid(value: string): CellFindingCode | undefined {
  if (DIGITS.test(value)) return undefined;
  if (SCIENTIFIC.test(value)) return 'identifier-scientific';
  return SPOILED.test(value) ? 'number-spoiled' : 'yclid-invalid';
}

const EARLIEST_MILLISECONDS = 0.9e12;
const LATEST_MILLISECONDS = 1e13;
const LONGEST_SECONDS = 15;

/**
 * Allows whole seconds that are not in the future. Times in milliseconds and dates such as
 * `2026-11-25` have findings of their own.
 */
export function checkDateTime(value: string, now: number): CellFindingCode | undefined {
  if (!WHOLE_NUMBER.test(value) || value.length > LONGEST_SECONDS) {
    if (SPOILED.test(value)) return 'number-spoiled';
    return isWrittenDate(value) ? 'datetime-written' : 'datetime-invalid';
  }
  if (isCompactDate(value)) return 'datetime-written';
  const seconds = Number(value);
  if (seconds <= now) return undefined;
  return seconds >= EARLIEST_MILLISECONDS && seconds < LATEST_MILLISECONDS
    ? 'datetime-milliseconds'
    : 'datetime-future';
}

/**
 * Says whether a value is a date and time of this century without separators, for example
 * `20261125091200`. If the program read this value as seconds, the time would be far in the future.
 */
function isCompactDate(value: string): boolean {
  return /^20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?$/.test(
    value,
  );
}

function isWrittenDate(value: string): boolean {
  // Compiling this expression takes time, so it is not a constant of the module.
  return /^\d{5}[.,]\d+$|^\s*\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|^\s*\d{1,2}[ .](?:\p{L}{3,})|\d{1,2}:\d{2}/u.test(
    value,
  );
}

/** Allows 0 and 1. */
export function checkFlag(value: string): CellFindingCode | undefined {
  if (value === '0' || value === '1') return undefined;
  return SPOILED.test(value) ? 'number-spoiled' : 'flag-invalid';
}

const DECIMAL_COMMA = /^-?\d[\d \u00a0\u202f]*,\d+$/;

/**
 * Allows numbers from 0, with or without decimals after a point. Negative numbers and decimal
 * commas have findings of their own.
 */
export function checkPrice(value: string): CellFindingCode | undefined {
  if (DECIMAL.test(value)) return Number(value) < 0 ? 'price-negative' : undefined;
  return DECIMAL_COMMA.test(value) ? 'decimal-comma' : 'price-invalid';
}

/** Allows codes of ISO 4217 in capital letters. */
export function checkCurrency(value: string): CellFindingCode | undefined {
  return ISO_4217.has(value) ? undefined : 'currency-invalid';
}

/** Allows the international form: a plus sign, then digits only. */
export function checkPhoneNumber(value: string): CellFindingCode | undefined {
  if (INTERNATIONAL_PHONE.test(value)) return undefined;
  if (SCIENTIFIC.test(value)) return 'phone-rounded';
  return GUARDED.test(value) ? 'number-spoiled' : 'phone-invalid';
}

/** The largest signed 32-bit number. This many seconds are 68 years. */
const LONGEST_DURATION = 2_147_483_647;
const CLOCK_DURATION = /^\d{1,3}:\d{2}(?::\d{2})?$/;

/** Allows whole seconds from 0 on. Durations such as `3:25` have a finding of their own. */
export function checkDuration(value: string): CellFindingCode | undefined {
  if (WHOLE_NUMBER.test(value) && Number(value) <= LONGEST_DURATION) return undefined;
  if (SPOILED.test(value)) return 'number-spoiled';
  return CLOCK_DURATION.test(value) ? 'duration-written' : 'duration-invalid';
}

/** Control characters of ASCII, except tabs and line ends. NUL has a finding of its own. */
const CONTROL = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const ISO_2022 = /\u001b(?:\$[()]?[@-F]|\([BIJ])/;

/** Allows any text without control characters. */
export function checkText(value: string): CellFindingCode | undefined {
  if (!CONTROL.test(value)) return undefined;
  return ISO_2022.test(value) ? 'text-iso-2022' : 'control-character';
}

const WEB_ADDRESS = /^https?:\/\/[^\s/?#][^\s]*$/i;

/** Allows absolute http and https addresses without spaces and control characters. */
export function checkUrl(value: string): CellFindingCode | undefined {
  if (WEB_ADDRESS.test(value) && URL.canParse(value)) return checkText(value);
  return 'url-invalid';
}
