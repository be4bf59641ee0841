/** Reads the rows of one sheet in constant memory. */
import { isUtf8 } from 'node:buffer';
import { type CellContext, CellTexts, type SheetFacts } from './cell-text.ts';
import type { RowConsumer } from './row-consumer.ts';
import { RowElements } from './row-elements.ts';
import { RowScanner } from './row-scanner.ts';
import { type XmlReader, xmlReader } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

/** The sheet to read. */
export interface SheetSource {
  readonly zip: ZipArchive;
  /** The path of the sheet in the archive. */
  readonly part: string;
  readonly context: CellContext;
  /**
   * If `false`, the XML parser reads all rows. A test uses this option to compare the fast path
   * with the XML parser.
   */
  readonly fastPath?: boolean;
}

/**
 * Reads the rows of a sheet in order, block by block.
 *
 * @param consumer receives the rows
 * @param facts an object that this function fills while it reads the sheet
 * @returns the given `consumer` once after each block, even if no row ends in the block
 * @throws UnreadableFile `workbook-damaged` when this function reaches damaged bytes; also any
 *   error of the archive
 */
export async function* readRows<Consumer extends RowConsumer>(
  { zip, part, context, fastPath = true }: SheetSource,
  consumer: Consumer,
  facts: SheetFacts,
): AsyncIterable<Consumer> {
  const texts = new CellTexts(part, context, facts);
  const elements = new RowElements(texts, facts, consumer);
  const parser = await xmlReader(part, elements);
  const scanner = fastPath ? new RowScanner(texts, elements, consumer) : undefined;
  const reader = new SheetReader(parser, elements, scanner);
  for await (const block of zip.bytes(part)) {
    // Whoever wants only the first rows can stop early.
    const length = facts.bytesRead === 0 ? FIRST_PIECE : block.length;
    for (let at = 0; at < block.length; at += length) {
      const piece = block.subarray(at, at + length);
      reader.push(piece);
      facts.bytesRead += piece.length;
      yield consumer;
    }
  }
  reader.end();
}

/** The length of the pieces in which the first block is read, in bytes. */
const FIRST_PIECE = 16 * 1024;

const ROW_END = Buffer.from('</row>');

/**
 * The size of the buffer, in bytes. A row that is longer than the buffer goes to the XML parser.
 */
const GATHERED = 256 * 1024;

/** Passes rows in the usual form to the fast path, and all other bytes to the XML parser. */
class SheetReader {
  readonly #parser: XmlReader;
  readonly #elements: RowElements;
  readonly #scanner: RowScanner | undefined;
  /** A buffer that all blocks share. A new buffer for each block would not be freed soon enough. */
  readonly #gathered = Buffer.allocUnsafeSlow(GATHERED);
  #length = 0;
  /** The number of bytes to gather before they are read. It grows, so the first rows come soon. */
  #enough = FIRST_PIECE;
  /** Whether the position of the parser is certainly between two rows. */
  #isBetweenRows = false;

  constructor(parser: XmlReader, elements: RowElements, scanner: RowScanner | undefined) {
    this.#parser = parser;
    this.#elements = elements;
    this.#scanner = scanner;
  }

  push(block: Uint8Array): void {
    for (let at = 0; at < block.length;) {
      const piece = block.subarray(at, at + this.#enough - this.#length);
      this.#gathered.set(piece, this.#length);
      this.#length += piece.length;
      at += piece.length;
      if (this.#length === this.#enough) {
        this.#read(this.#gathered.subarray(0, this.#length));
        this.#enough = Math.min(GATHERED, 2 * this.#enough);
      }
    }
  }

  end(): void {
    this.#read(this.#gathered.subarray(0, this.#length));
    this.#parser.push(this.#gathered.subarray(0, this.#length));
    this.#parser.end();
  }

  #read(bytes: Buffer): void {
    let at = 0;
    // The bytes of the complete rows. These bytes can still be invalid UTF-8.
    let rows: Buffer | undefined = bytes.subarray(0, bytes.lastIndexOf(ROW_END) + ROW_END.length);
    let isChecked = false;
    for (;;) {
      if (this.#scanner !== undefined && this.#mayBeFast && rows !== undefined) {
        if (!isChecked && !isUtf8(rows.subarray(at))) rows = undefined;
        else at = this.#scanner.scan(rows, at);
        isChecked = true;
      }
      const rowEnd = bytes.indexOf(ROW_END, at);
      if (rowEnd < 0) break;
      at = this.#parse(bytes, at, rowEnd + ROW_END.length);
    }
    const isTooLong = at === 0 && bytes.length === GATHERED;
    if (isTooLong || !this.#isBetweenRows) at = this.#parse(bytes, at, bytes.length);
    this.#length = bytes.copy(this.#gathered, 0, at);
  }

  /** Whether the fast path may read the next bytes. */
  get #mayBeFast(): boolean {
    return this.#isBetweenRows && this.#parser.isUtf8;
  }

  /** @returns the new position of the parser */
  #parse(bytes: Buffer, from: number, to: number): number {
    const { closed } = this.#elements;
    this.#parser.push(bytes.subarray(from, to));
    // If the number of completed rows has grown, the parser has just completed a row. So its
    // position is between two rows.
    this.#isBetweenRows = this.#elements.closed > closed;
    return to;
  }
}
