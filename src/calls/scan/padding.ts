/** Detects spaces around a text, from the bytes of the text. */
const SPACE = 0x20;
const LAST_ASCII = 0x7f;

/**
 * The possible first bytes of non-ASCII spaces. `OF_TWO` is for characters of two bytes, `OF_THREE`
 * for characters of three bytes.
 */
const OF_TWO = 0xc2;
const OF_THREE = new Set([0xe1, 0xe2, 0xe3, 0xef]);

/**
 * Says whether a text may have spaces around it that `trim` would remove. A `false` is certain. A
 * `true` may be wrong.
 *
 * @param bytes UTF-8 with the text from `from` to `to`; the text is not empty
 */
export function mayBePadded(bytes: Uint8Array, from: number, to: number): boolean {
  const [first = 0, last = 0] = [bytes[from], bytes[to - 1]];
  if (first <= SPACE || last <= SPACE || first === OF_TWO || OF_THREE.has(first)) return true;
  if (last <= LAST_ASCII) return false;
  return bytes[to - 2] === OF_TWO || OF_THREE.has(bytes[to - 3] ?? 0);
}
