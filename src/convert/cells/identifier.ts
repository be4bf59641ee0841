/** Reads the identifiers of visitors. */
import { MAY_BE_STAND_IN } from '../../calls/columns/stand-ins.ts';
import { type CommonForm, DIGIT_0, DIGIT_9, type ReadText } from './common-form.ts';
import { writeText } from './free-text.ts';
import { wholeDigits } from './written-number.ts';

/** The text between two different identifiers, if a preset found both of them for one call. */
export const DIFFERS = ' ≠ ';

const MOST_DIGITS = 20;
const ONLY_NOUGHTS_BEHIND = /^\d+[.,]0+$/;

/** The second character of a rounded number: a decimal sign, or the letter of an exponent. */
const MAY_FOLLOW_ROUNDED: ReadonlySet<number> = new Set(Buffer.from('.,Ee'));

/**
 * Accepts up to twenty digits. The first digit must not be 0, because a cell with only zeros may
 * be a stand-in.
 */
export const writeIdentifier: CommonForm = (cell, from, to, out) => {
  if (to - from > MOST_DIGITS || cell[from] === DIGIT_0) return false;
  for (let at = from; at < to; at += 1) {
    const code = cell[at] ?? 0;
    if (code < DIGIT_0 || code > DIGIT_9) return false;
  }
  out.copy(cell, from, to);
  return true;
};

/**
 * Removes characters that a program added to an identifier. Reports an identifier that lost digits.
 */
export function readIdentifier(text: string): ReadText {
  if (text.includes(DIFFERS)) return { value: text, problem: 'identifiers-differ' };
  const digits = wholeDigits(text);
  if (digits !== undefined) return { value: digits };
  return ONLY_NOUGHTS_BEHIND.test(text)
    ? { value: text, problem: 'identifier-scientific' }
    : { value: text };
}

/**
 * Accepts any text as a `UserId`, unless it may be a stand-in or a number that a spreadsheet
 * rounded.
 */
export const writeUserId: CommonForm = (cell, from, to, out) =>
  !MAY_BE_STAND_IN.has(cell[from] ?? 0) &&
  !MAY_FOLLOW_ROUNDED.has(cell[from + 1] ?? 0) &&
  writeText(cell, from, to, out);
