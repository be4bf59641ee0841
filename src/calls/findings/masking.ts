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

/**
 * Hides the phone numbers and identifiers in the service's words, which also hold numbers that matter,
 * such as a counter's: ten digits or more, and seven or more after a plus sign.
 */
export function maskedWithinReport(text: string): string {
  return text.replace(/\+\d(?:[ ().-]{0,3}\d){6,}|\d{10,}/g, masked);
}

/**
 * Hides whatever could be a phone number or an identifier inside other text: seven digits or more,
 * whatever signs and spaces stand between them.
 */
export function maskedWithin(text: string): string {
  // The engine takes a while to make this expression, so it is made where it is needed.
  return text.replace(/[+＋]?\p{Nd}(?:[^\p{L}\p{Nd}]{0,3}\p{Nd}){6,}/gu, masked);
}
