/** Reads the shared strings of a workbook: texts that several cells may use. */
import { UnreadableFile } from '../files/unreadable-file.ts';
import { TextOfCell } from './text-of-cell.ts';
import { xmlReader } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

/** The maximum memory for shared strings, in bytes. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The approximate memory of a string without its characters, in bytes. */
const OVERHEAD = 32;

/** Measures the memory of the shared strings of one workbook. */
export class StringMemory {
  #bytes = 0;

  /** @throws UnreadableFile `workbook-strings-excess` if the strings need too much memory */
  add(text: string): void {
    this.#bytes += text.length * 2 + OVERHEAD;
    if (this.#bytes > MOST_BYTES) {
      throw new UnreadableFile('workbook-strings-excess', { bytes: MOST_BYTES });
    }
  }
}

/**
 * Reads all shared strings. Follows ECMA-376, part 1, 18.4.
 *
 * @throws UnreadableFile `workbook-strings-excess` if the strings need more memory than the limit
 */
export async function readSharedStrings(zip: ZipArchive, part: string): Promise<readonly string[]> {
  const strings: string[] = [];
  const text = new TextOfCell();
  const memory = new StringMemory();
  const reader = await xmlReader(part, {
    open: (name) => {
      text.open(name);
    },
    close: (name) => {
      text.close(name);
      if (name !== 'si') return;
      const string = text.take();
      memory.add(string);
      // The reader returns slices of long strings. A slice would keep the whole long string in
      // memory. So this code copies the slice.
      strings.push(Buffer.from(string, 'utf8').toString('utf8'));
    },
    text: (piece) => {
      text.add(piece);
    },
  });
  for await (const block of zip.bytes(part)) reader.push(block);
  reader.end();
  return strings;
}
