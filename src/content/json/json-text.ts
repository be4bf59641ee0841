/** Reads the values of a JSON file, whatever its encoding is. */
import { TEXT_PIECE, TextDecoding } from '../../csv/decoding.ts';
import { type OpenBytes, type TextEncoding, Undecodable } from '../text/text-encoding.ts';
import { type JsonReceiver, JsonTokens } from './json-tokens.ts';

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
  { encoding, markBytes, foreign }: TextEncoding,
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

function push(tokens: JsonTokens, decoding: TextDecoding | undefined, piece: Uint8Array): void {
  const text = decoding?.decode(piece);
  if (decoding?.damaged === true) throw new Undecodable();
  try {
    tokens.push(text === undefined ? piece : Buffer.from(text));
  } catch (error) {
    // If bytes are not UTF-8, the tokenizer throws the `TypeError` of the decoder.
    throw error instanceof TypeError ? new Undecodable() : error;
  }
}
