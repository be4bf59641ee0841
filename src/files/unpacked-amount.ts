/** Limits how many bytes a packed file may unpack to. */

/**
 * The maximum ratio of unpacked to packed bytes. A file of identical calls has a ratio of about 60,
 * and a part of a workbook about 50.
 */
export const MOST_RATIO = 200;

/** Up to this number of unpacked bytes, the ratio is not limited. */
export const ALWAYS_UNPACKED = 4_000_000;

/** The numbers that a message about too many unpacked bytes shows. */
export const UNPACKED_LIMITS = { bytes: ALWAYS_UNPACKED, ratio: MOST_RATIO } as const;

/**
 * Says whether bytes unpack to far too many bytes. Compares only what was read so far, so a file
 * with many good bytes behind the bad ones is refused at once, too.
 */
export function isExcess(unpacked: number, packed: number): boolean {
  return unpacked > ALWAYS_UNPACKED && unpacked > packed * MOST_RATIO;
}
