/** Reads a whole small text file, if its encoding is certain. */
import { isUtf8 } from 'node:buffer';
import { TextDecoding } from './decoding.ts';
import { guessEncoding } from './encoding.ts';
import { EncodingJudge } from './encoding-judge.ts';

/**
 * Decodes a small text file.
 *
 * @param bytes the whole file
 * @returns its text without the byte-order mark; `undefined` if some bytes cannot be decoded
 * @throws UnreadableFile `encoding-unclear` or `encoding-utf-32`
 */
export async function wholeText(bytes: Uint8Array): Promise<string | undefined> {
  const { encoding: guessed, markBytes, isCertain } = guessEncoding(bytes);
  const rest = bytes.subarray(markBytes);
  const encoding = isCertain || isUtf8(rest) ? guessed : await judged(rest);
  const decoding = new TextDecoding(encoding);
  const text = decoding.decode(rest);
  const { damaged } = decoding;
  const end = decoding.end();
  return damaged || decoding.damaged ? undefined : text + end;
}

async function judged(bytes: Uint8Array): Promise<ReturnType<EncodingJudge['verdict']>> {
  const judge = await EncodingJudge.start();
  judge.push(bytes);
  return judge.verdict();
}
