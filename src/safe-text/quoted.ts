/** Shortens wrong values and words for messages. */
import type { Quoted } from '../words/entries.ts';

/** A longer value may be a token in the wrong place. */
const LONGEST_QUOTED = 20;

/** Returns a wrong value as a message may quote it. Of a long one, only the length is shown. */
export function quoted(text: string): Quoted {
  return text.length > LONGEST_QUOTED ? { length: text.length } : JSON.stringify(text);
}

/** Returns a wrong word of the command line. Of a long one, only the beginning is shown. */
export function quotedWord(word: string): string {
  if (word.length <= LONGEST_QUOTED) return `"${word}"`;
  const option = /^--?[a-z-]{1,20}(?==)/.exec(word)?.[0];
  return `"${option ?? (word.startsWith('-') ? word.slice(0, 2) : `${word.slice(0, 3)}…`)}"`;
}
