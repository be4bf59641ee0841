/** Reads the text of a JSON file as UTF-8, whatever its encoding is. */
import { TEXT_PIECE, TextDecoding } from '../../csv/decoding.ts';
import { type Encoding, guessEncoding, isSingleByte } from '../../csv/encoding.ts';
import { EncodingJudge } from '../../csv/encoding-judge.ts';
import type { ForeignLines } from '../../csv/table-form.ts';
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { type JsonReceiver, JsonTokens } from './json-tokens.ts';

/** Opens the bytes of a file, from the beginning each time. */
export type OpenBytes = () => AsyncIterable<Uint8Array>;

/** How the bytes of a JSON file are decoded. */
export interface JsonEncoding {
  readonly encoding: Encoding;
  /** The length of the byte-order mark, in bytes. */
  readonly markBytes: number;
  /** The first non-ASCII words, if the encoding was found from the letters of the file. */
  readonly sample?: string | undefined;
  /** Finds lines in another encoding, if the encoding was found from the letters of the file. */
  readonly foreign?: ForeignLines | undefined;
}

/**
 * Passes all values of a file to a receiver.
 *
 * @param receiverOf makes the receiver; `lineNow` returns the line of the current value, from 1
 * @param isDone says whether the rest of the file is not needed
 * @throws UnreadableFile `json-damaged` or `json-excess`
 * @throws Undecodable if the bytes are not in the encoding
 */
export async function readJson<Receiver extends JsonReceiver>(
  open: OpenBytes,
  { encoding, markBytes, foreign }: JsonEncoding,
  receiverOf: (lineNow: () => number) => Receiver,
  isDone: (receiver: Receiver) => boolean = () => false,
): Promise<Receiver> {
  const receiver: Receiver = receiverOf(() => tokens.line);
  const tokens = new JsonTokens(receiver);
  const decoding = encoding === 'utf-8' ? undefined : new TextDecoding(encoding, foreign);
  let left = markBytes;
  for await (const block of open()) {
    const cut = Math.min(left, block.length);
    left -= cut;
    for (let at = cut; at < block.length; at += TEXT_PIECE) {
      push(tokens, decoding, block.subarray(at, at + TEXT_PIECE));
      if (isDone(receiver)) return receiver;
    }
  }
  if (decoding !== undefined) tokens.push(Buffer.from(decoding.end()));
  if (decoding?.damaged === true) throw new Undecodable();
  tokens.finish();
  return receiver;
}

/** Thrown if the bytes of a file are not in the expected encoding. */
export class Undecodable extends Error {}

function push(tokens: JsonTokens, decoding: TextDecoding | undefined, piece: Uint8Array): void {
  const text = decoding?.decode(piece);
  if (decoding?.damaged === true) throw new Undecodable();
  try {
    tokens.push(text === undefined ? piece : Buffer.from(text));
  } catch (error) {
    // The tokenizer refuses bytes that are not UTF-8 with an error of the decoder.
    throw error instanceof TypeError ? new Undecodable() : error;
  }
}

/**
 * Reads a file in its encoding. If the first bytes do not prove the encoding, and the file is not
 * UTF-8, the letters of the whole file decide.
 *
 * @param wanted the encoding that the user named
 * @param read reads the whole file in an encoding
 * @throws UnreadableFile `encoding-unclear` or `json-undecodable`
 */
export async function inItsEncoding<Result>(
  open: OpenBytes,
  head: Uint8Array,
  wanted: Encoding | undefined,
  read: (encoding: JsonEncoding) => Promise<Result>,
): Promise<Result> {
  const guess = guessEncoding(head);
  const encoding = wanted ?? guess.encoding;
  try {
    return await read({ encoding, markBytes: guess.encoding === encoding ? guess.markBytes : 0 });
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    if (wanted !== undefined || guess.isCertain) {
      throw new UnreadableFile('json-undecodable', { encoding });
    }
  }
  const judge = await EncodingJudge.start();
  for await (const block of open()) judge.push(block);
  const verdict = judge.verdict();
  if (!isSingleByte(verdict)) throw new UnreadableFile('json-undecodable', { encoding: verdict });
  const [foreign, sample] = [judge.foreignLines(verdict), judge.sampleIn(verdict)];
  try {
    return await read({ encoding: verdict, markBytes: 0, foreign, sample });
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    throw new UnreadableFile('json-undecodable', { encoding: verdict });
  }
}
