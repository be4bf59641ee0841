/** Prepares values and header cells for messages. */
import { masked, maskedWithin } from './masking.ts';
import { withoutTokens } from './token-like.ts';

const DATE = /(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d{2}/.source;
const CLOCK = /\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?/.source;
const WRITTEN_TIME = new RegExp(`^${DATE}(?:[T ,]{1,2}${CLOCK}(?: ?[+-]\\d{2}:?\\d{2}|Z)?)?$`);
/**
 * The times from 2001 to 2033. Calls are in this range, but North American phone numbers with ten
 * digits are not.
 */
const EARLIEST_TIME = 1_000_000_000;
const LATEST_TIME = 2_000_000_000;
const ROUNDED = /^\d(?:[.,]\d{1,5})?e\+?\d{1,3}$/i;
const LONGEST_SHOWN = 80;

/** What a value contains. This decides how much of it may be shown. */
export type ValueKind = 'identifier' | 'phone' | 'time' | 'other';

/**
 * Returns a value as a message may show it.
 *
 * @param kind what the values of its column contain
 * @param showValues whether phone numbers and identifiers may be shown
 * @returns the value, cut to 80 characters, and masked if it is or may be personal
 */
export function shownValue(value: string, kind: ValueKind, showValues: boolean): string {
  const readable = withoutTokens(value.toWellFormed());
  const cut = readable.length > LONGEST_SHOWN ? `${readable.slice(0, LONGEST_SHOWN)}…` : readable;
  if (showValues) return cut;
  // An identifier that a spreadsheet rounded identifies nobody, and shows at once what went wrong.
  if (kind === 'identifier' && ROUNDED.test(cut)) return cut;
  if (kind === 'phone' || kind === 'identifier') return masked(cut);
  // In a column of times, digits that are not a time may be a misplaced phone number.
  if (kind === 'time' && isTime(value)) return cut;
  return maskedWithin(cut);
}

function isTime(value: string): boolean {
  const text = value.trim();
  if (WRITTEN_TIME.test(text)) return true;
  if (!/^(?:\d{10}|\d{13})$/.test(text)) return false;
  const seconds = text.length === 13 ? Number(text) / 1000 : Number(text);
  return seconds >= EARLIEST_TIME && seconds <= LATEST_TIME;
}

const LONGEST_NAME = 60;

/**
 * Returns a header cell as a message may show it. In a file without a header, the cell may be data.
 */
export function shownColumn(name: string): string {
  const readable = withoutTokens(name.toWellFormed());
  return maskedWithin(
    readable.length > LONGEST_NAME ? `${readable.slice(0, LONGEST_NAME)}…` : readable,
  );
}
