/** Hides phone numbers and identifiers in text that people see. */

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
 * @param own the counter and the ids of uploads, as digits
 */
export function maskedWithinReport(text: string, own: ReadonlySet<string> = new Set()): string {
  return hidden(text, (found) => own.has(found) || WRITTEN_TIME.test(found.trim()));
}

/**
 * Hides whatever could be a phone number or an identifier inside other text: seven digits or more,
 * whatever signs and spaces stand between them; and e-mail addresses.
 */
export function maskedWithin(text: string): string {
  return hidden(text, () => false);
}

function hidden(text: string, isKept: (found: string) => boolean): string {
  // The engine takes a while to make these expressions, so they are made where they are needed.
  const numbers = /[+＋]?[\p{Nd}\p{No}](?:[^\p{L}\p{Nd}\p{No}]{0,6}[\p{Nd}\p{No}]){6,}/gu;
  return text
    .replace(numbers, (found) => (isKept(found) ? found : masked(found)))
    .replace(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu, masked);
}
