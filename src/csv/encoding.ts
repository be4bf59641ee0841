import { isAscii, isUtf8 } from 'node:buffer';

/** The encodings that a file of calls may come in. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251'] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** What the first bytes of a file say about the rest. */
export interface EncodingGuess {
  readonly encoding: Encoding;
  /** Length of the byte-order mark, in bytes; 0 when there is none. */
  readonly markBytes: number;
}

/**
 * How many bytes to make text of at a time: their records take several times as much memory, and
 * larger stretches are no faster.
 */
export const TEXT_STRETCH = 128 * 1024;

/**
 * Stands in the decoded text where bytes had no meaning. A lone surrogate never comes out of valid
 * input, so it can be told from a U+FFFD that the file really holds.
 */
export const UNDECODABLE = '\uDFFF';

/**
 * Tells the encoding from a byte-order mark, or from the zero bytes that ASCII letters have in
 * UTF-16. Without either the answer is UTF-8, which {@link TextDecoding} then holds the file to.
 *
 * @param head the first bytes of the file, 1 KiB is enough
 */
export function guessEncoding(head: Uint8Array): EncodingGuess {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) {
    return { encoding: 'utf-8', markBytes: 3 };
  }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };

  const looked = Math.min(head.length, 1024) & ~1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let at = 0; at < looked; at += 2) {
    if (head[at] === 0) evenZeros += 1;
    if (head[at + 1] === 0) oddZeros += 1;
  }
  const many = looked / 2 / 4;
  if (looked >= 8 && oddZeros > many && evenZeros * 10 < oddZeros) {
    return { encoding: 'utf-16le', markBytes: 0 };
  }
  if (looked >= 8 && evenZeros > many && oddZeros * 10 < evenZeros) {
    return { encoding: 'utf-16be', markBytes: 0 };
  }
  return { encoding: 'utf-8', markBytes: 0 };
}

/**
 * Bytes to text, in chunks that may be cut anywhere. Nothing is ever replaced in silence: bytes
 * that do not decode become {@link UNDECODABLE} and set {@link TextDecoding.damaged}.
 */
export class TextDecoding {
  /** Whether the text of the last call holds {@link UNDECODABLE}. */
  damaged = false;
  /** Whether any character beyond ASCII decoded well, in any call so far. */
  sawNonAscii = false;

