/** Reads the only file in a zip archive. */
import { notPackedTwice } from '../files/gzip.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { shownColumn } from '../safe-text/shown-value.ts';
import type { ArchiveCodes, ZipArchive } from '../workbook/zip-archive.ts';

const OF_ZIP: ArchiveCodes = { damaged: 'zip-damaged', locked: 'zip-locked', excess: 'zip-excess' };

/** Folders, and files that an operating system adds. */
const NO_CONTENT =
  /\/$|(?:^|\/)__MACOSX\/|(?:^|\/)\.DS_Store$|(?:^|\/)(?:Thumbs\.db|desktop\.ini)$/i;

/** The number of names to list if there are several files. */
const LISTED = 5;

/**
 * Returns the name of the only file in an archive.
 *
 * @throws UnreadableFile `zip-empty` if there is no file, `zip-several` if there are several, and
 *   `file-packed` if the only file is packed by an unusual method
 */
export function onlyFileIn(zip: ZipArchive): string {
  const names = zip.names.filter((name) => !NO_CONTENT.test(name));
  const [only] = names;
  if (only === undefined) throw new UnreadableFile('zip-empty', {});
  if (names.length > 1) {
    throw new UnreadableFile('zip-several', {
      names: names.slice(0, LISTED).map(shownColumn),
      count: names.length,
    });
  }
  if (!zip.isReadable(only)) throw new UnreadableFile('file-packed', { container: 'zip-unusual' });
  return only;
}

/**
 * Unpacks a file of an archive in constant memory.
 *
 * @throws UnreadableFile `zip-damaged` when this function reaches damaged bytes, `zip-locked` if
 *   the file is encrypted, `zip-excess` if it unpacks to far too many bytes, and `file-packed` if
 *   the unpacked file is packed again, or is a workbook
 */
export async function* unzipped(zip: ZipArchive, name: string): AsyncIterable<Uint8Array> {
  yield* notPackedTwice(zip.bytes(name, OF_ZIP));
}
