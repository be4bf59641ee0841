/** Finds the single-byte encoding of words, from the sequences of their letters. */
import { ownValue } from '../words/own-value.ts';
import { LANGUAGES, packedRows, STEP } from './letter-model.ts';

/** Stands for the missing byte before the first letter of a word, and after the last letter. */
export const NO_BYTE = 0x100;

/** A set of three-byte sequences, as numbers from {@link tripleOf}. */
export type Triples = ReadonlySet<number>;

/** Packs three bytes into one number. Each byte may be {@link NO_BYTE}. */
export function tripleOf(first: number, second: number, third: number): number {
  return (first << 18) | (second << 9) | third;
}

/** One possible encoding of the words. */
export interface Candidate {
  readonly encoding: string;
  /** The logarithm of the probability of the words, in the likeliest language. */
  readonly score: number;
}

/**
 * The characters of encodings that Node.js lacks, for the bytes from 0x80 on. `\0` marks a byte
 * without a character.
 */
const OTHER_TABLES: Readonly<Record<string, string>> = {
  'kz-1048':
    'ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—\0™љ›њқһџ\u00a0ҰұӘ¤Ө¦§Ё©Ғ«¬\0®Ү°±Ііөµ¶·ё№ғ»әҢңүАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя',
  ptcp154:
    'ҖҒӮғ„…ҶҮҲүҠӢҢҚҺҸҗ‘’“”•–—ҳҷҡӣңқһҹ\u00a0ЎўЈӨҘҰ§Ё©Ә«¬ӯ®Ҝ°ұІіҙө¶·ё№ә»јҪҫҝАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя',
  cp855:
    'ђЂѓЃёЁєЄѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏюЮъЪаАбБцЦдДеЕфФгГ«»\0\0\0\0\0хХиИ\0\0\0\0йЙ\0\0\0\0\0\0кК\0\0\0\0\0\0\0¤лЛмМнНоОп\0\0\0\0Пя\0ЯрРсСтТуУжЖвВьЬ№\0ыЫзЗшШэЭщЩчЧ§\0\u00a0',
};

/**
 * The languages of each encoding, each with a number that is added to its score. In windows-1251,
 * rarer languages need more evidence. Hebrew and Arabic get a bonus.
 */
const WRITTEN_IN: ReadonlyMap<string, Readonly<Record<string, number>>> = new Map([
  ['windows-1251', { ru: 0, uk: -1.5, be: -2.5, bg: -2, sr: -2.5, mk: -3 }],
  ['koi8-r', { ru: 0, bg: 0 }],
  ['koi8-u', { uk: 0, be: 0, ru: 0 }],
  ['ibm866', { ru: 0, be: 0, uk: 0, bg: 0 }],
  ['x-mac-cyrillic', { ru: 0, uk: 0, be: 0, bg: 0, sr: 0, mk: 0 }],
  ['iso-8859-5', { ru: 0, uk: 0, be: 0, bg: 0, sr: 0, mk: 0 }],
  ['cp855', { ru: 0, bg: 0, sr: 0 }],
  ['kz-1048', { kk: 0 }],
  ['ptcp154', { kk: 0 }],
  ['windows-1253', { el: 0 }],
  ['iso-8859-7', { el: 0 }],
  ['windows-1255', { he: 5 }],
  ['windows-1256', { ar: 3 }],
  ['iso-8859-6', { ar: 3 }],
] as readonly (readonly [string, Readonly<Record<string, number>>])[]);

/** The name of a candidate that is not an encoding: it assumes that the bytes are random. */
export const RANDOM = 'random';
const RANDOM_START = -4;
const RANDOM_BYTE = -Math.log(100);
const RANDOM_ASCII = -2;

/**
 * The logarithms of the probabilities of everything that the letter model does not have: unusual
 * characters, and changes between small and capital letters. They were chosen with
 * bench/encodings/measure.js.
 */
const NO_CHARACTER = -15;
const STRANGE_LETTER = -9;
const LONE_MARK = { usual: -4, other: -11 };
const OPENING = { usual: -6, other: -9 };
const CLOSING = { usual: -5, other: -12 };
const CASE_CHANGE: Readonly<Record<string, number>> = {
  ' U': -1.5,
  ' l': -0.25,
  ll: -0.02,
  lU: -9,
  Ul: -0.35,
};
const CAPITALS = { first: -2.2, more: -0.1, late: -4 };

