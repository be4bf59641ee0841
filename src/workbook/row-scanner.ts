/**
 * The fast path for sheets. Reads rows from bytes, if the rows have the form that most programs
 * write. The XML parser reads all other rows.
 */
import { ownValue } from '../words/own-value.ts';
import { LAST_COLUMN, LAST_ROW } from './cell-reference.ts';
import { type CellTexts, NUMBER_TYPE } from './cell-text.ts';
import type { RowConsumer } from './row-consumer.ts';
import { isSet, type RowElements } from './row-elements.ts';
import { unescaped } from './text-of-cell.ts';

const QUOTE = 0x22;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const LESS = 0x3c;
const GREATER = 0x3e;
const SPACE = 0x20;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const CODE_A = 0x41;
const CODE_Z = 0x5a;
const LOWER_C = 0x63;
const LOWER_R = 0x72;
const LOWER_S = 0x73;
const LOWER_T = 0x74;
const LETTERS = 26;

const ROW = Buffer.from('<row ');
const ROW_END = Buffer.from('</row>');
const VALUE = Buffer.from('<v>');
const VALUE_END = Buffer.from('</v></c>');
const INLINE = Buffer.from('<is><t>');
const INLINE_END = Buffer.from('</t></is></c>');

/**
 * The maximum number of digits of a whole number on the fast path. A floating-point number can
 * store every whole number of this length exactly.
 */
const MOST_DIGITS = 15;

/** The types of cells. */
const TYPES: readonly string[] = ['s', 'n', 'b', 'e', 'd', 'str', 'inlineStr'];

/** Attributes in the form that most programs write. */
const PLAIN_ATTRIBUTES = /^(?: ?[A-Za-z\d:]+="[^"<>&]*")+ ?$/;

/** Characters that the XML parser must handle: invalid characters, and carriage returns. */
const NOT_PLAIN = /[\0-\u0008\u000b-\u001f\ufffe\uffff]/;

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

/** Reads rows from bytes. */
export class RowScanner {
  readonly #texts: CellTexts;
  readonly #rows: RowElements;
  readonly #consumer: RowConsumer;
  /** The current position in the bytes. */
  #at = 0;
  #type = NUMBER_TYPE;
  #style = 0;
  /** The current column, from 0. */
  #column = -1;

  constructor(texts: CellTexts, rows: RowElements, consumer: RowConsumer) {
    this.#texts = texts;
    this.#rows = rows;
    this.#consumer = consumer;
  }

  /**
   * Reads rows one after another.
   *
   * @param bytes valid UTF-8
   * @param from the position where the next row is expected
   * @returns the position of the first row that is incomplete, or that the XML parser must read
   */
  scan(bytes: Buffer, from: number): number {
    let at = from;
    for (;;) {
      const next = this.#row(bytes, at);
      if (next < 0) return at;
      at = next;
    }
  }

