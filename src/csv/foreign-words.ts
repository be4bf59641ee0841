/**
 * Finds the words with non-ASCII letters, and remembers facts about them. A file repeats the same
 * words, and a repeated word is usually not examined again.
 */
import { isUtf8 } from 'node:buffer';
import { ByteMemory } from './byte-memory.ts';

/** If a word has this many non-ASCII bytes in a row, its alphabet is not Latin. */
const LETTERS_IN_A_ROW = 3;

/** Facts about one word. */
export interface WordFacts {
  readonly bytes: Uint8Array;
  readonly isUtf8: boolean;
  /** How many characters are complete, and how many are not, if the bytes are read as UTF-8. */
  readonly decodable: number;
  readonly undecodable: number;
  /** Whether the word has three non-ASCII bytes in a row. */
  readonly isLong: boolean;
  /** Whether the word is usual in the encoding of the file; `undefined` if not examined yet. */
  isUsual: boolean | undefined;
}

/** Finds the words of one file. */
export class ForeignWords {
  readonly #memory = new ByteMemory<WordFacts>();
  readonly #found: WordFacts[] = [];

  /**
   * Finds the words with non-ASCII bytes. A word consists of ASCII letters and non-ASCII bytes.
   *
   * @returns the words of the lines, in order; the next call uses the same array again
   */
  in(lines: Uint8Array): readonly WordFacts[] {
    const found = this.#found;
    found.length = 0;
    for (let at = 0; at < lines.length; at += 1) {
      if ((lines[at] ?? 0) < 0x80) continue;
      let from = at;
      while (from > 0 && isAsciiLetter(lines[from - 1] ?? 0)) from -= 1;
      while (at < lines.length && ((lines[at] ?? 0) >= 0x80 || isAsciiLetter(lines[at] ?? 0))) {
        at += 1;
      }
      found.push(this.#factsOf(lines, from, at));
    }
    return found;
  }

  #factsOf(line: Uint8Array, from: number, to: number): WordFacts {
    const known = this.#memory.find(line, from, to);
    if (known !== undefined) return known;
    const facts = factsOf(line.slice(from, to));
    this.#memory.keep(line, from, to, facts);
    return facts;
  }
}

function isAsciiLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
}

function factsOf(bytes: Uint8Array): WordFacts {
  let [decodable, undecodable, awaited, inARow, longest] = [0, 0, 0, 0, 0];
  for (const byte of bytes) {
    inARow = byte >= 0x80 ? inARow + 1 : 0;
    longest = Math.max(longest, inARow);
    const isContinuation = byte >= 0x80 && byte < 0xc0;
    if (awaited > 0 && isContinuation) {
      awaited -= 1;
      if (awaited === 0) decodable += 1;
      continue;
    }
    if (awaited > 0) undecodable += 1;
    awaited = continuationsAfter(byte);
    if (awaited === 0 && byte >= 0x80) undecodable += 1;
  }
  if (awaited > 0) undecodable += 1;
  const isLong = longest >= LETTERS_IN_A_ROW;
  const isWhole = isUtf8(bytes);
  return { bytes, isUtf8: isWhole, decodable, undecodable, isLong, isUsual: undefined };
}

/** Returns the number of bytes that must come after the first byte of a character of UTF-8. */
function continuationsAfter(byte: number): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 1;
  if (byte >= 0xe0 && byte <= 0xef) return 2;
  return byte >= 0xf0 && byte <= 0xf4 ? 3 : 0;
}
