/** The texts of a workbook that its cells share. */
import { UnreadableFile } from '../files/unreadable-file.ts';
import { TextOfCell } from './text-of-cell.ts';
import { xmlReader } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

/** They are kept in memory, so many bytes of it at most. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What a text takes beside its characters, about, in bytes. */
const BESIDE = 32;

/**
 * Reads them all. Follows ECMA-376, part 1, 18.4.
 *
 * @throws UnreadableFile `workbook-strings-excess` when they would take more memory than is used for them
 */
export async function readSharedStrings(zip: ZipArchive, part: string): Promise<readonly string[]> {
  const strings: string[] = [];
  const text = new TextOfCell();
  let bytes = 0;
  const reader = await xmlReader(part, {
    open: (name) => {
      text.open(name);
    },
    close: (name) => {
      text.close(name);
      if (name !== 'si') return;
      const string = text.take();
      bytes += string.length * 2 + BESIDE;
      if (bytes > MOST_BYTES) {
        throw new UnreadableFile('workbook-strings-excess', { bytes: MOST_BYTES });
      }
      // What the reader gives is a part of a long piece, which would be kept with it.
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
