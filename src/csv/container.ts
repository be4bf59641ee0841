/** What a file is packed in. */
export type Container = 'gzip' | 'archive' | 'workbook' | undefined;

/** How many bytes {@link containerOf} wants to see. */
export const CONTAINER_BYTES = 8;

const MAGIC: readonly (readonly [Container, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  // A zip archive, which is also what a workbook of Excel is.
  ['archive', [0x50, 0x4b, 0x03, 0x04]],
  // A workbook of older Excel.
  ['workbook', [0xd0, 0xcf, 0x11, 0xe0]],
];

/** Tells by its first bytes whether a file is packed; its name is not asked. */
export function containerOf(head: Uint8Array): Container {
  return MAGIC.find(([, bytes]) => bytes.every((byte, at) => head[at] === byte))?.[0];
}

/** Bytes that claim to be gzip and are not, or end too early. */
export class DamagedGzip extends Error {
  constructor(cause: unknown) {
    super('damaged gzip', { cause });
    this.name = 'DamagedGzip';
  }
}

/**
 * Unpacks gzip on the way, in constant memory.
 *
 * The iteration throws {@link DamagedGzip}, or what reading the packed bytes throws.
 */
export async function* unpacked(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // Few files are packed, and loading this takes longer than the check of a small one.
  const { createGunzip } = await import('node:zlib');
  const { pipeline, Readable } = await import('node:stream');
  const gunzip = createGunzip();
  // Streams hold some blocks at a time.
  const source = Readable.from(lasting(packed), { objectMode: false });
  let sourceError: Error | undefined;
  source.on('error', (error) => (sourceError = error));
  // What goes wrong is thrown by the iteration below.
  pipeline(source, gunzip, () => undefined);
  try {
    for await (const block of gunzip) yield block as Uint8Array;
  } catch (error) {
    throw sourceError ?? new DamagedGzip(error);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function* lasting(blocks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const block of blocks) yield Buffer.from(block);
}