const OPENS = new Set('«„“‘№');
const CLOSES = new Set('»“”’\u00a0°…');
const USUAL_MARKS = new Set('«»—–№…„“”’‘\u00a0°•€§©®·´`');

type Kind = ' ' | 'U' | 'l' | 'X';

interface Character {
  readonly kind: Kind;
  /** The letter in lower case; a space if the character is not a letter. */
  readonly letter: string;
  readonly text: string;
}

const BLANK: Character = { kind: ' ', letter: ' ', text: ' ' };

function characterOf(text: string): Character {
  if (text === '\0' || /[\u0080-\u009f\ufffd\ue000-\uf8ff]/.test(text)) {
    return { kind: 'X', letter: ' ', text };
  }
  if (/\p{Lu}/u.test(text)) return { kind: 'U', letter: text.toLowerCase(), text };
  return /\p{Ll}|\p{Lo}/u.test(text)
    ? { kind: 'l', letter: text, text }
    : { kind: ' ', letter: ' ', text };
}

const tables = new Map<string, readonly Character[]>();

/** Returns the character of each byte, and of {@link NO_BYTE}. */
function tableOf(encoding: string): readonly Character[] {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const other = ownValue(OTHER_TABLES, encoding);
  const decoder = other === undefined ? new TextDecoder(encoding) : undefined;
  const table = Array.from({ length: 256 }, (_, byte) => {
    if (byte < 0x80) return characterOf(String.fromCharCode(byte));
    return characterOf(decoder?.decode(Uint8Array.of(byte)) ?? other?.[byte - 0x80] ?? '\0');
  });
  table.push(BLANK);
  tables.set(encoding, table);
  return table;
}

/** Says whether two encodings have the same character for each of the bytes. */
export function readAlike(one: string, other: string, bytes: Iterable<number>): boolean {
  const [left, right] = [tableOf(one), tableOf(other)];
  for (const byte of bytes) if (left[byte]?.text !== right[byte]?.text) return false;
  return true;
}

/** Counts the small letters and the capital letters among bytes in an encoding. */
export function lettersIn(
  encoding: string,
  bytes: Iterable<readonly [byte: number, count: number]>,
): { readonly small: number; readonly capital: number } {
  const table = tableOf(encoding);
  let [small, capital] = [0, 0];
  for (const [byte, count] of bytes) {
    const kind = table[byte]?.kind;
    if (kind === 'l') small += count;
    if (kind === 'U') capital += count;
  }
  return { small, capital };
}

/** Decodes bytes. The encoding may be one that Node.js lacks. */
export function readAs(encoding: string, bytes: Uint8Array): string {
  const table = tableOf(encoding);
  return Array.from(bytes, (byte) => table[byte]?.text ?? '').join('');
}

/** The probabilities of letters in one language. */
class Language {
  readonly #places: ReadonlyMap<string, number>;
  readonly #afterOne = new Map<number, Uint8Array>();
  readonly #afterTwo = new Map<number, Uint8Array>();

  constructor(letters: string, rows: Uint8Array) {
    this.#places = new Map([...letters].map((letter, at) => [letter, at]));
    const width = this.#places.size;
    for (let at = 0; at < rows.length; at += width + 2) {
      const [first = 0, second = 0] = rows.subarray(at, at + 2);
      const row = rows.subarray(at + 2, at + 2 + width);
      if (first === 255) this.#afterOne.set(second, row);
      else this.#afterTwo.set((first << 8) | second, row);
    }
  }

