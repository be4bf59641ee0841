/** Prepares values and header cells for messages. */
import type { ShownName } from '../words/shown-name.ts';
import { masked, maskedWithin } from './masking.ts';
import { withoutTokens } from './token-like.ts';

const DATE = /(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d{2}/.source;
const CLOCK = /\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?/.source;
const WRITTEN_TIME = new RegExp(`^${DATE}(?:[T ,]{1,2}${CLOCK}(?: ?[+-]\\d{2}:?\\d{2}|Z)?)?$`);
/**
 * The earliest and the latest time of a call, 2001 and 2033, in seconds. North American phone
 * numbers with ten digits are outside this range.
 */
const EARLIEST_TIME = 1_000_000_000;
const LATEST_TIME = 2_000_000_000;
const ROUNDED = /^\d(?:[.,]\d{1,5})?e\+?\d{1,3}$/i;
const LONGEST_SHOWN = 80;

/** The kind of a value. It decides how much of the value messages may show. */
export type ValueKind = 'identifier' | 'phone' | 'time' | 'other';

/**
 * Prepares a value for a message.
 *
 * @param kind the kind of the values in the column
 * @param showValues whether messages may show phone numbers and identifiers
 * @returns the value, cut to 80 characters, and masked if it may be personal
 */
export function shownValue(value: string, kind: ValueKind, showValues: boolean): ShownName {
  return maskedValue(value, kind, showValues) as ShownName;
}

function maskedValue(value: string, kind: ValueKind, showValues: boolean): string {
  const readable = withoutTokens(value.toWellFormed());
  const cut = readable.length > LONGEST_SHOWN ? `${readable.slice(0, LONGEST_SHOWN)}…` : readable;
  if (showValues) return cut;
  // A rounded identifier, for example 1.2E+15, identifies nobody. The form shows the user that a
  // spreadsheet has rounded the identifier.
  if (kind === 'identifier' && ROUNDED.test(cut)) return cut;
  if (kind === 'phone' || kind === 'identifier') return masked(cut);
  // In a column of times, other digits may be a misplaced phone number. Only times stay readable.
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

/**
 * Prepares a text of the user, such as a comment, for a message. The text is not cut.
 *
 * @param showValues whether messages may show phone numbers and identifiers
 */
export function shownText(text: string, showValues: boolean): string {
  const readable = withoutTokens(text.toWellFormed());
  return showValues ? readable : maskedWithin(readable);
}

const LONGEST_NAME = 60;

/**
 * Prepares a header cell for a message. In a file without a header, the cell may be personal data.
 */
export function shownColumn(name: string): ShownName {
  const readable = withoutTokens(name.toWellFormed());
  const cut = readable.length > LONGEST_NAME ? `${readable.slice(0, LONGEST_NAME)}…` : readable;
  return maskedWithin(cut) as ShownName;
}
