/** The comment of an upload: the user's words and what the program adds to them. */
import { Failure } from '../failure.ts';
import { LONGEST_COMMENT } from '../limits.ts';
import { MARK_LENGTH } from './mark.ts';
import type { PortionName } from './portions.ts';

/** What the program adds to the comment of the user. */
export interface CommentAdditions {
  readonly portion?: PortionName | undefined;
  /** `undefined` when nothing is to be added. */
  readonly mark: string | undefined;
}

/**
 * The comment of one upload: that of the user, which part of a file it is, and the mark. What is added has only
 * letters, digits and spaces, which the service keeps for sure.
 *
 * @returns `undefined` when there is nothing to say
 * @throws Failure `comment-too-long` (exit 2) when all of it does not fit; a comment is never cut
 */
export function fullComment(
  given: string | undefined,
  { portion, mark }: CommentAdditions,
): string | undefined {
  if (mark === undefined) return given;
  const part = portion?.part;
  const additions = [
    ...(part === undefined ? [] : [`part ${String(part.number)} of ${String(part.of)}`]),
    mark,
  ];
  const own = given?.trimEnd() ?? '';
  const comment = [...(own === '' ? [] : [own]), ...additions].join(' ');
  if ([...comment].length > LONGEST_COMMENT) {
    const room = LONGEST_COMMENT - additions.join(' ').length - 1;
    throw new Failure('comment-too-long', { room });
  }
  return comment;
}

/**
 * Refuses a comment that leaves no room for a mark, before anything is done.
 *
 * @throws Failure `comment-too-long` (exit 2)
 */
export function requireRoomForMark(comment: string | undefined): void {
  fullComment(comment, { mark: '0'.repeat(MARK_LENGTH) });
}
