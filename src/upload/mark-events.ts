/** Reports whether the service keeps the mark in the comment of an upload. */
import type { CallUploading } from '../metrika/schemas.ts';
import type { OnPortionEvent } from './events.ts';
import { keepsMark } from './mark.ts';

/**
 * Emits `mark-kept` or `mark-lost`, if the upload shows which of the two is true.
 *
 * @param isAnswer whether `uploading` is the service's answer to the request with the file
 */
export function reportMark(
  uploading: CallUploading,
  mark: string | undefined,
  onEvent: OnPortionEvent,
  isAnswer = false,
): void {
  const isKept = keepsMark(uploading, mark, isAnswer);
  if (isKept === true) onEvent({ kind: 'mark-kept', uploading });
  if (isKept === false) onEvent({ kind: 'mark-lost', uploading });
}
