/** Finds the encoding of a file that is not valid UTF-8, from all non-ASCII bytes of the file. */
import { UnreadableFile } from '../files/unreadable-file.ts';
import type { EncodingReading } from '../words/en/file-problems.ts';
import { ownValue } from '../words/own-value.ts';
import { ByteLines, eachLine } from './byte-lines.ts';
import { type Encoding, ENCODINGS } from './encoding.ts';
import { ForeignWords, type WordFacts } from './foreign-words.ts';
import type * as Letters from './letters.ts';
import type { ForeignLines } from './table-form.ts';

/**
 * The maximum ratio of undecodable to decodable characters in damaged UTF-8. A file over this ratio
 * is in another encoding.
 */
const MUCH_DAMAGE = 4;

/** The only encodings that a verdict from the letters can name. */
const CYRILLIC: ReadonlySet<string> = new Set([
  'windows-1251',
  'koi8-r',
  'koi8-u',
  'ibm866',
  'x-mac-cyrillic',
  'iso-8859-5',
]);

/**
 * The minimum lead of windows-1251 over another encoding, as a logarithm: see bench/README.md.
 * If the bytes of short Russian words are read in another encoding, they look most like Hebrew, so
 * the lead over windows-1255 must be great. The encoding x-mac-cyrillic differs from windows-1251
 * in only a few letters, so a small lead over x-mac-cyrillic is enough.
 */
const CERTAIN_1251: Readonly<Record<string, number>> = {
  'windows-1255': 10,
  'x-mac-cyrillic': 2.8,
  ibm866: 4,
};
const CERTAIN = { usual: 7, capitals: 3, rare: 14 };

/**
 * A line is foreign if its score in another encoding exceeds its score in the file's encoding by
 * more than this number. Long lines need a greater difference.
 */
const FOREIGN = 14;
/**
 * A word is usual if the average probability of its letters is higher than this. The number is a
 * logarithm. A line with only usual words is not examined further.
 */
const USUAL_LETTER = -3;
/** The maximum number of remembered verdicts on lines. Many lines of a file have the same words. */
const KNOWN_LINES = 10_000;

/** If the words have more bytes than this in total, repeated words are not counted as evidence. */
const FEW_LETTERS = 1000;
const SPACE = Buffer.from(' ');

/** The minimum number of letters for a verdict. */
const FEWEST_LETTERS = 3;

/** If no encoding is certain, the sample is shown in at most this number of encodings. */
const SHOWN_READINGS = 4;

/** The maximum length of the sample, in bytes. */
const SAMPLE_BYTES = 40;

/**
 * Examines the bytes of a whole file. The blocks may be cut anywhere: the verdict does not depend
 * on the cuts. If the evidence is weak, the file is refused, because a wrong encoding would yield
 * wrong letters.
 */
