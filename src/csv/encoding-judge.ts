/** The one judgement on the encoding of a file that is not UTF-8, on the whole of what is not ASCII. */
import { isAscii } from 'node:buffer';
import type { Encoding } from './encoding.ts';

const LINE_FEED = 0x0a;

/** A word of so many Cyrillic letters is no accident of some other bytes. */
const WORD_LETTERS = 3;

/** Other characters are allowed for one in five: quotes, dashes, the numero sign. */
const LETTERS_SHARE = 0.8;

/** Genuine Russian has more common letters than this; wrong encodings make rare ones. */
const COMMON_SHARE = 0.5;

/** So many times as many undecodable characters as good ones say that a file is not damaged UTF-8. */
const MUCH_DAMAGE = 4;

const COMMON_LETTERS = new Set('оеаинтсрвлкмдпуыязОЕАИНТСРВЛКМДПУЫЯЗ');
const IS_CYRILLIC = /[А-Яа-яЁё]/;

/**
 * Looks at the bytes of a whole file, in blocks that may be cut anywhere: the verdict does not
 * depend on the cuts. In doubt a file is UTF-8 and damaged: an error is better than wrong letters.
 */
export class EncodingJudge {
  /** How often each byte beyond ASCII stands in the file. */
  readonly #counts = new Uint32Array(256);
  #decodable = 0;
  #undecodable = 0;
  /** How many more bytes the character at hand needs in UTF-8. */
  #awaited = 0;
  /** Cyrillic letters of windows-1251 in a row, and words of them. */
  #letters = 0;
  #words = 0;
  /** What the first line with anything beyond ASCII is. */
  #firstLine: 'not-seen' | 'good-so-far' | 'utf-8' | 'not-utf-8' = 'not-seen';

  /** Looks at the next bytes of the file. */
  push(block: Uint8Array): void {
    if (this.#firstLine !== 'good-so-far' && isAscii(block)) {
      if (block.length > 0) this.#endCharacter();
      if (block.length > 0) this.#letters = 0;
      return;
    }
    for (const byte of block) {
      if (byte < 0x80) this.#lookAtAscii(byte);
      else this.#lookAtOther(byte);
    }
  }

  /** @returns the encoding of the file, once all of it was seen */
  verdict(): Encoding {
    this.#endCharacter();
    if (this.#firstLine === 'utf-8' || this.#firstLine === 'good-so-far') return 'utf-8';
    if (this.#undecodable <= this.#decodable * MUCH_DAMAGE || this.#words === 0) return 'utf-8';
    const { common, letters, all } = this.#lettersAs('windows-1251');
    const share = common / letters;
    if (letters < all * LETTERS_SHARE || share < COMMON_SHARE) return 'utf-8';
    const koi8 = this.#lettersAs('koi8-r');
    return share > koi8.common / Math.max(1, koi8.letters) ? 'windows-1251' : 'utf-8';
  }

  #lookAtAscii(byte: number): void {
    this.#endCharacter();
    this.#letters = 0;
    if (byte === LINE_FEED && this.#firstLine === 'good-so-far') this.#firstLine = 'utf-8';
  }

  #lookAtOther(byte: number): void {
    this.#counts[byte] = (this.#counts[byte] ?? 0) + 1;
    if (this.#firstLine === 'not-seen') this.#firstLine = 'good-so-far';
    this.#letters = byte >= 0xc0 || byte === 0xa8 || byte === 0xb8 ? this.#letters + 1 : 0;
    if (this.#letters === WORD_LETTERS) this.#words += 1;
    const goesOn = byte < 0xc0;
    if (this.#awaited > 0 && goesOn) {
      this.#awaited -= 1;
      if (this.#awaited === 0) this.#decodable += 1;
      return;
    }
    this.#endCharacter();
    if (byte >= 0xc2 && byte <= 0xdf) this.#awaited = 1;
    else if (byte >= 0xe0 && byte <= 0xef) this.#awaited = 2;
    else if (byte >= 0xf0 && byte <= 0xf4) this.#awaited = 3;
    else this.#countUndecodable();
  }

  /** A character that still needs bytes when another one begins cannot be decoded. */
  #endCharacter(): void {
    if (this.#awaited === 0) return;
    this.#awaited = 0;
    this.#countUndecodable();
  }

  #countUndecodable(): void {
    this.#undecodable += 1;
    if (this.#firstLine === 'good-so-far') this.#firstLine = 'not-utf-8';
  }

  /** What the bytes beyond ASCII are in an encoding of single bytes. */
  #lettersAs(encoding: 'windows-1251' | 'koi8-r'): {
    readonly common: number;
    readonly letters: number;
    readonly all: number;
  } {
    const decoder = new TextDecoder(encoding);
    let common = 0;
    let letters = 0;
    let all = 0;
    for (const [byte, count] of this.#counts.entries()) {
      if (count === 0) continue;
      const character = decoder.decode(Uint8Array.of(byte));
      all += count;
      if (IS_CYRILLIC.test(character)) letters += count;
      if (COMMON_LETTERS.has(character)) common += count;
    }
    return { common, letters, all };
  }
}
