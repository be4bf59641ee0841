import { IDENTIFIER_COLUMNS } from './columns.ts';

const MASK = '•';
const MOST_MASKED = 24;

/**
 * Hides the middle of a phone number or an identifier and leaves enough to find it in the file:
 * `+70123456789` becomes `+7012•••••89`.
 */
export function masked(value: string): string {
  const characters = [...value];
  const head = Math.min(5, Math.floor((characters.length * 5) / 12));
  const tail = Math.min(2, Math.floor(characters.length / 6));
  const hidden = Math.min(MOST_MASKED, characters.length - head - tail);
  return (
    characters.slice(0, head).join('') +
    MASK.repeat(hidden) +
    (tail ? characters.slice(-tail).join('') : '')
  );
}

const LOOKS_PERSONAL = /[+＋]?\p{Nd}(?:[^\p{L}\p{Nd}]{0,3}\p{Nd}){6,}/gu;

/**
 * Hides whatever could be a phone number or an identifier inside other text: seven digits or more,
 * whatever signs and blanks stand between them.
 */
export function maskedWithin(text: string): string {
  return text.replace(LOOKS_PERSONAL, masked);
}

const DATE = /(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d{2}/.source;
const CLOCK = /\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?/.source;
const WRITTEN_TIME = new RegExp(`^${DATE}(?:[T ,]{1,2}${CLOCK}(?: ?[+-]\\d{2}:?\\d{2}|Z)?)?$`);
/** 2001 to 2033: wide enough for calls, and no ten-digit phone number of North America is in it. */
const EARLIEST_TIME = 1_000_000_000;
const LATEST_TIME = 2_000_000_000;
const ROUNDED = /^\d(?:[.,]\d{1,5})?e\+?\d{1,3}$/i;
const LONGEST_SHOWN = 80;

/**
 * A value as a message may show it.
 *
 * @param column the name of the column it stands in
 * @param showValues whether phone numbers and identifiers may be seen
 * @returns the value, masked where it is or may be personal, cut to 80 characters
 */
export function shownValue(value: string, column: string, showValues: boolean): string {
  const readable = value.toWellFormed();
  const cut = readable.length > LONGEST_SHOWN ? `${readable.slice(0, LONGEST_SHOWN)}…` : readable;
  if (showValues) return cut;
  // What a spreadsheet left of an identifier identifies nobody, and says at once what went wrong.
  if (isIdentifier(column) && ROUNDED.test(cut)) return cut;
  if (column === 'PhoneNumber' || isIdentifier(column)) return masked(cut);
  // Times are digits as well; those that are no time may be a phone number in the wrong place.
  if (column === 'DateTime' && isTime(value)) return cut;
  return maskedWithin(cut);
}

function isIdentifier(column: string): boolean {
  return (IDENTIFIER_COLUMNS as readonly string[]).includes(column);
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
  const readable = name.toWellFormed();
  return maskedWithin(
    readable.length > LONGEST_NAME ? `${readable.slice(0, LONGEST_NAME)}…` : readable,
  );
}
