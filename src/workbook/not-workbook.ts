/** Recognizes the kind of a packed file that is not a readable workbook. */
import type { LocalFile } from '../files/local-file.ts';
import type { PackedKind } from '../words/en/file-problems.ts';
import type { ZipArchive } from './zip-archive.ts';

/**
 * The positions of two numbers in the header of a compound file: the sector size, and the start of
 * the directory.
 */
const SECTOR_SIZE_AT = 30;
const DIRECTORY_AT = 48;
const HEADER_BYTES = 512;
/** The number of bytes to read from the directory. They contain the names of many streams. */
const LIST_BYTES = 16 * 1024;

/** Returns the kind of an archive that has no list of sheets. */
export async function kindOfArchive(zip: ZipArchive): Promise<PackedKind> {
  if (zip.has('xl/workbook.bin')) return 'xlsb';
  if (zip.hasLike(/^index\/.*\.iwa$/)) return 'numbers';
  if (!zip.has('mimetype')) return 'archive';
  let type = '';
  for await (const block of zip.bytes('mimetype')) type += Buffer.from(block).toString('latin1');
  return type.startsWith('application/vnd.oasis.opendocument.spreadsheet') ? 'ods' : 'archive';
}

/**
 * Returns the kind of a compound file. Older Office programs write workbooks as compound files. A
 * workbook with a password is in a compound file too.
 *
 * Follows [MS-CFB], 2.2 and 2.6.
 */
export function kindOfCompound(file: LocalFile): PackedKind | 'locked' {
  const header = Buffer.from(file.range(0, HEADER_BYTES));
  if (header.length < HEADER_BYTES) return 'xls';
  const sector = 2 ** Math.min(header.readUInt16LE(SECTOR_SIZE_AT), 16);
  const from = (header.readUInt32LE(DIRECTORY_AT) + 1) * sector;
  const names = Buffer.from(file.range(from, LIST_BYTES)).toString('utf16le');
  return names.includes('EncryptedPackage') ? 'locked' : 'xls';
}
