/** Hides phone numbers and identifiers in text for the user. */
import { isAddress, maskedAddress } from './address-text.ts';
import { looksLikeToken } from './token-like.ts';

const MASK = '•';
const MOST_MASKED = 24;

/**
 * Hides the middle of a phone number or an identifier, and leaves enough digits to find the value
 * in the file. For example, `+70123456789` becomes `+7012•••••89`.
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

/** A date, with or without a time, for example `2026-11-25T09:12:00`. */
const WRITTEN_TIME = /^(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/;

/**
 * Hides phone numbers, identifiers and e-mail addresses in a message of the service. Times, the
 * counter, the ids of uploads and the address of the service stay readable.
 *
 * @param known the counter and the ids of uploads, as digits
 * @param hosts the hosts of this run, with their ports; the digits of an IP address with a port look
 *   like a phone number
 */
export function maskedWithinReport(
  text: string,
  known: ReadonlySet<string> = new Set(),
  hosts: ReadonlySet<string> = new Set(),
): string {
  const isKept = (found: string): boolean => known.has(found) || WRITTEN_TIME.test(found.trim());
  const mask = (part: string): string =>
    changeExcept(MARKS, part, (rest) => maskPersonal(rest, isKept));
  if (hosts.size === 0) return mask(text);
  const names = [...hosts].map((host) => host.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const whole = new RegExp(`(?<![\\w.:-])(?:${names.join('|')})(?![\\w-]|[.:]\\w)`, 'gi');
  return changeExcept(whole, text, mask);
}

/** The mark at the end of an upload's comment. It may contain many digits. */
const MARKS = /\bmc[0-9a-f]{20}[0-9a-z]{0,10}\b/g;

/**
 * Hides e-mail addresses, and everything that may be a phone number or an identifier: seven or more
 * digits, with any signs or spaces between them.
 */
export function maskedWithin(text: string): string {
  return maskPersonal(text, () => false);
}

/** Changes a text with `change`. Matches of `pattern` stay unchanged if `isKept` accepts them. */
function changeExcept(
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

function maskPersonal(text: string, isKept: (found: string) => boolean): string {
  // Tokens stay unchanged here, because other code removes them. That code would not recognize a
  // token with masked digits.
  return changeExcept(LONG_WORDS, text, (part) => maskNumbers(part, isKept), looksLikeToken);
}

function maskNumbers(text: string, isKept: (found: string) => boolean): string {
  // Compiling these expressions takes time, so they are not constants of the module. The four
  // letters between digits are fillers, which are invisible.
  const numbers =
    /[+＋]?[\p{Nd}\p{No}](?:(?:[^\p{L}\p{Nd}\p{No}]|[\u115f\u1160\u3164\uffa0]){0,6}[\p{Nd}\p{No}]){6,}/gu;
  return text
    .replace(numbers, (found) => (isKept(found) ? found : masked(found)))
    .replace(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu, masked);
}

/** Words that may be a token. The shortest token has 11 characters. */
const LONG_WORDS = /[\w-]{11,}/g;

/** A date in a file name, with or without a time after it. */
const DATE_IN_NAME =
  /(?<!\d)(?:(?:19|20)\d\d([-._ ]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])([-._ ])(?:0[1-9]|1[0-2])\2(?:19|20)\d\d)(?:[T_ -]?(?:[01]\d|2[0-3])[-:._]?[0-5]\d(?:[-:._]?[0-5]\d)?)?(?!\d)/g;

/**
 * Hides personal data in a file name. Dates, the counter and the ids of uploads stay readable.
 *
 * @param known the counter and the ids of uploads, as digits
 */
export function maskedName(path: string, known: ReadonlySet<string> = new Set()): string {
  if (isAddress(path)) return maskedAddress(path, maskedWithin);
  // Each folder name and the file name are masked separately. So digits from two names never become
  // one number.
  return path
    .split(/([/\\])/)
    .map((part) =>
      changeExcept(DATE_IN_NAME, part, (rest) => maskPersonal(rest, (found) => known.has(found))),
    )
    .join('');
}
