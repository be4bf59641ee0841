/** Builds the comment of an upload: the user's comment with additions of the program. */
import { Failure } from '../failure.ts';
import { LONGEST_COMMENT } from '../limits.ts';
import { MARK_LENGTH } from './mark.ts';
import type { PortionName } from './portions.ts';

/** The program's additions to a comment. */
export interface CommentAdditions {
  readonly portion?: PortionName | undefined;
  /** The mark. If it is `undefined`, the number of the part is not added either. */
  readonly mark: string | undefined;
}

/**
 * Returns the comment of one upload: the user's comment, the number of the part, and the mark. The
 * additions consist of letters, digits and spaces. They stay readable even if the service escapes
 * or cleans comments.
 *
 * @returns `undefined` when there is no comment and nothing is added
 * @throws Failure `comment-too-long` (exit 2) when the result is too long; a comment is never cut
 */
export function fullComment(
  userComment: string | undefined,
  { portion, mark }: CommentAdditions,
): string | undefined {
  if (mark === undefined) return userComment;
  const part = portion?.part;
  const additions = [
    ...(part === undefined ? [] : [`part ${String(part.number)} of ${String(part.of)}`]),
    mark,
  ];
  const own = userComment?.trimEnd() ?? '';
  const comment = [...(own === '' ? [] : [own]), ...additions].join(' ');
  if (comment.length > LONGEST_COMMENT) {
    const room = LONGEST_COMMENT - additions.join(' ').length - 1;
    throw new Failure('comment-too-long', { room });
  }
  return comment;
}

/**
 * Before any work begins, refuses a comment that leaves no room for the mark.
 *
 * @throws Failure `comment-too-long` (exit 2)
 */
export function requireRoomForMark(comment: string | undefined): void {
  fullComment(comment, { mark: '0'.repeat(MARK_LENGTH) });
}
