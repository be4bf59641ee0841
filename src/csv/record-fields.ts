/** Finds the fields of a record by their bytes. Makes text only of the fields that are needed. */
import { MOST_COLUMNS } from '../limits.ts';
import { ByteMemory } from './byte-memory.ts';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/**
 * The greatest byte that can be in a line end. Most bytes in a file are greater, so one comparison
 * shows that they are not in a line end.
 */
const LAST_LINE_END = CARRIAGE_RETURN;
const SPACE = 0x20;
const DIGIT_9 = 0x39;
const LAST_ASCII = 0x7f;
const NO_BYTES = Buffer.alloc(0);

/** The minimum number of bytes to convert to text at once. Fields are cut out of this text. */
const WINDOW = 4 * 1024;

/** The fields of one record. The object is used again for the next record. */
export class RecordFields {
  /** The bytes of the record, in UTF-8. */
  bytes: Buffer = NO_BYTES;
  /** The number of fields. */
  count = 0;
  /** The number of physical lines of the record. */
  lines = 1;
  /** The positions where the fields begin and end, in bytes, without the quotes around a field. */
  readonly starts = new Int32Array(MOST_COLUMNS);
  readonly ends = new Int32Array(MOST_COLUMNS);
  /** For each field, 1 if it contains doubled quotes. Then its text differs from its bytes. */
  readonly areDoubled = new Uint8Array(MOST_COLUMNS);
  /** The texts of the fields, if another reader found them. */
  #texts: readonly string[] | undefined;
  readonly #delimiter: number;
  /** The texts of the latest fields with non-ASCII letters. */
  readonly #memory = new ByteMemory<string>();
  /** A part of `#windowOf` as text, with one character for each byte. */
  #window = '';
  #windowOf: Buffer | undefined;
  #windowFrom = 0;
  /** Where the last record ended. */
  #end = 0;

