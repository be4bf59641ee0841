/** Decodes a file piece by piece, without the byte-order mark and the line `sep=`. */
import { TextDecoding } from './decoding.ts';
import { withoutSeparatorLine } from './dialect.ts';
import type { TableForm } from './table-form.ts';

/**
 * The line `sep=` is removed as soon as the text has this many characters. The line itself is
 * shorter. But the first piece of text may contain only a part of the line.
 */
const SEPARATOR_LINE_ROOM = 16;

/** Decodes the bytes of one file, piece by piece. */
export class TableText {
  /** Whether the latest piece may contain undecodable bytes. */
  damaged = false;
  readonly #decoding: TextDecoding;
  #markLeft: number;
  /** The beginning of the text, until it is long enough for the line `sep=`. Then `undefined`. */
  #head: string | undefined;
  #headDamaged = false;

  constructor(form: TableForm) {
    this.#decoding = new TextDecoding(form.encoding, form.foreign);
    this.#markLeft = form.markBytes;
    this.#head = form.dialect.separatorLine ? '' : undefined;
  }

  /**
   * Whether the text of all pushed bytes has been returned. In encodings other than UTF-8 and
   * UTF-16, an incomplete last character is not noticed.
   */
  get isIdle(): boolean {
    return this.#decoding.isIdle && this.#head === undefined && this.#markLeft === 0;
  }

  /** @returns the bytes without the byte-order mark */
  withoutMark(bytes: Uint8Array): Uint8Array {
    const cut = Math.min(this.#markLeft, bytes.length);
    this.#markLeft -= cut;
    return cut === 0 ? bytes : bytes.subarray(cut);
  }

  /** @returns the text that is ready after these bytes; it may be empty */
  push(bytes: Uint8Array): string {
    return this.#afterSeparatorLine(this.#decoding.decode(this.withoutMark(bytes)), false);
  }

  /**
   * Converts bytes to UTF-8 without making text, if possible. Otherwise decodes the bytes to text.
   * The file must not have the line `sep=`.
   *
   * @returns UTF-8 bytes, which are valid until the next `rewrite`; or text
   */
  rewrite(bytes: Uint8Array): Uint8Array | string {
    const decoded = this.#decoding.rewrite(this.withoutMark(bytes));
    this.damaged = this.#decoding.damaged;
    return decoded;
  }

  /** @returns the rest of the text */
  end(): string {
    return this.#afterSeparatorLine(this.#decoding.end(), true);
  }

  #afterSeparatorLine(text: string, atEnd: boolean): string {
    this.damaged = this.#decoding.damaged;
    if (this.#head === undefined) return text;
    this.#head += text;
    this.#headDamaged ||= this.damaged;
    if (!atEnd && this.#head.length < SEPARATOR_LINE_ROOM) return '';
    const content = withoutSeparatorLine(this.#head);
    this.#head = undefined;
    this.damaged = this.#headDamaged;
    return content;
  }
}
