/** Finds the encoding of a file that is not UTF-8, from all non-ASCII bytes of the file. */
import { isAscii, isUtf8 } from 'node:buffer';
import { UnreadableFile } from '../files/unreadable-file.ts';
import type { EncodingReading } from '../words/en/file-problems.ts';
import { ByteLines } from './byte-lines.ts';
import { type Encoding, ENCODINGS } from './encoding.ts';
import type * as Letters from './letters.ts';

/**
 * The maximum ratio of undecodable to decodable characters in damaged UTF-8. A file over this ratio
 * is in another encoding.
 */
const MUCH_DAMAGE = 4;

/** The encodings that the verdict may name if the letters are conclusive. */
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
 * The bytes of short Russian words resemble Hebrew more than any other language. Mac-cyrillic
 * differs from windows-1251 in only a few letters.
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
 * The average probability of a letter in a usual line, as a logarithm. A line with a higher
 * average is not examined further.
 */
const USUAL_LETTER = -3;
/** The maximum number of lines with a remembered verdict. Tags repeat, so many lines are equal. */
const KNOWN_LINES = 10_000;

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
  /** The number of times each non-ASCII byte occurs. */
  readonly #counts = new Uint32Array(256);
  readonly #lines = new ByteLines((line) => {
    this.#examine(line);
  });
  #sample: Uint8Array = new Uint8Array(0);
  /** Whether a line has three or more non-ASCII bytes in a row. */
  #hasWords = false;
  #decodable = 0;
  #undecodable = 0;
  /** The number of missing bytes of the current UTF-8 character. */
  #awaited = 0;
  /** Whether the first line with non-ASCII bytes is valid UTF-8. */
  #firstLine: 'utf-8' | 'not-utf-8' | undefined;

  /** Loads the letter model, which few files need. */
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

  #examine(line: Uint8Array): void {
    if (isAscii(line)) return;
    const isWhole = isUtf8(line);
    this.#firstLine ??= isWhole ? 'utf-8' : 'not-utf-8';
    for (const byte of line) {
      if (byte >= 0x80) this.#countUtf8(byte);
      else if (this.#awaited > 0) this.#endCharacter();
    }
    this.#endCharacter();
    // A line of valid UTF-8 is no evidence about the encoding of other lines.
    if (isWhole) return;
    if (this.#sample.length === 0) this.#sample = sampleOf(line);
    this.#words.push(line);
    this.#words.end();
    this.#hasWords ||= hasWord(line);
    for (const byte of line) {
      if (byte >= 0x80) this.#counts[byte] = (this.#counts[byte] ?? 0) + 1;
    }
  }

  /**
   * Returns the encoding of the file. The caller must have pushed the whole file.
   *
   * @throws UnreadableFile `encoding-unclear` if the letters are not conclusive
   */
  verdict(): Encoding {
    this.#lines.end();
    if (this.#firstLine !== 'not-utf-8') return 'utf-8';
    if (this.#undecodable <= this.#decodable * MUCH_DAMAGE) return 'utf-8';
    // Isolated bytes are damage, not words in another encoding.
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
   * @param encoding the encoding of the file
   * @returns a function that says whether a line is certainly in another encoding
   */
  foreignLines(encoding: Encoding): (line: Uint8Array) => boolean {
    const letters = this.#letters;
    const known = new Map<string, boolean>();
    return (line) => {
      const key = beyondAscii(line);
      const before = known.get(key);
      if (before !== undefined) return before;
      if (isUtf8(line)) return true;
      if (!hasWord(line)) return false;
      const words = new letters.WordBytes();
      words.push(line);
      words.end();
      const own = letters.scoreIn(encoding, words.triples);
      const isUsual = own > words.triples.size * USUAL_LETTER;
      const [best] = isUsual ? [] : letters.candidatesFor(words.triples);
      const isForeign =
        best !== undefined && best.score - own > Math.max(FOREIGN, words.triples.size);
      if (known.size < KNOWN_LINES) known.set(key, isForeign);
      return isForeign;
    };
  }

  #certain(candidates: readonly Letters.Candidate[]): Encoding | undefined {
    const [best] = candidates;
    if (best === undefined || best.encoding === this.#letters.RANDOM) return undefined;
    const { small, capital } = this.#letters.lettersIn(best.encoding, this.#counts.entries());
    if (small + capital < FEWEST_LETTERS) return undefined;
    const rivals = candidates.filter(({ encoding }) => !this.#readAlike(encoding, best.encoding));
    if (this.#readAlike(best.encoding, 'windows-1251')) {
      // If the words have only capital letters, they look alike in many encodings.
      const extra = small > 0 ? 0 : CERTAIN.capitals;
      const isCertain = rivals.every(
        ({ encoding, score }) =>
          best.score - score >= (CERTAIN_1251[encoding] ?? CERTAIN.usual) + extra,
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
   * Returns the sample in the likeliest encodings. Encodings that yield the same text appear once.
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
      // If windows-1251 yields the same text, it is named instead, because more people know it.
      const same = this.#letters.readAs('windows-1251', this.#sample).trim() === text;
      readings.push({ encoding: same ? 'windows-1251' : encoding, text });
    }
    return readings.slice(0, SHOWN_READINGS);
  }

  #countUtf8(byte: number): void {
    if (this.#awaited > 0 && byte < 0xc0) {
      this.#awaited -= 1;
      if (this.#awaited === 0) this.#decodable += 1;
      return;
    }
    this.#endCharacter();
    if (byte >= 0xc2 && byte <= 0xdf) this.#awaited = 1;
    else if (byte >= 0xe0 && byte <= 0xef) this.#awaited = 2;
    else if (byte >= 0xf0 && byte <= 0xf4) this.#awaited = 3;
    else this.#undecodable += 1;
  }

  /** Ends the current character. An incomplete character counts as undecodable. */
  #endCharacter(): void {
    if (this.#awaited === 0) return;
    this.#awaited = 0;
    this.#undecodable += 1;
  }
}

/**
 * Returns the bytes from the first non-ASCII byte to the last, as a string with one character per
 * byte.
 */
function beyondAscii(line: Uint8Array): string {
  let from = 0;
  while (from < line.length && (line[from] ?? 0) < 0x80) from += 1;
  let to = line.length;
  while (to > from && (line[to - 1] ?? 0) < 0x80) to -= 1;
  return Buffer.from(line.buffer, line.byteOffset + from, to - from).toString('latin1');
}

/** Says whether a line has three non-ASCII bytes in a row. */
function hasWord(line: Uint8Array): boolean {
  let length = 0;
  for (const byte of line) {
    length = byte >= 0x80 ? length + 1 : 0;
    if (length === 3) return true;
  }
  return false;
}

/** Returns the first non-ASCII words of a line, up to the end of the field. */
function sampleOf(line: Uint8Array): Uint8Array {
  const from = line.findIndex((byte) => byte >= 0x80);
  const rest = line.subarray(from, from + SAMPLE_BYTES);
  const end = rest.findIndex((byte) => byte < 0x20 || FIELD_ENDS.has(byte));
  return Uint8Array.from(end < 0 ? rest : rest.subarray(0, end));
}

/** The quote and the delimiters. */
const FIELD_ENDS = new Set(Buffer.from('",;|'));
