/** The fingerprint of a content, by which it is found again in the service's list. */
import type { CallUploading } from '../metrika/schemas.ts';

const DIGITS = 20;
const PREFIX = 'mc';

/**
 * The fingerprint of a content: letters and digits only, which is what the service promises to keep in a
 * comment. Eighty bits of the hash tell any two files of a counter apart.
 *
 * @param sha256 the hash of what is sent, in hexadecimal digits
 */
export function fingerprintOf(sha256: string): string {
  return PREFIX + sha256.slice(0, DIGITS);
}

const AT_END = new RegExp(`(?:^| )${PREFIX}[0-9a-f]{${String(DIGITS)}}$`);

/** Whether a comment ends with a fingerprint, so that it names one content. */
export function hasFingerprint(comment: string): boolean {
  return AT_END.test(comment);
}

/** The uploads that carry a fingerprint at the end of their comment. */
export function uploadingsMarked(
  uploadings: readonly CallUploading[],
  fingerprint: string,
): CallUploading[] {
  return uploadings.filter(({ comment }) => comment?.trimEnd().split(/\s/).at(-1) === fingerprint);
}

/** The comment as the user gave it, without a fingerprint at its end. */
export function plainComment(comment: string): string {
  return comment.replace(AT_END, '').trimEnd();
}
