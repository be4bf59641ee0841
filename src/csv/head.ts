/** The beginning of a file, which tells encoding and dialect. */

/** So many bytes tell encoding and dialect. */
export const HEAD_BYTES = 64 * 1024;

/**
 * The same bytes, the first block at least {@link HEAD_BYTES} long where there are so many, however
 * small the blocks come in. The first block stays valid; the others are valid until the next one is
 * asked for.
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
