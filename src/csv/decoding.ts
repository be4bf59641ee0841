/**
 * Decodes bytes to text, piece by piece. The pieces may be cut anywhere. Undecodable bytes are
 * always detected.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { ByteLines, eachLine } from './byte-lines.ts';
import { type Encoding, isSingleByte } from './encoding.ts';
import { NO_CHARACTER, SingleByteTable } from './single-byte-table.ts';
import type { ForeignLines } from './table-form.ts';

/**
 * The size of one piece to decode, in bytes. Larger pieces would not be faster, and would need
 * much memory: decoded records need several times as much memory as their bytes.
 */
export const TEXT_PIECE = 128 * 1024;

/**
 * The replacement for undecodable bytes: a lone surrogate, which valid input never yields. U+FFFD
 * would be ambiguous, because files can contain it.
 */
export const UNDECODABLE = '\uDFFF';

/** Decodes one file. Undecodable bytes become {@link UNDECODABLE}. */
export class TextDecoding {
  /** Whether the latest decoded text contains {@link UNDECODABLE}. */
  damaged = false;

  readonly #encoding: Encoding;
  /** The decoder for encodings other than UTF-8 and UTF-16. */
  readonly #decoder: InstanceType<typeof TextDecoder> | undefined;
  /** Splits the bytes into lines, if some lines may be in another encoding. */
  readonly #lines: ByteLines | undefined;
  #decoded = '';
  /** Converts bytes to UTF-8, if the encoding has one byte per character. */
  readonly #table: SingleByteTable | undefined;
  /** Whether the current bytes are rewritten as UTF-8 bytes. If not, they become text. */
  #isRewriting = false;
  #carried: Buffer = Buffer.alloc(0);

  /**
   * @param foreign finds lines in another encoding; their non-ASCII bytes count as undecodable
   */
  constructor(encoding: Encoding, foreign?: ForeignLines) {
    this.#encoding = encoding;
    this.#lines =
      foreign === undefined
        ? undefined
        : new ByteLines((lines) => {
            this.#addLines(lines, foreign);
          });
    const isUnicode = encoding.startsWith('utf-');
    this.#decoder = isUnicode ? undefined : new TextDecoder(encoding, { ignoreBOM: true });
    this.#table =
      this.#decoder !== undefined && isSingleByte(encoding)
        ? new SingleByteTable(this.#decoder)
        : undefined;
  }

  /**
   * Whether the last character of the decoded bytes is complete. In encodings other than UTF-8 and
   * UTF-16, an incomplete last character is not noticed.
   */
  get isIdle(): boolean {
    return this.#carried.length === 0;
  }

  /**
   * Decodes bytes to text.
   *
   * @param bytes the next bytes, without the byte-order mark
   * @returns the text of the bytes. An incomplete last character is not in this text, but at the
   *   beginning of the next text.
   */
  decode(bytes: Uint8Array): string {
    return this.#decode(bytes, false);
  }

  /**
   * Converts bytes to UTF-8 without making text, if possible. Otherwise decodes the bytes to text.
   *
   * @param bytes the next bytes, without the byte-order mark
   * @returns UTF-8 bytes, which are valid until the next call; or the text that {@link decode}
   *   would return
   */
  rewrite(bytes: Uint8Array): Uint8Array | string {
    const table = this.#table;
    if (table === undefined) return this.decode(bytes);
    this.#begin(true);
    table.begin();
    if (this.#lines !== undefined) this.#lines.push(bytes);
    else if (!table.add(bytes))
      this.#addText(this.#decodeOther(this.#decoder?.decode(bytes, { stream: true }) ?? ''));
    const text = this.#decoded;
    this.#decoded = '';
    return this.#isRewriting ? table.written : text;
  }

  /** @returns the rest of the text; an incomplete last character counts as undecodable */
  end(): string {
    return this.#decode(new Uint8Array(0), true);
  }

  #decode(bytes: Uint8Array, atEnd: boolean): string {
    this.#begin(false);
    const fresh = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#lines !== undefined) {
      this.#lines.push(fresh);
      if (atEnd) this.#lines.end();
      const text = this.#decoded;
      this.#decoded = '';
      return text;
    }
    if (this.#decoder !== undefined) {
      return this.#decodeOther(this.#decoder.decode(fresh, { stream: !atEnd }));
    }

    const whole = this.#carried.length === 0 ? fresh : Buffer.concat([this.#carried, fresh]);
    if (this.#encoding !== 'utf-8') return this.#decodeUtf16(whole, atEnd);

    const complete = atEnd ? whole.length : completeUtf8Length(whole);
    this.#carried = Buffer.from(whole.subarray(complete));
    const ready = whole.subarray(0, complete);
    if (isAscii(ready)) return ready.toString('latin1');
    if (isUtf8(ready)) return ready.toString('utf8');
    this.damaged = true;
    return decodeDamagedUtf8(ready);
  }

  #addLines(lines: Uint8Array, foreign: ForeignLines): void {
    const mayBeForeign = foreign.mayBeIn(lines);
    if (this.#isRewriting && !mayBeForeign && this.#table?.add(lines) === true) return;
    if (!mayBeForeign) {
      this.#addText(this.#decodeOther(this.#decoder?.decode(lines, { stream: true }) ?? ''));
      return;
    }
    for (const line of eachLine(lines)) {
      const text = this.#decoder?.decode(line, { stream: true }) ?? '';
      if (foreign.isForeign(line)) {
        this.damaged = true;
        this.#addText(text.replace(BEYOND_ASCII, UNDECODABLE));
      } else this.#addText(this.#decodeOther(text));
    }
  }

  #begin(isRewriting: boolean): void {
    this.damaged = false;
    this.#isRewriting = isRewriting;
  }

  /**
   * Adds text to the result. A result is either bytes or text. So if the result so far is bytes in
   * UTF-8, these bytes are first converted to text.
   */
  #addText(text: string): void {
    if (this.#isRewriting) this.#decoded = this.#table?.written.toString('utf8') ?? '';
    this.#isRewriting = false;
    this.#decoded += text;
  }

  #decodeOther(text: string): string {
    if (!NO_CHARACTER.test(text)) return text;
    this.damaged = true;
    return text.replace(NO_CHARACTERS, UNDECODABLE);
  }

  #decodeUtf16(whole: Buffer, atEnd: boolean): string {
    let complete = whole.length & ~1;
    const highByteAt = this.#encoding === 'utf-16le' ? complete - 1 : complete - 2;
    const lastUnit = complete > 0 ? (whole[highByteAt] ?? 0) : 0;
    // The first half of a surrogate pair waits for the second.
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

const NO_CHARACTERS = new RegExp(NO_CHARACTER, 'g');

const BEYOND_ASCII = /[^\0-\x7f]/g;

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Returns the length of `bytes` without an incomplete character at the end. */
function completeUtf8Length(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** The bytes of U+FFFD in UTF-8. */
const REPLACEMENT = Buffer.from('\uFFFD');

/**
 * Decodes damaged UTF-8. A U+FFFD in the file stays U+FFFD. The first byte of U+FFFD cannot be
 * inside another character, so the bytes before and after a U+FFFD can be decoded separately.
 */
function decodeDamagedUtf8(bytes: Buffer): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const pieces: string[] = [];
  for (let from = 0; from <= bytes.length;) {
    const found = bytes.indexOf(REPLACEMENT, from);
    const to = found < 0 ? bytes.length : found;
    pieces.push(decoder.decode(bytes.subarray(from, to)).replaceAll('\uFFFD', UNDECODABLE));
    from = to + REPLACEMENT.length;
  }
  return pieces.join('\uFFFD');
}
