import { usageFailure } from '../failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';

const DIGITS = 20;
const PREFIX = 'mc';
const LONGEST_COMMENT = 255;

/**
 * The mark of a content: letters and digits only, which is what the service promises to keep in a
 * comment. Eighty bits of the hash tell any two files of a counter apart.
 *
 * @param sha256 the hash of what is sent, in hexadecimal digits
 */
export function fingerprintOf(sha256: string): string {
  return PREFIX + sha256.slice(0, DIGITS);
}

/**
 * A comment with the fingerprint at its end.
 *
 * @throws Failure `comment-too-long` (exit 2) when both do not fit; a comment is never cut
 */
export function markedComment(comment: string | undefined, fingerprint: string): string {
  if (comment === undefined || comment === '') return fingerprint;
  const marked = `${comment} ${fingerprint}`;
  if ([...marked].length <= LONGEST_COMMENT) return marked;
  throw tooLong();
}

/**
 * Refuses a comment that leaves no room for a fingerprint, before anything is done.
 *
 * @throws Failure `comment-too-long` (exit 2)
 */
export function requireRoomForFingerprint(comment: string | undefined): void {
  markedComment(comment, fingerprintOf('0'.repeat(64)));
}

/** The uploadings that carry a fingerprint at the end of their comment. */
export function uploadingsMarked(
  uploadings: readonly CallUploading[],
  fingerprint: string,
): CallUploading[] {
  return uploadings.filter(({ comment }) => comment?.trimEnd().split(/\s/).at(-1) === fingerprint);
}

function tooLong(): Error {
  const room = LONGEST_COMMENT - PREFIX.length - DIGITS - 1;
  return usageFailure(
    'comment-too-long',
    `With --skip-existing the comment may have ${String(room)} characters at most, since the fingerprint of the file goes at its end.`,
    'Shorten the comment.',
  );
}
