/** Reads the beginning of a file, which shows the dialect, and often the encoding. */

/** The length of the beginning, in bytes. */
export const HEAD_BYTES = 64 * 1024;

/**
 * Yields the same bytes with a longer first block: at least {@link HEAD_BYTES} bytes, or the whole
 * file. The first block stays valid. Each later block is valid until the next block is requested.
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