export class EncodingJudge {
  readonly #letters: typeof Letters;
  readonly #words: Letters.WordBytes;
  /** For each non-ASCII byte, how often it occurs in the evidence. */
  readonly #counts = new Uint32Array(256);
  readonly #lines = new ByteLines((lines) => {
    const words = this.#foreign.in(lines);
    // Usually no word is valid UTF-8. Then all lines are examined together. If a word is valid,
    // each line is examined alone.
    if (words.every(({ isUtf8 }) => !isUtf8)) this.#examine(words, lines);
    else for (const line of eachLine(lines)) this.#examine(this.#foreign.in(line), line);
  });
  #sample: Uint8Array = new Uint8Array(0);
  /** Whether a line that is not UTF-8 has three or more non-ASCII bytes in a row. */
  #hasWords = false;
  /** How many characters are complete, and how many are not, if the bytes are read as UTF-8. */
  #decodable = 0;
  #undecodable = 0;
  readonly #foreign = new ForeignWords();
  /** The words that are already evidence. If they are repeated, they are not added again. */
  readonly #evidence = new WeakSet<WordFacts>();
  #letterBytes = 0;
  /** Whether the first line with non-ASCII bytes is valid UTF-8. */
  #firstLine: 'utf-8' | 'not-utf-8' | undefined;

  /** Creates a judge. Loads the letter model only now, because few files need it. */
  static async start(): Promise<EncodingJudge> {
    return new EncodingJudge(await import('./letters.ts'));
  }

  constructor(letters: typeof Letters) {
    this.#letters = letters;
    this.#words = new letters.WordBytes();
  }

  /** Examines the next bytes of the file. */
  push(block: Uint8Array): void {
    this.#lines.push(block);
  }

  /**
   * Adds the words to the evidence about the encoding.
   *
   * @param words the words of `line`
   * @param line one line, or several lines that are examined together
   */
  #examine(words: readonly WordFacts[], line: Uint8Array): void {
    if (words.length === 0) return;
    let isWhole = true;
    for (const { isUtf8, decodable, undecodable } of words) {
      isWhole &&= isUtf8;
      this.#decodable += decodable;
      this.#undecodable += undecodable;
    }
    this.#firstLine ??= isWhole ? 'utf-8' : 'not-utf-8';
    // A line of valid UTF-8 does not show the encoding of other lines.
    if (isWhole) return;
    if (this.#sample.length === 0) this.#sample = sampleOf(line);
    for (const word of words) {
      this.#hasWords ||= word.isLong;
      if (this.#evidence.has(word)) continue;
      this.#words.push(word.bytes);
      this.#words.end();
      for (const byte of word.bytes) {
        if (byte >= 0x80) this.#counts[byte] = (this.#counts[byte] ?? 0) + 1;
      }
      // A repeated word is also evidence, until all words together have more than `FEW_LETTERS`
      // bytes.
      this.#letterBytes += word.bytes.length;
      if (this.#letterBytes > FEW_LETTERS) this.#evidence.add(word);
    }
  }

  /**
   * Returns the encoding of the file. All bytes of the file must have been pushed before.
   *
   * @throws UnreadableFile `encoding-unclear` if the letters are not conclusive
   */
  verdict(): Encoding {
    this.#lines.end();
    if (this.#firstLine !== 'not-utf-8') return 'utf-8';
    if (this.#undecodable <= this.#decodable * MUCH_DAMAGE) return 'utf-8';
    // If there are at most two non-ASCII bytes in a row, they are not words in another encoding.
    // The file is damaged UTF-8.
    if (!this.#hasWords) return 'utf-8';
    const candidates = this.#letters.candidatesFor(this.#words.triples);
    const certain = this.#certain(candidates);
    if (certain !== undefined) return certain;
    throw new UnreadableFile('encoding-unclear', { readings: this.#readings(candidates) });
  }

  /** Returns the first non-ASCII words of the file, decoded in an encoding. */
  sampleIn(encoding: Encoding): string {
    return this.#letters.readAs(encoding, this.#sample).trim();
  }

  /**
   * Returns an object that finds the lines that are certainly in another encoding.
   *
   * @param encoding the encoding of the file
   */
  foreignLines(encoding: Encoding): ForeignLines {
    const letters = this.#letters;
    const known = new Map<string, boolean>();
    const foreign = new ForeignWords();
    const isUsual = (word: WordFacts): boolean => {
      word.isUsual ??= isUsualIn(letters, encoding, word.bytes);
      return word.isUsual;
    };
    const isForeign = (line: Uint8Array): boolean => {
      const words = foreign.in(line);
      if (words.length === 0) return false;
      if (words.every((word) => word.isUtf8)) return true;
      if (words.every(isUsual) || !words.some((word) => word.isLong)) return false;
      const key = Buffer.concat(words.flatMap(({ bytes }) => [bytes, SPACE])).toString('latin1');
      const before = known.get(key);
      if (before !== undefined) return before;
      const { triples } = wordBytesOf(letters, words);
      const own = letters.scoreIn(encoding, triples);
      const [best] = letters.candidatesFor(triples);
      const isOther = best !== undefined && best.score - own > Math.max(FOREIGN, triples.size);
      if (known.size < KNOWN_LINES) known.set(key, isOther);
      return isOther;
    };
    const mayBeIn = (lines: Uint8Array): boolean =>
      foreign.in(lines).some((word) => word.isUtf8 || !isUsual(word));
    return { isForeign, mayBeIn };
  }

  #certain(candidates: readonly Letters.Candidate[]): Encoding | undefined {
    const [best] = candidates;
    if (best === undefined || best.encoding === this.#letters.RANDOM) return undefined;
    const { small, capital } = this.#letters.lettersIn(best.encoding, this.#counts.entries());
    if (small + capital < FEWEST_LETTERS) return undefined;
    const rivals = candidates.filter(({ encoding }) => !this.#readAlike(encoding, best.encoding));
    if (this.#readAlike(best.encoding, 'windows-1251')) {
      // If all letters are capitals, the words are also possible in many other encodings.
      const extra = small > 0 ? 0 : CERTAIN.capitals;
      const isCertain = rivals.every(
        ({ encoding, score }) =>
          best.score - score >= (ownValue(CERTAIN_1251, encoding) ?? CERTAIN.usual) + extra,
      );
      return isCertain ? 'windows-1251' : undefined;
    }
    const isCertain = rivals.every(({ score }) => best.score - score >= CERTAIN.rare);
    const known = ENCODINGS.find((one) => one === best.encoding);
    return CYRILLIC.has(best.encoding) && isCertain ? known : undefined;
  }

  #readAlike(one: string, other: string): boolean {
    const { RANDOM, readAlike } = this.#letters;
    if (one === RANDOM || other === RANDOM) return one === other;
    const seen = [...this.#counts.entries()].flatMap(([byte, count]) => (count > 0 ? [byte] : []));
    return readAlike(one, other, seen);
  }

  /**
   * Returns the sample in the likeliest encodings. If several encodings yield the same text, only
   * one of them is returned.
   */
  #readings(candidates: readonly Letters.Candidate[]): EncodingReading[] {
    const readings: EncodingReading[] = [];
    const named = candidates.flatMap(
      ({ encoding }) => ENCODINGS.find((one) => one === encoding) ?? [],
    );
    for (const encoding of named) {
      const text = this.#letters.readAs(encoding, this.#sample).trim();
      if (/[\0-\x1f\x7f-\u009f\ufffd]/.test(text)) continue;
      if (readings.some((reading) => reading.text === text)) continue;
      // If windows-1251 yields the same text, windows-1251 is named, because more people know it.
      const same = this.#letters.readAs('windows-1251', this.#sample).trim() === text;
      readings.push({ encoding: same ? 'windows-1251' : encoding, text });
    }
    return readings.slice(0, SHOWN_READINGS);
  }
}

function wordBytesOf(
  { WordBytes }: typeof Letters,
  words: readonly WordFacts[],
): Letters.WordBytes {
  const made = new WordBytes();
  for (const { bytes } of words) {
    made.push(bytes);
    made.end();
  }
  return made;
}

/** Says whether the letters of a word are usual in an encoding. */
function isUsualIn(letters: typeof Letters, encoding: Encoding, word: Uint8Array): boolean {
  const made = new letters.WordBytes();
  made.push(word);
  made.end();
  const { triples } = made;
  return letters.scoreIn(encoding, triples) > triples.size * USUAL_LETTER;
}

/** Returns the first non-ASCII words of a line, up to the end of the field. */
function sampleOf(line: Uint8Array): Uint8Array {
  const from = line.findIndex((byte) => byte >= 0x80);
  const rest = line.subarray(from, from + SAMPLE_BYTES);
  const end = rest.findIndex((byte) => byte < 0x20 || FIELD_ENDS.has(byte));
  return Uint8Array.from(end < 0 ? rest : rest.subarray(0, end));
}

/** The quote, the delimiters, and the first character of an HTML tag. */
const FIELD_ENDS = new Set(Buffer.from('",;|<'));