  /** @param delimiter the character between fields, in ASCII */
  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /**
   * Finds the fields of the next record.
   *
   * @param bytes valid UTF-8 that ends with a line feed
   * @param from where the record begins, in bytes
   * @returns where the record ends, in bytes; -1 if its fields cannot be found from the bytes
   *   alone, for example because the quotes are malformed or the record is incomplete
   */
  divide(bytes: Buffer, from: number): number {
    // The bytes may have changed since the last record. Then `#window` is out of date.
    if (bytes !== this.bytes || from !== this.#end) this.#windowOf = undefined;
    this.bytes = bytes;
    this.#texts = undefined;
    // The loop below reads every byte of a file. Local variables are faster there than members.
    const { starts, ends, areDoubled } = this;
    const delimiter = this.#delimiter;
    let lines = 1;
    let at = from;
    for (let field = 0; field < MOST_COLUMNS; field += 1) {
      let byte = bytes[at] ?? 0;
      areDoubled[field] = 0;
      if (byte !== QUOTE) {
        starts[field] = at;
        while (byte !== delimiter && byte !== QUOTE) {
          if (byte <= LAST_LINE_END && isLineEnd(byte)) break;
          byte = bytes[++at] ?? 0;
        }
        ends[field] = at;
      } else {
        at += 1;
        starts[field] = at;
        for (; ; at += 1) {
          byte = bytes[at] ?? 0;
          while (byte !== QUOTE && byte > LAST_LINE_END) byte = bytes[++at] ?? 0;
          if (byte === QUOTE) {
            if (bytes[at + 1] !== QUOTE) break;
            areDoubled[field] = 1;
            at += 1;
          } else if (byte === LINE_FEED) {
            // The last line feed of the bytes is inside quotes, so the record is incomplete.
            if (at + 1 === bytes.length) return -1;
            lines += 1;
          } else if (byte === CARRIAGE_RETURN) {
            if (bytes[at + 1] !== LINE_FEED) lines += 1;
          } else if (byte === 0) return -1;
        }
        ends[field] = at;
        at += 1;
        byte = bytes[at] ?? 0;
      }
      at += 1;
      if (byte === delimiter) continue;
      this.count = field + 1;
      this.lines = lines;
      if (byte === CARRIAGE_RETURN && bytes[at] === LINE_FEED) at += 1;
      else if (byte !== LINE_FEED) return -1;
      this.#end = at;
      return at;
    }
    return -1;
  }

  /**
   * Stores the fields of a record, which another reader found.
   *
   * @param texts the fields; a lone surrogate represents an undecodable byte
   */
  take(texts: readonly string[]): void {
    this.#texts = texts;
    this.count = texts.length;
    const bytes = Buffer.from(texts.join('\n'), 'utf8');
    this.bytes = bytes;
    let at = 0;
    texts.forEach((text, field) => {
      this.starts[field] = at;
      at += Buffer.byteLength(text, 'utf8');
      this.ends[field] = at;
      this.areDoubled[field] = 0;
      at += 1;
    });
  }

  /** Says whether the record has no text but spaces. */
  isBlank(): boolean {
    for (let field = 0; field < this.count; field += 1) {
      const [from, to] = [this.starts[field] ?? 0, this.ends[field] ?? 0];
      if (from === to) continue;
      const first = this.bytes[from] ?? 0;
      if (first > SPACE && first <= LAST_ASCII) return false;
      if (this.text(field).trim() !== '') return false;
    }
    return true;
  }

  /**
   * Returns the first field that is not blank. If this field begins with a digit, or with an ASCII
   * sign whose code is lower than the codes of the digits, returns ''.
   */
  firstWord(): string {
    for (let field = 0; field < this.count; field += 1) {
      const [from, to] = [this.starts[field] ?? 0, this.ends[field] ?? 0];
      if (from === to) continue;
      const first = this.bytes[from] ?? 0;
      if (first > SPACE && first <= DIGIT_9) return '';
      const text = this.text(field).trim();
      if (text !== '') return text;
    }
    return '';
  }

  /**
   * Returns copies of all fields. A copy stays valid, and does not keep a longer text in memory.
   */
  texts(): readonly string[] {
    if (this.#texts !== undefined) return this.#texts;
    return Array.from({ length: this.count }, (_, field) => {
      const [from, to] = [this.starts[field] ?? 0, this.ends[field] ?? 0];
      return this.#single(field, textOf(this.bytes, from, to));
    });
  }

  /**
   * Returns a field; '' if the record has fewer fields. Do not store many of these texts, because
   * each can keep a much longer text in memory.
   */
  text(field: number): string {
    if (field < 0 || field >= this.count) return '';
    if (this.#texts !== undefined) return this.#texts[field] ?? '';
    const { bytes } = this;
    const [from, to] = [this.starts[field] ?? 0, this.ends[field] ?? 0];
    for (let at = from; at < to; at += 1) {
      if ((bytes[at] ?? 0) > LAST_ASCII) return this.#single(field, this.#beyondAscii(from, to));
    }
    const window = this.#window;
    const start = from - this.#windowFrom;
    if (bytes !== this.#windowOf || start < 0 || to - this.#windowFrom > window.length) {
      return this.#single(field, this.#inNewWindow(from, to));
    }
    return this.#single(field, window.substring(start, to - this.#windowFrom));
  }

  /**
   * Returns the text between two offsets. Also converts the bytes after it, for the next fields,
   * because one long text is converted faster than many short ones.
   */
  #inNewWindow(from: number, to: number): string {
    const { bytes } = this;
    this.#windowOf = bytes;
    this.#windowFrom = from;
    this.#window = bytes.toString('latin1', from, Math.max(to, from + WINDOW));
    return this.#window.substring(0, to - from);
  }

  #beyondAscii(from: number, to: number): string {
    const known = this.#memory.find(this.bytes, from, to);
    if (known !== undefined) return known;
    const text = this.bytes.toString('utf8', from, to);
    this.#memory.keep(this.bytes, from, to, text);
    return text;
  }

  #single(field: number, text: string): string {
    return this.areDoubled[field] === 1 ? text.replaceAll('""', '"') : text;
  }
}

/**
 * Says whether the search for the end of a field stops at a byte. The search stops at LF, CR and
 * NUL, because a record with NUL must be read as text.
 *
 * @param byte at most {@link LAST_LINE_END}
 */
function isLineEnd(byte: number): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === 0;
}

/** Returns the text of some bytes of UTF-8. */
export function textOf(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('utf8', from, to);
}
