/** The mark at the end of a comment, by which an upload is known again in the service's list. */
import type { CallUploading } from '../metrika/schemas.ts';

const PREFIX = 'mc';
const FINGERPRINT_DIGITS = 20;
const RANDOM_CHARACTERS = 10;
const CHARACTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Marks of earlier versions end with the fingerprint. A service may change the letter case. */
const MARK = /(?<![0-9a-z])mc[0-9a-f]{20}(?:[0-9a-z]{10})?(?![0-9a-z])/gi;
const MARK_AT_END = new RegExp(`(?:^|\\s)${MARK.source}\\s*$`, 'i');

/** How many characters a mark has. */
export const MARK_LENGTH = PREFIX.length + FINGERPRINT_DIGITS + RANDOM_CHARACTERS;

/**
 * The fingerprint of a content: letters and digits only, which is what the service promises to keep in a
 * comment. Eighty bits of the hash tell any two files of a counter apart.
 *
 * @param sha256 the hash of what is sent, in hexadecimal digits
 */
export function fingerprintOf(sha256: string): string {
  return PREFIX + sha256.slice(0, FINGERPRINT_DIGITS);
}

/**
 * The mark of one upload: the fingerprint of what is sent, and a random part, so that the same content sent
 * by somebody else is not taken for ours.
 *
 * @param random gives a number from 0 to 1
 */
export function newMark(sha256: string, random: () => number): string {
  const own = Array.from(
    { length: RANDOM_CHARACTERS },
    () => CHARACTERS[Math.floor(random() * CHARACTERS.length) % CHARACTERS.length] ?? '0',
  );
  return fingerprintOf(sha256) + own.join('');
}

/** Whether a comment carries a mark of this program. */
export function hasMark(comment: string): boolean {
  return marksIn(comment).length > 0;
}

/** Whether an upload carries this mark, or one that begins with this fingerprint. */
export function carries({ comment }: CallUploading, mark: string): boolean {
  return comment !== undefined && marksIn(comment).some((one) => one.startsWith(mark));
}

/** Whether the service shows our own upload without the mark that it was sent with. */
export function hasLostMark(uploading: CallUploading, mark: string | undefined): boolean {
  return mark !== undefined && uploading.comment !== undefined && !carries(uploading, mark);
}

/** The comment as the user gave it, without the mark at its end. */
export function plainComment(comment: string): string {
  return comment.replace(MARK_AT_END, '').trimEnd();
}

function marksIn(comment: string): string[] {
  return [...comment.matchAll(MARK)].map(([mark]) => mark.toLowerCase());
}
