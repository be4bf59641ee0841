/** Shortens wrong values and words for messages. */
import type { Quoted } from '../words/entries.ts';
import { sourceName } from './address-text.ts';
import { maskedWithin } from './masking.ts';

/** The maximum length of a quoted value. A longer value may be a token in the wrong place. */
const LONGEST_QUOTED = 20;

/**
 * Prepares an invalid value for a message. If the value is long, the message shows only its length.
 * A phone number is masked.
 */
export function quoted(text: string): Quoted {
  return text.length > LONGEST_QUOTED
    ? { length: text.length }
    : JSON.stringify(maskedWithin(text));
}

/**
 * Returns a wrong word of the command line for a message. If the word is long, returns only its
 * beginning.
 */
export function quotedWord(word: string): string {
  if (word.length <= LONGEST_QUOTED) return `"${sourceName(word)}"`;
  const option = /^--?[a-z-]{1,20}(?==)/.exec(word)?.[0];
  return `"${option ?? (word.startsWith('-') ? word.slice(0, 2) : `${word.slice(0, 3)}…`)}"`;
}
