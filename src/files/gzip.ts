/** Recognizes packed files, and unpacks gzip. */
import { isExcess, UNPACKED_LIMITS } from './unpacked-amount.ts';
import { UnreadableFile } from './unreadable-file.ts';

/**
 * The format in which a file is packed. Older Office programs write compound files. The oldest
 * Office programs write `records`: a workbook without a container.
 */
export type Container = 'gzip' | 'zip' | 'compound' | 'records' | undefined;

/** The number of bytes to pass to {@link containerOf}. */
export const CONTAINER_BYTES = 8;

const MAGIC: readonly (readonly [Container, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  // Excel workbooks are ZIP files.
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  // These bytes begin a ZIP file without entries.
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['compound', [0xd0, 0xcf, 0x11, 0xe0]],
  // The first record of a workbook of Excel 2, 3 or 4, or of a later workbook that is not in a
  // compound file. [MS-XLS], 2.4.21, and its earlier versions define this record.
  ['records', [0x09, 0x00, 0x04, 0x00]],
  ['records', [0x09, 0x02, 0x06, 0x00]],
  ['records', [0x09, 0x04, 0x06, 0x00]],
  ['records', [0x09, 0x08, 0x08, 0x00]],
  ['records', [0x09, 0x08, 0x10, 0x00]],
];

/**
 * Returns the format in which a file is packed. The first bytes of the file show the format. The
 * name of the file does not matter.
 */
export function containerOf(head: Uint8Array): Container {
  return MAGIC.find(([, bytes]) => bytes.every((byte, at) => head[at] === byte))?.[0];
}

/** A source of bytes. Each iteration over `blocks()` starts at the first byte. */
interface Source {
  blocks(): AsyncIterable<Uint8Array>;
}

/**
 * Unpacks gzip in constant memory.
 *
 * @throws UnreadableFile `gzip-damaged` if the packed bytes are damaged, `gzip-excess` if the file
 *   has too many unpacked bytes for its number of packed bytes, and `file-packed` if the unpacked
 *   bytes are packed again
 */
export async function* gunzipped(file: Source): AsyncIterable<Uint8Array> {
  yield* notPackedTwice(unpacked(file, 'gzip', () => new UnreadableFile('gzip-damaged', {})));
}

/**
 * Passes unpacked bytes on.
 *
 * @throws UnreadableFile `file-packed` if the bytes are packed once more
 */
export async function* notPackedTwice(
  blocks: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  let isFirst = true;
  for await (const block of blocks) {
    if (isFirst && containerOf(block) !== undefined) {
      throw new UnreadableFile('file-packed', { container: 'packed-twice' });
    }
    isFirst = false;
    yield block;
  }
}

/** The HTTP names of the packings that Node can unpack, each with the function of Node. */
const UNPACKING = {
  gzip: 'createGunzip',
  br: 'createBrotliDecompress',
  deflate: 'createInflate',
} as const;

/**
 * Unpacks bytes in constant memory.
 *
 * @param damaged creates the failure for damaged bytes
 * @throws UnreadableFile `gzip-excess` if there are too many unpacked bytes for the number of
 *   packed bytes
 */
export async function* unpacked(
  file: Source,
  packing: keyof typeof UNPACKING,
  damaged: () => UnreadableFile,
): AsyncIterable<Uint8Array> {
  // Loading these modules takes longer than checking a short file, and most files are not packed.
  // So the modules are loaded only for packed files.
  const zlib = await import('node:zlib');
  const { pipeline, Readable } = await import('node:stream');
  const unpacking = zlib[UNPACKING[packing]]();
  // Streams keep several blocks, but each block is valid only until the next block is requested. So
  // all blocks are copied.
  const source = Readable.from(copied(file.blocks()), { objectMode: false });
  let sourceError: Error | undefined;
  source.on('error', (error) => (sourceError = error));
  // The loop below throws the errors of the pipeline, so the callback ignores them.
  pipeline(source, unpacking, () => undefined);
  try {
    let bytes = 0;
    for await (const chunk of unpacking) {
      const block = chunk as Uint8Array;
      bytes += block.length;
      // The count of the source would be too high, because the source reads ahead.
      if (isExcess(bytes, unpacking.bytesWritten)) {
        throw new UnreadableFile('gzip-excess', UNPACKED_LIMITS);
      }
      yield block;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw sourceError ?? damaged();
  } finally {
    source.destroy();
    unpacking.destroy();
  }
}

async function* copied(blocks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const block of blocks) yield Buffer.from(block);
}
