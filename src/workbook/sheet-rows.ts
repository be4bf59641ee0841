/** The rows of one sheet, in constant memory. */
import { isUtf8 } from 'node:buffer';
import { type CellContext, CellTexts, type SheetFacts } from './cell-text.ts';
import { RowElements } from './row-elements.ts';
import { RowScanner } from './row-scanner.ts';
import type { RowConsumer } from './row-taker.ts';
import { type XmlReader, xmlReader } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

/** The sheet to read. */
export interface SheetSource {
  readonly zip: ZipArchive;
  /** Where it stands in the archive. */
  readonly part: string;
  readonly context: CellContext;
  /** `false` lets the XML parser read all of it, as a test needs that compares the two. */
  readonly fastPath?: boolean;
}

/**
 * Reads the rows of a sheet in their order, block by block.
 *
 * @param taker gets the rows
 * @param facts is filled while the sheet is read
 * @returns the taker, each time it may have got some
 * @throws UnreadableFile `workbook-damaged` where it is, and what the archive throws
 */
export async function* readRows<Taker extends RowConsumer>(
  { zip, part, context, fastPath = true }: SheetSource,
  taker: Taker,
  facts: SheetFacts,
): AsyncIterable<Taker> {
  const texts = new CellTexts(part, context, facts);
  const elements = new RowElements(texts, facts, taker);
  const parser = await xmlReader(part, elements);
  const scanner = fastPath ? new RowScanner(texts, elements, taker) : undefined;
  const reader = new SheetReader(parser, elements, scanner);
  for await (const block of zip.bytes(part)) {
    reader.push(block);
    yield taker;
  }
  reader.end();
}

const ROW_END = Buffer.from('</row>');

/** So many bytes are gathered before rows are looked for in them; a row that is longer goes to the XML parser. */
const GATHERED = 256 * 1024;

/** Takes bytes to the fast path where a row begins, and to the XML parser where it does not, or fails there. */
class SheetReader {
  readonly #parser: XmlReader;
  readonly #elements: RowElements;
  readonly #scanner: RowScanner | undefined;
  /** One memory for all of them: new memory for each block would pile up. */
  readonly #gathered = Buffer.allocUnsafeSlow(GATHERED);
  #length = 0;
  /** Whether the parser is known to stand between two rows. */
  #isBetweenRows = false;

  constructor(parser: XmlReader, elements: RowElements, scanner: RowScanner | undefined) {
    this.#parser = parser;
    this.#elements = elements;
    this.#scanner = scanner;
  }

  push(block: Uint8Array): void {
    for (let at = 0; at < block.length;) {
      const piece = block.subarray(at, at + GATHERED - this.#length);
      this.#gathered.set(piece, this.#length);
      this.#length += piece.length;
      at += piece.length;
      if (this.#length === GATHERED) this.#read(this.#gathered);
    }
  }

  end(): void {
    this.#read(this.#gathered.subarray(0, this.#length));
    this.#parser.push(this.#gathered.subarray(0, this.#length));
    this.#parser.end();
  }

  #read(bytes: Buffer): void {
    let at = 0;
    // Whole rows, of which nobody has looked yet whether they are UTF-8.
    let rows: Buffer | undefined = bytes.subarray(0, bytes.lastIndexOf(ROW_END) + ROW_END.length);
    let isChecked = false;
    for (;;) {
      if (this.#scanner !== undefined && this.#isBetweenRows && rows !== undefined) {
        if (!isChecked && !isUtf8(rows.subarray(at))) rows = undefined;
        else at = this.#scanner.scan(rows, at);
        isChecked = true;
      }
      const rowEnd = bytes.indexOf(ROW_END, at);
      if (rowEnd < 0) break;
      at = this.#parsed(bytes, at, rowEnd + ROW_END.length);
    }
    const isTooLong = at === 0 && bytes.length === GATHERED;
    if (isTooLong || !this.#isBetweenRows) at = this.#parsed(bytes, at, bytes.length);
    this.#length = bytes.copy(this.#gathered, 0, at);
  }

  /** @returns where the parser stands then */
  #parsed(bytes: Buffer, from: number, to: number): number {
    const { closed } = this.#elements;
    this.#parser.push(bytes.subarray(from, to));
    // Only the end of a row makes the parser count one, so nothing is open but the rows' own element.
    this.#isBetweenRows = this.#elements.closed > closed;
    return to;
  }
}