  readonly #encoding: Encoding;
  readonly #windows1251: InstanceType<typeof TextDecoder> | undefined;
  #carried: Buffer = Buffer.alloc(0);

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
    this.#windows1251 =
      encoding === 'windows-1251'
        ? new TextDecoder('windows-1251', { ignoreBOM: true })
        : undefined;
  }

  /** Whether no character is cut in two at the end of what was read so far. */
  get settled(): boolean {
    return this.#carried.length === 0;
  }

  /**
   * @param bytes the next bytes, without the byte-order mark
   * @returns their text; a character cut at the end comes with the next call
   */
  decode(bytes: Uint8Array): string {
    return this.#decode(bytes, false);
  }

  /** @returns the rest of the text; a character that was cut off by the end is undecodable */
  end(): string {
    return this.#decode(new Uint8Array(0), true);
  }

  #decode(bytes: Uint8Array, atEnd: boolean): string {
    this.damaged = false;
    const fresh = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#windows1251 !== undefined) return this.#decode1251(this.#windows1251, fresh);

    const whole = this.#carried.length === 0 ? fresh : Buffer.concat([this.#carried, fresh]);
    if (this.#encoding !== 'utf-8') return this.#decodeUtf16(whole, atEnd);

    const complete = atEnd ? whole.length : completeUtf8Length(whole);
    this.#carried = Buffer.from(whole.subarray(complete));
    const ready = whole.subarray(0, complete);
    if (isAscii(ready)) return ready.toString('latin1');
    if (isUtf8(ready)) {
      this.sawNonAscii = true;
      return ready.toString('utf8');
    }
    this.damaged = true;
    return decodeDamagedUtf8(ready);
  }

  #decode1251(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer): string {
    const text = decoder.decode(bytes);
    // 0x98 is the one byte that windows-1251 leaves without a character.
    if (!text.includes('\u0098')) return text;
    this.damaged = true;
    return text.replaceAll('\u0098', UNDECODABLE);
  }

  #decodeUtf16(whole: Buffer, atEnd: boolean): string {
    let complete = whole.length & ~1;
    const highByteAt = this.#encoding === 'utf-16le' ? complete - 1 : complete - 2;
    const lastUnit = complete > 0 ? (whole[highByteAt] ?? 0) : 0;
    // A first half of a surrogate pair waits for its second half.
    if (!atEnd && lastUnit >= 0xd8 && lastUnit <= 0xdb) complete -= 2;
    this.#carried = atEnd ? Buffer.alloc(0) : Buffer.from(whole.subarray(complete));
    let ready = whole.subarray(0, complete);
    if (this.#encoding === 'utf-16be') ready = Buffer.from(ready).swap16();
    let text = ready.toString('utf16le');
    if (!text.isWellFormed()) {
      this.damaged = true;
      text = text.replace(LONE_SURROGATE, UNDECODABLE);
    }
    if (atEnd && complete < whole.length) {
      this.damaged = true;
      text += UNDECODABLE;
    }
    return text;
  }
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The length of `bytes` without a last character that is not all there yet. */
function completeUtf8Length(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return wanted > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** Line by line, so that a good line beside a bad one keeps a U+FFFD that it really holds. */
function decodeDamagedUtf8(bytes: Buffer): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const lines: string[] = [];
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(0x0a, from);
    const to = newline < 0 ? bytes.length : newline + 1;
    const line = bytes.subarray(from, to);
    lines.push(
      isUtf8(line) ? line.toString('utf8') : decoder.decode(line).replaceAll('\uFFFD', UNDECODABLE),
    );
    from = to;
  }
  return lines.join('');
}

const CYRILLIC = /[А-Яа-яЁё]/g;
const CYRILLIC_WORD = /[А-Яа-яЁё]{3,}/g;
const COMMON_LETTER = /[оеаинтсрвлкмдпуыяз]/gi;

/**
 * Whether bytes that are not UTF-8 read as Russian in windows-1251. The answer is no in doubt: a
 * stray byte, another single-byte encoding or a damaged UTF-8 file must end as an error and not as
 * wrong letters.
 *
 * @param bytes a stretch of the file, from a few bytes to some hundred KiB, that is not UTF-8
 */
export function looksLikeWindows1251(bytes: Uint8Array): boolean {
  const asUtf8 = new TextDecoder('utf-8').decode(bytes);
  let undecodable = 0;
  let decodable = 0;
  for (const character of asUtf8) {
    if (character === '\uFFFD') undecodable += 1;
    else if (character > '\u007f') decodable += 1;
  }
  if (undecodable <= decodable * 4) return false;

  const text = new TextDecoder('windows-1251').decode(bytes);
  const beyondAscii = count(text, /[^\0-\x7f]/g);
  const letters = text.match(CYRILLIC) ?? [];
  const words = text.match(CYRILLIC_WORD) ?? [];
  if (words.length === 0 || letters.length < beyondAscii * 0.8) return false;
  const common = commonShare(text);
  return common >= 0.5 && common > commonShare(new TextDecoder('koi8-r').decode(bytes));
}

/**
 * Whether characters beyond ASCII decode well as UTF-8 before the first line that does not: then the
 * file is UTF-8 and damaged, whatever the rest of it looks like.
 *
 * @param bytes a stretch of the file that is not UTF-8
 */
export function beginsAsUtf8(bytes: Uint8Array): boolean {
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(0x0a, from);
    const to = newline < 0 ? bytes.length : newline + 1;
    const line = bytes.subarray(from, to);
    if (!isAscii(line)) return isUtf8(line);
    from = to;
  }
  return false;
}

/** Which part of the Cyrillic letters are common ones; wrong encodings make rare letters. */
function commonShare(text: string): number {
  const letters = (text.match(CYRILLIC) ?? []).join('');
  return letters === '' ? 0 : count(letters, COMMON_LETTER) / letters.length;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
