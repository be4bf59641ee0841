/**
 * Hashes the content of a file: SHA-256 identifies the content, and CRC-32 shows whether it
 * changed.
 */

/** Hashes the content of one file, block by block. */
export interface ContentHashes {
  update(block: Uint8Array): void;
  result(): { readonly sha256: string; readonly checksum: number };
}

/** Computes no hashes. */
export const NO_HASHES: ContentHashes = {
  update: () => undefined,
  result: () => ({ sha256: '', checksum: 0 }),
};

/**
 * Loads the hash functions. Call this only if hashes are needed: loading takes longer than the
 * check of a small file.
 */
export async function contentHashes(): Promise<ContentHashes> {
  const { createHash } = await import('node:crypto');
  const { crc32 } = await import('node:zlib');
  const hash = createHash('sha256');
  let checksum = 0;
  return {
    update: (block) => {
      hash.update(block);
      checksum = crc32(block, checksum);
    },
    result: () => ({ sha256: hash.digest('hex'), checksum }),
  };
}
