/** The encodings of input files, and the detection of an encoding from the first bytes. */
import { UnreadableFile } from '../files/unreadable-file.ts';

/** The encodings that Node.js can decode, by their names in the Encoding Standard. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1251',
  'koi8-r',
  'koi8-u',
  'ibm866',
  'x-mac-cyrillic',
  'iso-8859-5',
  'windows-1250',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'macintosh',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-8-i',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'iso-8859-15',
  'iso-8859-16',
  'gbk',
  'gb18030',
  'big5',
  'euc-jp',
  'iso-2022-jp',
  'shift_jis',
  'euc-kr',
] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** Encodings in which a character may have more than one byte. */
const OF_SEVERAL_BYTES: ReadonlySet<Encoding> = new Set([
  'utf-8',
  'utf-16le',
  'utf-16be',
  'gbk',
  'gb18030',
  'big5',
  'euc-jp',
  'iso-2022-jp',
  'shift_jis',
  'euc-kr',
]);

/** Says whether every character is one byte. */
export function isSingleByte(encoding: Encoding): boolean {
  return !OF_SEVERAL_BYTES.has(encoding);
}

/** Common names that the Encoding Standard lacks. */
const OTHER_NAMES: ReadonlyMap<string, Encoding> = new Map(
  Object.entries({
    utf16le: 'utf-16le',
    utf16be: 'utf-16be',
    'win-1251': 'windows-1251',
    win1251: 'windows-1251',
    'cp-1251': 'windows-1251',
    'cp-866': 'ibm866',
    'koi8-ru': 'koi8-u',
    koi8u: 'koi8-u',
    'mac-cyrillic': 'x-mac-cyrillic',
    maccyrillic: 'x-mac-cyrillic',
    'mac-ukrainian': 'x-mac-cyrillic',
  } as const),
);

/**
 * Finds an encoding by a name such as `cp1251` or `KOI8-R`.
 *
 * @returns `undefined` if Node.js has no such encoding
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */
export function encodingNamed(name: string): Encoding | undefined {
  const wanted = name.trim().toLowerCase();
  const other = OTHER_NAMES.get(wanted);
  if (other !== undefined) return other;
  try {
    const { encoding } = new TextDecoder(wanted);
    return ENCODINGS.find((one) => one === encoding);
  } catch {
    return undefined;
  }
}

/** An encoding that is guessed from the first bytes of a file. */
export interface EncodingGuess {
  readonly encoding: Encoding;
  /** The length of the byte-order mark, in bytes; 0 if there is none. */
  readonly markBytes: number;
  /**
   * Whether a byte-order mark or the zero bytes of UTF-16 prove the encoding. If not, UTF-8 is a
   * guess.
   */
  readonly isCertain: boolean;
}

/** Only this many bytes of a file are searched for the zero bytes of UTF-16 and UTF-32. */
const EXAMINED_BYTES = 1024;

/**
 * Detects the encoding from a byte-order mark, or from the zero bytes of ASCII letters in UTF-16.
 * If the file has neither, guesses UTF-8.
 *
 * @param head the first bytes of the file; 1 KiB is enough
 * @throws UnreadableFile `encoding-utf-32`
 */
export function guessEncoding(head: Uint8Array): EncodingGuess {
  const looked = Math.min(head.length, EXAMINED_BYTES) & ~3;
  const zeros = [0, 0, 0, 0];
  for (let at = 0; at < looked; at += 1) {
    if (head[at] === 0) zeros[at & 3] = (zeros[at & 3] ?? 0) + 1;
  }
  const [first = 0, second = 0, third = 0, fourth = 0] = zeros;
  if (isUtf32(head, zeros, looked / 4)) throw new UnreadableFile('encoding-utf-32', {});

  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return certain('utf-8', 3);
  if (head[0] === 0xff && head[1] === 0xfe) return certain('utf-16le', 2);
  if (head[0] === 0xfe && head[1] === 0xff) return certain('utf-16be', 2);
  const [even, odd, many] = [first + third, second + fourth, looked / 2 / 4];
  if (looked >= 8 && odd > many && even * 10 < odd) return certain('utf-16le', 0);
  if (looked >= 8 && even > many && odd * 10 < even) return certain('utf-16be', 0);
  return { encoding: 'utf-8', markBytes: 0, isCertain: false };
}

/**
 * Says whether the first bytes are in UTF-32.
 *
 * @param zeros the number of zero bytes at each of the four positions of a character
 */
function isUtf32(head: Uint8Array, zeros: readonly number[], characters: number): boolean {
  const [first = 0, second = 0, third = 0, fourth = 0] = zeros;
  const hasMark =
    (head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0) ||
    (head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff);
  if (hasMark) return true;
  if (characters < 2) return false;
  // In UTF-32, the highest byte of every character is zero, and the next byte is almost always
  // zero.
  const little = third >= characters * 0.9 && fourth === characters && first < characters * 0.1;
  const big = second >= characters * 0.9 && first === characters && fourth < characters * 0.1;
  return little || big;
}

function certain(encoding: Encoding, markBytes: number): EncodingGuess {
  return { encoding, markBytes, isCertain: true };
}
