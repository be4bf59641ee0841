/** The encodings that a file may come in, and what its first bytes say about them. */

/** The encodings that a file of calls may come in. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251'] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** What the first bytes of a file say about the rest. */
export interface EncodingGuess {
  readonly encoding: Encoding;
  /** Length of the byte-order mark, in bytes; 0 when there is none. */
  readonly markBytes: number;
  /** Whether a mark or the zero bytes of UTF-16 decided; else UTF-8 is only the most likely one. */
  readonly isCertain: boolean;
}

/** So many bytes are looked at for the zero bytes of UTF-16. */
const LOOKED_AT = 1024;

/**
 * Tells the encoding from a byte-order mark, or from the zero bytes that ASCII letters have in
 * UTF-16. Without either the answer is UTF-8, and uncertain.
 *
 * @param head the first bytes of the file, 1 KiB is enough
 */
export function guessEncoding(head: Uint8Array): EncodingGuess {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return certain('utf-8', 3);
  if (head[0] === 0xff && head[1] === 0xfe) return certain('utf-16le', 2);
  if (head[0] === 0xfe && head[1] === 0xff) return certain('utf-16be', 2);

  const looked = Math.min(head.length, LOOKED_AT) & ~1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let at = 0; at < looked; at += 2) {
    if (head[at] === 0) evenZeros += 1;
    if (head[at + 1] === 0) oddZeros += 1;
  }
  const many = looked / 2 / 4;
  if (looked >= 8 && oddZeros > many && evenZeros * 10 < oddZeros) return certain('utf-16le', 0);
  if (looked >= 8 && evenZeros > many && oddZeros * 10 < evenZeros) return certain('utf-16be', 0);
  return { encoding: 'utf-8', markBytes: 0, isCertain: false };
}

function certain(encoding: Encoding, markBytes: number): EncodingGuess {
  return { encoding, markBytes, isCertain: true };
}