  /** @returns the position after the row; -1 if the XML parser must read the row */
  #row(bytes: Buffer, from: number): number {
    if (!startsWith(bytes, ROW, from)) return -1;
    const tagEnd = bytes.indexOf(GREATER, from);
    if (tagEnd < 0 || bytes[tagEnd - 1] === SLASH) return -1;
    const attributes = bytes.toString('latin1', from + ROW.length, tagEnd);
    if (!PLAIN_ATTRIBUTES.test(attributes)) return -1;
    const number = /(?:^| )r="(\d{1,7})"/.exec(attributes)?.[1];
    const row = Number(number);
    if (number === undefined || row <= this.#rows.row || row > LAST_ROW) return -1;
    this.#consumer.begin(row);
    this.#at = tagEnd + 1;
    this.#column = -1;
    while (!startsWith(bytes, ROW_END, this.#at)) {
      if (this.#cell(bytes)) continue;
      this.#consumer.drop();
      return -1;
    }
    const hidden = attributes.includes('hidden')
      ? /(?:^| )hidden="(\w{1,5})"/.exec(attributes)?.[1]
      : undefined;
    this.#rows.end(row, isSet(hidden));
    return this.#at + ROW_END.length;
  }

  /** @returns whether the fast path could read the cell */
  #cell(bytes: Buffer): boolean {
    const at = this.#at;
    if (bytes[at] !== LESS || bytes[at + 1] !== LOWER_C || bytes[at + 2] !== SPACE) return false;
    const before = this.#column;
    const end = this.#attributes(bytes, at + 3);
    if (end < 0 || this.#column <= before || this.#column >= LAST_COLUMN) return false;
    if (bytes[end] === SLASH) {
      this.#at = end + 2;
      return bytes[end + 1] === GREATER;
    }
    const isInline = this.#type === 'inlineStr';
    const [open, close] = isInline ? [INLINE, INLINE_END] : [VALUE, VALUE_END];
    if (!startsWith(bytes, open, end + 1)) return false;
    const from = end + 1 + open.length;
    const to = bytes.indexOf(LESS, from);
    if (to < 0 || !startsWith(bytes, close, to)) return false;
    this.#at = to + close.length;
    return isInline || this.#type === 'str'
      ? this.#text(bytes, from, to)
      : this.#value(bytes, from, to);
  }

  #text(bytes: Buffer, from: number, to: number): boolean {
    const text = plainText(bytes.toString('utf8', from, to));
    if (text === undefined) return false;
    if (text !== '') this.#consumer.text(this.#column, unescaped(text));
    return true;
  }

  #value(bytes: Buffer, from: number, to: number): boolean {
    const number = to - from <= MOST_DIGITS ? wholeNumberIn(bytes, from, to) : -1;
    if (number >= 0 && this.#type === 's') {
      const shared = this.#texts.sharedString(number);
      if (shared !== '') this.#consumer.text(this.#column, shared);
      return true;
    }
    if (number >= 0 && this.#type === NUMBER_TYPE && this.#texts.isPlain(this.#style)) {
      this.#consumer.digits(this.#column, bytes, from, to);
      return true;
    }
    const text = bytes.toString('latin1', from, to);
    if (!/^[ -%'-~]*$/.test(text)) return false;
    if (text !== '') {
      this.#consumer.text(this.#column, this.#texts.text(this.#type, this.#style, text));
    }
    return true;
  }

  /**
   * @returns the position of the `/` or `>` after the attributes of a cell; -1 if the attributes
   *   are not in the usual form
   */
  #attributes(bytes: Buffer, from: number): number {
    this.#type = NUMBER_TYPE;
    this.#style = 0;
    let hasPlace = false;
    let at = from;
    for (;;) {
      const first = bytes[at];
      if (first === GREATER || first === SLASH) return hasPlace ? at : -1;
      const isOne = bytes[at + 1] === EQUALS && bytes[at + 2] === QUOTE;
      if (!isOne) return -1;
      const end = bytes.indexOf(QUOTE, at + 3);
      if (end < 0) return -1;
      if (first === LOWER_R) {
        this.#column = columnIn(bytes, at + 3, end);
        hasPlace = true;
      } else if (first === LOWER_S) this.#style = Math.max(0, wholeNumberIn(bytes, at + 3, end));
      else if (first === LOWER_T) {
        const type = TYPES.find((one) => isText(bytes, one, at + 3, end));
        if (type === undefined) return -1;
        this.#type = type;
      } else return -1;
      at = end + 1;
      if (bytes[at] === SPACE) at += 1;
    }
  }
}

/**
 * @returns the text, with references such as `&amp;` resolved; `undefined` if the XML parser must
 *   read the text
 */
function plainText(text: string): string | undefined {
  if (NOT_PLAIN.test(text)) return undefined;
  if (!text.includes('&')) return text;
  const parts = text.split(/(&\w{1,5};)/);
  let resolved = '';
  for (const part of parts) {
    const entity = ownValue(ENTITIES, part);
    if (entity === undefined && part.includes('&')) return undefined;
    resolved += entity ?? part;
  }
  return resolved;
}

function startsWith(bytes: Buffer, start: Buffer, from: number): boolean {
  for (let at = 0; at < start.length; at += 1) {
    if (bytes[from + at] !== start[at]) return false;
  }
  return true;
}

function isText(bytes: Buffer, text: string, from: number, end: number): boolean {
  if (end - from !== text.length) return false;
  for (let at = 0; at < text.length; at += 1) {
    if (bytes[from + at] !== text.charCodeAt(at)) return false;
  }
  return true;
}

/** @returns the column in a reference such as `C7`, from 0; -1 if the reference is invalid */
function columnIn(bytes: Buffer, from: number, end: number): number {
  let column = 0;
  for (let at = from; at < end; at += 1) {
    const code = bytes[at] ?? 0;
    if (code < CODE_A || code > CODE_Z) break;
    column = column * LETTERS + (code - CODE_A + 1);
    if (column > LAST_COLUMN) return -1;
  }
  return column - 1;
}

/** @returns the number; -1 if a byte is not a digit */
function wholeNumberIn(bytes: Buffer, from: number, end: number): number {
  let value = from < end ? 0 : -1;
  for (let at = from; at < end; at += 1) {
    const code = bytes[at] ?? 0;
    if (code < DIGIT_0 || code > DIGIT_9) return -1;
    value = value * 10 + (code - DIGIT_0);
  }
  return value;
}
