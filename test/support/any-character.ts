import fc from 'fast-check';

/** The lowest surrogate, and the number of surrogates. Surrogates of UTF-16 are not characters. */
const [FIRST_HALF, HALVES] = [0xd800, 0x800];

/**
 * Any character. The unit `binary` of fast-check is not used here, because it makes a table of all
 * characters. The table takes 90 MB, and slows down each later test in the same process.
 */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - HALVES })
  .map((at) => String.fromCodePoint(at < FIRST_HALF ? at : at + HALVES));
