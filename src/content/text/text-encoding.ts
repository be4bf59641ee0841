/** Finds the encoding of a text file that is not CSV, and decodes the file. */
import { TEXT_PIECE, TextDecoding } from '../../csv/decoding.ts';
import { type Encoding, guessEncoding, isSingleByte } from '../../csv/encoding.ts';
import { EncodingJudge } from '../../csv/encoding-judge.ts';
import type { ForeignLines } from '../../csv/table-form.ts';
import { UnreadableFile } from '../../files/unreadable-file.ts';

/** Opens the bytes of a file, from the beginning each time. */
export type OpenBytes = () => AsyncIterable<Uint8Array>;

/** How the bytes of a file are decoded. */
export interface TextEncoding {
  readonly encoding: Encoding;
  /** The length of the byte-order mark, in bytes. */
  readonly markBytes: number;
  /** The first non-ASCII words, if the encoding was found from the letters of the file. */
  readonly sample?: string | undefined;
  /** Finds lines in another encoding, if the encoding was found from the letters of the file. */
  readonly foreign?: ForeignLines | undefined;
}

/** Thrown if the bytes of a file are not in the expected encoding. */
export class Undecodable extends Error {}

/**
 * Yields the text of a file in pieces.
 *
 * @throws Undecodable if the bytes are not in the encoding
 */
export async function* textsOf(
  open: OpenBytes,
  { encoding, markBytes, foreign }: TextEncoding,
): AsyncIterable<string> {
  const decoding = new TextDecoding(encoding, foreign);
  let left = markBytes;
  for await (const block of open()) {
    const cut = Math.min(left, block.length);
    left -= cut;
    for (let at = cut; at < block.length; at += TEXT_PIECE) {
      const text = decoding.decode(block.subarray(at, at + TEXT_PIECE));
      if (decoding.damaged) throw new Undecodable();
      yield text;
    }
  }
  const rest = decoding.end();
  if (decoding.damaged) throw new Undecodable();
  yield rest;
}

/**
 * Reads a file in its encoding. If the first bytes do not prove the encoding, and the file is not
 * UTF-8, the letters of the whole file decide.
 *
 * @param wanted the encoding that the user named
 * @param read reads the whole file in an encoding
 * @throws UnreadableFile `encoding-unclear` or `text-undecodable`
 */
export async function inItsEncoding<Result>(
  open: OpenBytes,
  head: Uint8Array,
  wanted: Encoding | undefined,
  read: (encoding: TextEncoding) => Promise<Result>,
): Promise<Result> {
  const guess = guessEncoding(head);
  const encoding = wanted ?? guess.encoding;
  try {
    return await read({ encoding, markBytes: guess.encoding === encoding ? guess.markBytes : 0 });
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    if (wanted !== undefined || guess.isCertain) {
      throw new UnreadableFile('text-undecodable', { encoding });
    }
  }
  const judge = await EncodingJudge.start();
  for await (const block of open()) judge.push(block);
  const verdict = judge.verdict();
  if (!isSingleByte(verdict)) throw new UnreadableFile('text-undecodable', { encoding: verdict });
  const [foreign, sample] = [judge.foreignLines(verdict), judge.sampleIn(verdict)];
  try {
    return await read({ encoding: verdict, markBytes: 0, foreign, sample });
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    throw new UnreadableFile('text-undecodable', { encoding: verdict });
  }
}
