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

const LOOKS_PERSONAL = /\+?\d(?:[\s().-]*\d){6,}/g;

/**
 * Hides whatever could be a phone number or an identifier inside other text: seven digits or more,
 * also with blanks, brackets, points and dashes between them.
 */
export function maskedWithin(text: string): string {
  return text.replace(LOOKS_PERSONAL, masked);
}

const WRITTEN_DATE =
  /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[+-]\d{2}:?\d{2}|Z)?)?$/;
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
  const cut = value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value;
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
  if (WRITTEN_DATE.test(value)) return true;
  if (!/^(?:\d{10}|\d{13})$/.test(value)) return false;
  const seconds = value.length === 13 ? Number(value) / 1000 : Number(value);
  return seconds >= EARLIEST_TIME && seconds <= LATEST_TIME;
}
