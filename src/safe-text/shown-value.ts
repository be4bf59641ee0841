/** Values and header cells as a message may show them. */
import { masked, maskedWithin } from './masking.ts';
import { withoutTokens } from './token-like.ts';

const DATE = /(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d{2}/.source;
const CLOCK = /\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?/.source;
const WRITTEN_TIME = new RegExp(`^${DATE}(?:[T ,]{1,2}${CLOCK}(?: ?[+-]\\d{2}:?\\d{2}|Z)?)?$`);
/** 2001 to 2033: wide enough for calls, and no ten-digit phone number of North America is in it. */
const EARLIEST_TIME = 1_000_000_000;
const LATEST_TIME = 2_000_000_000;
const ROUNDED = /^\d(?:[.,]\d{1,5})?e\+?\d{1,3}$/i;
const LONGEST_SHOWN = 80;

/** What a value is about, which decides how much of it may be seen. */
export type ValueKind = 'identifier' | 'phone' | 'time' | 'other';

/**
 * A value as a message may show it.
 *
 * @param kind what the values of its column are
 * @param showValues whether phone numbers and identifiers may be seen
 * @returns the value, masked where it is or may be personal, cut to 80 characters
 */
export function shownValue(value: string, kind: ValueKind, showValues: boolean): string {
  const readable = withoutTokens(value.toWellFormed());
  const cut = readable.length > LONGEST_SHOWN ? `${readable.slice(0, LONGEST_SHOWN)}…` : readable;
  if (showValues) return cut;
  // What a spreadsheet left of an identifier identifies nobody, and says at once what went wrong.
  if (kind === 'identifier' && ROUNDED.test(cut)) return cut;
  if (kind === 'phone' || kind === 'identifier') return masked(cut);
  // Times are digits as well; those that are no time may be a phone number in the wrong place.
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

/** A header cell as a message may show it: a file without a header has data there. */
export function shownColumn(name: string): string {
  const readable = withoutTokens(name.toWellFormed());
  return maskedWithin(
    readable.length > LONGEST_NAME ? `${readable.slice(0, LONGEST_NAME)}…` : readable,
  );
}
