/** Recognizes the kind of a packed file that is not an .xlsx or .xlsm workbook. */
import type { PackedKind } from '../words/en/file-problems.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Returns the kind of an archive that is not an .xlsx or .xlsm workbook. */
export async function kindOfArchive(zip: ZipArchive): Promise<PackedKind | 'ods'> {
  if (zip.has('xl/workbook.bin')) return 'xlsb';
  if (zip.hasLike(/^index\/.*\.iwa$/)) return 'numbers';
  if (!zip.has('mimetype')) return 'archive';
  let type = '';
  for await (const block of zip.bytes('mimetype')) type += Buffer.from(block).toString('latin1');
  return type.startsWith('application/vnd.oasis.opendocument.spreadsheet') ? 'ods' : 'archive';
}
