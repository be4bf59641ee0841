/** What a content is known by: SHA-256 for good, CRC-32 to see whether it changed. */

/** The hashes of one content, block by block. */
export interface ContentHashes {
  update(block: Uint8Array): void;
  result(): { readonly sha256: string; readonly checksum: number };
}

/** For those who need no hashes. */
export const NO_HASHES: ContentHashes = {
  update: () => undefined,
  result: () => ({ sha256: '', checksum: 0 }),
};

/** Loads what makes them where it is used, since that takes longer than the check of a small file. */
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