  /**
   * @returns the logarithm of the probability of a letter after two others; a space is the
   *   beginning or the end of a word
   */
  after(first: string, second: string, letter: string): number {
    const at = this.#places.get(letter);
    const before = this.#places.get(second);
    if (at === undefined || before === undefined) return STRANGE_LETTER;
    const earlier = this.#places.get(first);
    const row =
      (earlier === undefined ? undefined : this.#afterTwo.get((earlier << 8) | before)) ??
      this.#afterOne.get(before);
    return -(row?.[at] ?? 0) * STEP;
  }
}

let languages: ReadonlyMap<string, Language> | undefined;

function allLanguages(): ReadonlyMap<string, Language> {
  if (languages !== undefined) return languages;
  const { inflateRawSync } = process.getBuiltinModule('node:zlib');
  const bytes = inflateRawSync(Buffer.from(packedRows(), 'base64'));
  let from = 0;
  languages = new Map(
    LANGUAGES.map(({ language, letters, rows }) => {
      const end = from + rows * ([...letters].length + 2);
      const table = new Language(letters, bytes.subarray(from, end));
      from = end;
      return [language, table];
    }),
  );
  return languages;
}

/**
 * Returns the logarithm of the probability of the third byte after the other two, in a language.
 */
function costOf(table: readonly Character[], language: Language, triple: number): number {
  const earlier = table[triple >> 18] ?? BLANK;
  const before = table[(triple >> 9) & 0x1ff] ?? BLANK;
  const here = table[triple & 0x1ff] ?? BLANK;
  if (before.kind === 'X' || here.kind === 'X') return NO_CHARACTER;
  const isMarkBefore = before.kind === ' ' && before !== BLANK;
  const isMark = here.kind === ' ' && here !== BLANK;
  if (before.kind === ' ' && here.kind === ' ') {
    if (!isMark) return 0;
    return USUAL_MARKS.has(here.text) ? LONE_MARK.usual : LONE_MARK.other;
  }
  let cost = 0;
  if (isMark) cost += CLOSES.has(here.text) ? CLOSING.usual : CLOSING.other;
  if (isMarkBefore) cost += OPENS.has(before.text) ? OPENING.usual : OPENING.other;
  cost += language.after(before.kind === ' ' ? ' ' : earlier.letter, before.letter, here.letter);
  return cost + caseCost(earlier.kind, before.kind, here.kind);
}

function caseCost(earlier: Kind, before: Kind, here: Kind): number {
  if (before !== 'U' || here !== 'U') return ownValue(CASE_CHANGE, before + here) ?? 0;
  if (earlier === 'U') return CAPITALS.more;
  return earlier === 'l' ? CAPITALS.late : CAPITALS.first;
}

/**
 * Returns the logarithm of the probability of words in an encoding. Uses the likeliest of its
 * languages.
 */
export function scoreIn(encoding: string, triples: Triples): number {
  const written = WRITTEN_IN.get(encoding) ?? {};
  const table = tableOf(encoding);
  let best = Number.NEGATIVE_INFINITY;
  for (const [name, added] of Object.entries(written)) {
    const language = allLanguages().get(name);
    if (language === undefined) continue;
    let score = added;
    for (const triple of triples) score += costOf(table, language, triple);
    best = Math.max(best, score);
  }
  return best;
}

/**
 * Scores words in each encoding.
 *
 * @returns the candidates, the likeliest first
 */
export function candidatesFor(triples: Triples): Candidate[] {
  const candidates = [...WRITTEN_IN.keys()].map((encoding): Candidate => ({
    encoding,
    score: scoreIn(encoding, triples),
  }));
  let random = RANDOM_START;
  for (const triple of triples) {
    const here = triple & 0x1ff;
    random += here >= 0x80 && here < NO_BYTE ? RANDOM_BYTE : RANDOM_ASCII;
  }
  return [...candidates, { encoding: RANDOM, score: random }].sort(
    (one, other) => other.score - one.score,
  );
}

/**
 * Collects the words of a text as triples of bytes. Words with only ASCII letters are ignored. Each
 * triple is stored once, because a repeated word gives no new evidence.
 */
export class WordBytes {
  /** The maximum number of different triples. No real text has so many. */
  static readonly MOST = 200_000;
  readonly triples = new Set<number>();
  #earlier = NO_BYTE;
  #before = NO_BYTE;

  /**
   * Adds bytes.
   *
   * @param bytes the next bytes; a word may have begun in the previous call
   */
  push(bytes: Uint8Array): void {
    for (const byte of bytes) this.#add(isLetter(byte) ? byte : NO_BYTE);
  }

  /** Ends the current word. */
  end(): void {
    this.#add(NO_BYTE);
    this.#earlier = NO_BYTE;
  }

  #add(byte: number): void {
    const beyond = (one: number): boolean => one >= 0x80 && one < NO_BYTE;
    if (beyond(byte) || beyond(this.#before)) {
      const triple = tripleOf(this.#earlier, this.#before, byte);
      if (this.triples.size < WordBytes.MOST) this.triples.add(triple);
    }
    this.#earlier = this.#before;
    this.#before = byte;
  }
}

function isLetter(byte: number): boolean {
  return byte >= 0x80 || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}
