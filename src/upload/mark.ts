/**
 * Creates and finds the mark at the end of a comment. The mark identifies an upload in the
 * service's list.
 */
import type { CallUploading } from '../metrika/schemas.ts';

const PREFIX = 'mc';
const FINGERPRINT_DIGITS = 20;
const RANDOM_CHARACTERS = 10;
const CHARACTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * Matches marks of all versions of the program. In earlier versions, marks had no random part. The
 * service may change letter case.
 */
const MARK = /(?<![0-9a-z])mc[0-9a-f]{20}(?:[0-9a-z]{10})?(?![0-9a-z])/gi;
const MARK_AT_END = new RegExp(`(?:^|\\s)${MARK.source}\\s*$`, 'i');

/** The length of a mark, in characters. */
export const MARK_LENGTH = PREFIX.length + FINGERPRINT_DIGITS + RANDOM_CHARACTERS;

/**
 * Returns the fingerprint of a content: eighty bits of its hash. Eighty bits are enough to
 * distinguish all files of a counter. A fingerprint has only letters and digits, so it stays
 * readable even if the service escapes or cleans comments.
 *
 * @param sha256 the hash of the sent content, in hexadecimal digits
 */
export function fingerprintOf(sha256: string): string {
  return PREFIX + sha256.slice(0, FINGERPRINT_DIGITS);
}

/**
 * Creates the mark of one upload: the fingerprint of the content and a random part. If somebody
 * else uploads the same content, the random part distinguishes the two uploads.
 *
 * @param random returns a number from 0 to 1
 */
export function newMark(sha256: string, random: () => number): string {
  const own = Array.from(
    { length: RANDOM_CHARACTERS },
    () => CHARACTERS[Math.floor(random() * CHARACTERS.length) % CHARACTERS.length] ?? '0',
  );
  return fingerprintOf(sha256) + own.join('');
}

/** Says whether a comment contains a mark of this program. */
export function hasMark(comment: string): boolean {
  return marksIn(comment).length > 0;
}

/**
 * Says whether the comment of an upload contains this mark. If `mark` is only a fingerprint, the
 * comment may contain any mark with this fingerprint. Returns `false` if `mark` is `undefined`.
 */
export function carries({ comment }: CallUploading, mark: string | undefined): boolean {
  if (comment === undefined || mark === undefined) return false;
  return marksIn(comment).some((one) => one.startsWith(mark));
}

/**
 * Says whether a comment has the fingerprint of a mark. The rest of the mark may be cut or damaged.
 */
export function hasFingerprintOf(comment: string, mark: string): boolean {
  return comment.toLowerCase().includes(mark.slice(0, PREFIX.length + FINGERPRINT_DIGITS));
}

/**
 * Says whether an upload has the whole mark.
 *
 * @param isAnswer whether `uploading` is the service's answer to the request with the file. If the
 *   answer has no comment, nothing is known about the mark
 * @returns `undefined` if nothing is known
 */
export function keepsMark(
  uploading: CallUploading,
  mark: string | undefined,
  isAnswer = false,
): boolean | undefined {
  if (mark === undefined || (isAnswer && uploading.comment === undefined)) return undefined;
  return carries(uploading, mark);
}

/** Returns the user's comment, without the mark at the end. */
export function plainComment(comment: string): string {
  return comment.replace(MARK_AT_END, '').trimEnd();
}

function marksIn(comment: string): string[] {
  return [...comment.matchAll(MARK)].map(([mark]) => mark.toLowerCase());
}
