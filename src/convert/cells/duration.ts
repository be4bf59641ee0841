/** Reads durations, in seconds. */
import { COLON, COMMA, type CommonForm, DIGIT_0, DIGIT_9, POINT } from './common-form.ts';
import { wholeDigits } from './written-number.ts';

/** A number with more digits is no duration in a common form. */
const MOST_DIGITS = 9;
const MOST_DIGITS_BEFORE_COLON = 3;
const DIGITS_OF_SECONDS = 2;

/** Accepts whole seconds, `mm:ss` and `h:mm:ss`, the last two also with `.0` at the end. */
export const writeDuration: CommonForm = (cell, from, to, out) => {
  let [hours, minutes, number] = [0, 0, 0];
  let [colons, digits] = [0, 0];
  let hasHours = false;
  let at = from;
  for (; at < to; at += 1) {
    const code = cell[at] ?? 0;
    if (code >= DIGIT_0 && code <= DIGIT_9) {
      number = number * 10 + code - DIGIT_0;
      digits += 1;
      continue;
    }
    if (code !== COLON || colons === 2) break;
    if (digits === 0 || digits > MOST_DIGITS_BEFORE_COLON) return false;
    // A single 0 before the first colon counts as no hours.
    if (colons === 1) hasHours = minutes > 0 || at - digits - 2 > from;
    hours = minutes;
    minutes = number;
    colons += 1;
    digits = 0;
    number = 0;
  }
  if (colons === 0) {
    if (at < to || digits > MOST_DIGITS) return false;
    out.copy(cell, from, to);
    return true;
  }
  if (digits !== DIGITS_OF_SECONDS || number > 59 || (hasHours && minutes > 59)) return false;
  if (at < to && !areNoughts(cell, at, to)) return false;
  out.number(hours * 3600 + minutes * 60 + number);
  return true;
};

/** Says whether some bytes are a point or a comma with only noughts after it. */
function areNoughts(cell: Uint8Array, from: number, to: number): boolean {
  if ((cell[from] !== POINT && cell[from] !== COMMA) || from + 1 === to) return false;
  for (let at = from + 1; at < to; at += 1) if (cell[at] !== DIGIT_0) return false;
  return true;
}

/** Reads a duration such as `136.0` or `1 136`. Other text stays as it is. */
export function readDuration(text: string): string {
  return text.includes(':') ? text : (wholeDigits(text) ?? text);
}
