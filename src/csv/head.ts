/** Reads the beginning of a file, from which the encoding and the dialect are detected. */

/** The number of bytes that are enough to detect the encoding and the dialect. */
export const HEAD_BYTES = 64 * 1024;

/**
 * Yields the same bytes, but the first block has at least {@link HEAD_BYTES} bytes, unless the file
 * is shorter. The first block stays valid. Every other block is valid until the next one is
 * requested.
 */
export async function* withLongHead(blocks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const head: Uint8Array[] = [];
  let length = 0;
  for await (const block of blocks) {
    if (length >= HEAD_BYTES) {
      yield block;
      continue;
    }
    head.push(Buffer.from(block));
    length += block.length;
    if (length >= HEAD_BYTES) yield Buffer.concat(head);
  }
  if (length > 0 && length < HEAD_BYTES) yield Buffer.concat(head);
}
