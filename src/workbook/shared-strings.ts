/** Reads the shared strings of a workbook: texts that several cells may use. */
import { UnreadableFile } from '../files/unreadable-file.ts';
import { TextOfCell } from './text-of-cell.ts';
import { xmlReader } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

/** The maximum memory for shared strings, in bytes. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The approximate memory of a string without its characters, in bytes. */
const OVERHEAD = 32;

/** Up to this memory, in bytes, the strings are kept as text. Text is faster to use than bytes. */
const MOST_TEXT_BYTES = 40 * 1024 * 1024;

const FIRST_CAPACITY = 1024 * 1024;

/**
 * The shared strings of one workbook. The first ones are kept as text. All others are kept as bytes,
 * because the memory of the engine for texts is small, and bytes do not count there.
 */
export class SharedStrings {
  readonly #texts: string[] = [];
  #textBytes = 0;
  #bytes: Buffer = Buffer.alloc(0);
  /** The position in `#bytes` after each string that is kept as bytes. */
  #ends = new Uint32Array(0);
  #packed = 0;

  /** @throws UnreadableFile `workbook-strings-excess` if the strings need too much memory */
  add(text: string): void {
    const needed = text.length * 2 + OVERHEAD;
    if (this.#packed === 0 && this.#textBytes + needed <= MOST_TEXT_BYTES) {
      this.#textBytes += needed;
      this.#texts.push(copied(text));
      return;
    }
    const from = this.#length;
    const most = from + text.length * 3;
    const total = this.#textBytes + most + this.#packed * this.#ends.BYTES_PER_ELEMENT;
    if (total > MOST_BYTES)
      throw new UnreadableFile('workbook-strings-excess', { bytes: MOST_BYTES });
    if (most > this.#bytes.length) this.#bytes = grown(this.#bytes, most);
    if (this.#packed === this.#ends.length) {
      const larger = new Uint32Array(Math.max(1024, this.#packed * 2));
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#ends[this.#packed] = from + this.#bytes.write(text, from, 'utf8');
    this.#packed += 1;
  }

  /** @returns the string with this index, from 0; `undefined` if there is none */
  at(index: number): string | undefined {
    const text = this.#texts[index];
    if (text !== undefined) return text;
    const packed = index - this.#texts.length;
    if (!Number.isInteger(packed) || packed < 0 || packed >= this.#packed) return undefined;
    const from = packed === 0 ? 0 : this.#ends[packed - 1];
    return this.#bytes.toString('utf8', from, this.#ends[packed]);
  }

  get #length(): number {
    return this.#packed === 0 ? 0 : (this.#ends[this.#packed - 1] ?? 0);
  }
}

/** Copies a text. The reader returns slices of long texts, and a slice would keep the whole text. */
function copied(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

function grown(bytes: Buffer, needed: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(Math.max(FIRST_CAPACITY, needed, bytes.length * 1.5));
  bytes.copy(larger);
  return larger;
}

/**
 * Reads all shared strings. Follows ECMA-376, part 1, 18.4.
 *
 * @throws UnreadableFile `workbook-strings-excess` if the strings need more memory than the limit
 */
export async function readSharedStrings(zip: ZipArchive, part: string): Promise<SharedStrings> {
  const strings = new SharedStrings();
  const text = new TextOfCell();
  const reader = await xmlReader(part, {
    open: (name) => {
      text.open(name);
    },
    close: (name) => {
      text.close(name);
      if (name === 'si') strings.add(text.take());
    },
    text: (piece) => {
      text.add(piece);
    },
  });
  for await (const block of zip.bytes(part)) reader.push(block);
  reader.end();
  return strings;
}
