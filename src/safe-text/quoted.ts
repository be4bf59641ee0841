/** Wrong values and words, as far as a message may repeat them. */
import type { Quoted } from '../words/entries.ts';

/** What is longer may be a token that was given in the wrong place. */
const LONGEST_QUOTED = 20;

/** A wrong value as a message may quote it. */
export function quoted(text: string): Quoted {
  return text.length > LONGEST_QUOTED ? { length: text.length } : JSON.stringify(text);
}

/** A wrong word of the command line: of a long one only its beginning is shown. */
export function quotedWord(word: string): string {
  if (word.length <= LONGEST_QUOTED) return `"${word}"`;
  const option = /^--?[a-z-]{1,20}(?==)/.exec(word)?.[0];
  return `"${option ?? (word.startsWith('-') ? word.slice(0, 2) : `${word.slice(0, 3)}…`)}"`;
}
