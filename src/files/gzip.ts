/** Files that are packed: what they are packed in, and gzip unpacked on the way. */
import { UnreadableFile } from './unreadable-file.ts';

/** What a file is packed in; a compound file is what older Office programs write. */
export type Container = 'gzip' | 'zip' | 'compound' | undefined;

/** How many bytes {@link containerOf} needs. */
export const CONTAINER_BYTES = 8;

const MAGIC: readonly (readonly [Container, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  // A workbook of Excel is one.
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  // One without any part in it.
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['compound', [0xd0, 0xcf, 0x11, 0xe0]],
];

/** Tells by its first bytes whether a file is packed; its name is not asked. */
export function containerOf(head: Uint8Array): Container {
  return MAGIC.find(([, bytes]) => bytes.every((byte, at) => head[at] === byte))?.[0];
}

/** Bytes that can be read from the beginning more than once. */
interface Source {
  blocks(): AsyncIterable<Uint8Array>;
}

/** Calls that are all alike are packed to a sixtieth or so; only what is made for it goes further. */
const MOST_RATIO = 200;

/** Up to so many bytes the ratio does not matter. */
const ALWAYS_UNPACKED = 100_000_000;

/**
 * What is packed with gzip, in constant memory.
 *
 * @throws UnreadableFile `gzip-damaged` where the packed bytes are, and `gzip-excess` where they hold far more than calls
 */
export async function* gunzipped(file: Source): AsyncIterable<Uint8Array> {
  // Few files are packed, and loading this takes longer than the check of a small one.
  const { createGunzip } = await import('node:zlib');
  const { pipeline, Readable } = await import('node:stream');
  const gunzip = createGunzip();
  // Streams hold some blocks at a time.
  let packedBytes = 0;
  const source = Readable.from(
    copied(file.blocks(), (bytes) => (packedBytes += bytes)),
    { objectMode: false },
  );
  let sourceError: Error | undefined;
  source.on('error', (error) => (sourceError = error));
  // What goes wrong is thrown by the iteration below.
  pipeline(source, gunzip, () => undefined);
  try {
    let bytes = 0;
    for await (const chunk of gunzip) {
      const block = chunk as Uint8Array;
      const inner = bytes === 0 ? containerOf(block) : undefined;
      if (inner !== undefined)
        throw new UnreadableFile('file-packed', { container: 'packed-twice' });
      bytes += block.length;
      if (bytes > ALWAYS_UNPACKED && bytes > packedBytes * MOST_RATIO) {
        throw new UnreadableFile('gzip-excess', { bytes: ALWAYS_UNPACKED, ratio: MOST_RATIO });
      }
      yield block;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw sourceError ?? new UnreadableFile('gzip-damaged', {});
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function* copied(
  blocks: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void,
): AsyncIterable<Uint8Array> {
  for await (const block of blocks) {
    onRead(block.length);
    yield Buffer.from(block);
  }
}
