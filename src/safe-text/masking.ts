/** Hides phone numbers and identifiers in text that people see. */
import { looksLikeToken } from './token-like.ts';

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

/** A date with a time, as services write them. */
const WRITTEN_TIME = /^(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/;

/**
 * Hides the phone numbers, identifiers and e-mail addresses in the service's words. Times, and the numbers that
 * are the run's own, stay readable.
 *
 * @param known the counter and the ids of uploads, as digits
 */
export function maskedWithinReport(text: string, known: ReadonlySet<string> = new Set()): string {
  const isKept = (found: string): boolean => known.has(found) || WRITTEN_TIME.test(found.trim());
  return exceptFor(MARKS, text, (part) => hidden(part, isKept));
}

/** The key that this program puts at the end of a comment; it may hold many digits. */
const MARKS = /\bmc[0-9a-f]{20}[0-9a-z]{0,10}\b/g;

/**
 * Hides whatever could be a phone number or an identifier inside other text: seven digits or more,
 * whatever signs and spaces stand between them; and e-mail addresses.
 */
export function maskedWithin(text: string): string {
  return hidden(text, () => false);
}

/** Changes a text but for what fits a pattern, and is to be kept. */
function exceptFor(
  pattern: RegExp,
  text: string,
  change: (part: string) => string,
  isKept: (found: string) => boolean = () => true,
): string {
  let changed = '';
  let at = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (!isKept(found)) continue;
    changed += change(text.slice(at, index)) + found;
    at = index + found.length;
  }
  return changed + change(text.slice(at));
}

function hidden(text: string, isKept: (found: string) => boolean): string {
  // A token with stars in it would no more be known as one where secrets are taken out.
  return exceptFor(LONG_WORDS, text, (part) => numbersHidden(part, isKept), looksLikeToken);
}

function numbersHidden(text: string, isKept: (found: string) => boolean): string {
  // The engine takes a while to make these expressions, so they are made where they are needed.
  const numbers = /[+＋]?[\p{Nd}\p{No}](?:[^\p{L}\p{Nd}\p{No}]{0,6}[\p{Nd}\p{No}]){6,}/gu;
  return text
    .replace(numbers, (found) => (isKept(found) ? found : masked(found)))
    .replace(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu, masked);
}

/** The shortest token has so many characters. */
const LONG_WORDS = /[\w-]{11,}/g;

/** Dates as they stand in the names of files, with a time behind them where there is one. */
const DATE_IN_NAME =
  /(?<!\d)(?:(?:19|20)\d\d([-._ ]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])([-._ ])(?:0[1-9]|1[0-2])\2(?:19|20)\d\d)(?:[T_ -]?(?:[01]\d|2[0-3])[-:._]?[0-5]\d(?:[-:._]?[0-5]\d)?)?(?!\d)/g;

/**
 * Hides what is personal in the name of a file, for a sentence. Dates and the run's own numbers stay readable.
 *
 * @param known the counter and the ids of uploads, as digits
 */
export function maskedName(path: string, known: ReadonlySet<string> = new Set()): string {
  // The digits of two folders are no number together.
  return path
    .split(/([/\\])/)
    .map((part) =>
      exceptFor(DATE_IN_NAME, part, (rest) => hidden(rest, (found) => known.has(found))),
    )
    .join('');
}
