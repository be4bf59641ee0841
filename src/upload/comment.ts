/** The comment of an upload: the user's words and what the program adds to them. */
import { Failure } from '../failure.ts';
import { LONGEST_COMMENT } from '../limits.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { PortionName } from './portions.ts';

/** What the program adds to the comment of the user. */
export interface CommentAdditions {
  readonly portion?: PortionName | undefined;
  readonly fingerprint?: string | undefined;
}

/**
 * The comment of one upload: that of the user, which part of a file it is, and the fingerprint of its
 * content. What is added has only letters, digits and spaces, which the service keeps for sure.
 *
 * @returns `undefined` when there is nothing to say
 * @throws Failure `comment-too-long` (exit 2) when all of it does not fit; a comment is never cut
 */
export function fullComment(
  given: string | undefined,
  { portion, fingerprint }: CommentAdditions,
): string | undefined {
  const part = portion?.part;
  const additions = [
    ...(part === undefined ? [] : [`part ${String(part.number)} of ${String(part.of)}`]),
    ...(fingerprint === undefined ? [] : [fingerprint]),
  ];
  if (additions.length === 0) return given;
  const comment = [...(given === undefined || given === '' ? [] : [given]), ...additions].join(' ');
  if ([...comment].length > LONGEST_COMMENT) {
    const room = LONGEST_COMMENT - additions.join(' ').length - 1;
    throw new Failure('comment-too-long', { room });
  }
  return comment;
}

/**
 * Refuses a comment that leaves no room for a fingerprint, before anything is done.
 *
 * @throws Failure `comment-too-long` (exit 2)
 */
export function requireRoomForFingerprint(comment: string | undefined): void {
  fullComment(comment, { fingerprint: fingerprintOf('0'.repeat(64)) });
}
