/** Reads JSON from bytes, and reports its values in order. Numbers keep their digits. */
import { Tokenizer, TokenizerError } from '@streamparser/json';
import { UnreadableFile } from '../../files/unreadable-file.ts';

/** Receives the parts of one or more JSON documents, in the order of the file. */
export interface JsonReceiver {
  /** Receives the `{` or `[` of a container. */
  begin(container: 'object' | 'array'): void;
  /** Receives the `}` or `]` of the innermost open container. */
  end(): void;
  /** Receives a key of the innermost open object. */
  key(name: string): void;
  /** Receives a string, a number, `true`, `false` or `null` as text. */
  value(text: string, kind: 'string' | 'number' | 'word' | 'null'): void;
}

/** The maximum depth of containers. Answers of call systems have a depth of less than ten. */
const MOST_DEPTH = 32;

/** The maximum length of a string or a number, in bytes. */
const LONGEST_VALUE = 1024 * 1024;

/** The sizes of the tokenizer's memories for one string and for one number, in bytes. */
const BUFFERED = { stringBufferSize: 16 * 1024, numberBufferSize: 256 } as const;

const LINE_FEED = 0x0a;

/** Keeps the text of a number. A JavaScript number would lose digits of long identifiers. */
class WholeNumbers extends Tokenizer {
  protected override parseNumber(text: string): number {
    // The return type must be a number, but the tokenizer only passes the value on.
    return text as unknown as number;
  }
}

/** The kinds of tokens, as `@streamparser/json` numbers them. */
const TOKEN = {
  beginObject: 0,
  endObject: 1,
  beginArray: 2,
  endArray: 3,
  colon: 4,
  comma: 5,
  string: 9,
  number: 10,
  null: 8,
} as const;

/** What the grammar of JSON allows next. */
type Wanted = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

/**
 * Reads JSON documents, one after the other, for example the lines of JSON lines. White space
 * between documents is optional.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export class JsonTokens {
  readonly #tokenizer = new WholeNumbers(BUFFERED);
  readonly #receiver: JsonReceiver;
  /** The open containers; the last one is the innermost. */
  readonly #open: ('object' | 'array')[] = [];
  #wanted: Wanted = 'value';
  #block: Uint8Array = new Uint8Array(0);
  /** The position in the file of the first byte of the current block. */
  #blockStart = 0;
  /** The number of the line at `#counted`, from 1. */
  #line = 1;
  /** The position in the file up to which lines are counted. */
  #counted = 0;
  /** The position of the current token in the file. */
  #offset = 0;

  constructor(receiver: JsonReceiver) {
    this.#receiver = receiver;
    this.#tokenizer.onToken = ({ token, value, offset }) => {
      this.#offset = offset;
      this.#take(token, value);
    };
  }

  /** The line of the current token, from 1. */
  get line(): number {
    this.#countTo(this.#offset);
    return this.#line;
  }

  /**
   * @param block the next bytes, in UTF-8 without a mark
   * @throws UnreadableFile `json-damaged` or `json-excess`
   * @throws TypeError if a string is not valid UTF-8
   */
  push(block: Uint8Array): void {
    this.#block = block;
    const last = this.#offset;
    this.#guarded(() => {
      this.#tokenizer.write(block);
    });
    const end = this.#blockStart + block.length;
    // If no token ended in this block, the block is a part of one long token. The limit is checked
    // before that token fills the memory.
    if (this.#offset === last && end - last > LONGEST_VALUE) this.#refuse('value', LONGEST_VALUE);
    this.#countTo(end);
    this.#blockStart = end;
  }

  /** @throws UnreadableFile `json-damaged` if a document is not complete */
  finish(): void {
    this.#offset = this.#blockStart;
    this.#guarded(() => {
      this.#tokenizer.end();
    });
    if (this.#open.length > 0) throw this.#damaged(true);
  }

  #guarded(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof TokenizerError)) throw error;
      throw this.#damaged(error.message.startsWith('Tokenizer ended'));
    }
  }

  #take(token: number, value: unknown): void {
    switch (token) {
      case TOKEN.beginObject:
        this.#begin('object');
        return;
      case TOKEN.beginArray:
        this.#begin('array');
        return;
      case TOKEN.endObject:
        this.#end('object', 'key-or-end');
        return;
      case TOKEN.endArray:
        this.#end('array', 'value-or-end');
        return;
      case TOKEN.colon:
        this.#expect('colon');
        this.#wanted = 'value';
        return;
      case TOKEN.comma:
        this.#expect('comma-or-end');
        this.#wanted = this.#open.at(-1) === 'object' ? 'key' : 'value';
        return;
      case TOKEN.string:
        this.#string(String(value));
        return;
      case TOKEN.number:
        this.#value(String(value), 'number');
        return;
      case TOKEN.null:
        this.#value('', 'null');
        return;
      default:
        this.#value(String(value), 'word');
    }
  }

  #string(text: string): void {
    if (this.#wanted !== 'key' && this.#wanted !== 'key-or-end') {
      this.#value(text, 'string');
      return;
    }
    this.#wanted = 'colon';
    this.#receiver.key(text);
  }

  #value(text: string, kind: 'string' | 'number' | 'word' | 'null'): void {
    this.#expectValue();
    this.#receiver.value(text, kind);
    this.#afterValue();
  }

  #begin(container: 'object' | 'array'): void {
    this.#expectValue();
    if (this.#open.length === MOST_DEPTH) this.#refuse('depth', MOST_DEPTH);
    this.#open.push(container);
    this.#wanted = container === 'object' ? 'key-or-end' : 'value-or-end';
    this.#receiver.begin(container);
  }

  #end(container: 'object' | 'array', empty: 'key-or-end' | 'value-or-end'): void {
    const mayEnd = this.#wanted === empty || this.#wanted === 'comma-or-end';
    if (!mayEnd || this.#open.at(-1) !== container) throw this.#damaged(false);
    this.#open.pop();
    this.#receiver.end();
    this.#afterValue();
  }

  #afterValue(): void {
    this.#wanted = this.#open.length === 0 ? 'value' : 'comma-or-end';
  }

  #expectValue(): void {
    if (this.#wanted !== 'value' && this.#wanted !== 'value-or-end') throw this.#damaged(false);
  }

  #expect(wanted: Wanted): void {
    if (this.#wanted !== wanted || this.#open.length === 0) throw this.#damaged(false);
  }

  #damaged(isCut: boolean): UnreadableFile {
    return new UnreadableFile('json-damaged', { line: this.line, isCut });
  }

  #refuse(what: 'value' | 'depth', most: number): never {
    throw new UnreadableFile('json-excess', { line: this.line, what, most });
  }

  /** Counts the lines up to a position. A line end is never inside a string. */
  #countTo(position: number): void {
    const block = this.#block;
    const end = Math.min(position - this.#blockStart, block.length);
    let at = Math.max(0, this.#counted - this.#blockStart);
    for (;;) {
      at = block.indexOf(LINE_FEED, at);
      if (at < 0 || at >= end) break;
      this.#line += 1;
      at += 1;
    }
    this.#counted = Math.max(this.#counted, this.#blockStart + Math.max(0, end));
  }
}
