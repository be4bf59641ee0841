/** Looks at the list after a sending: is there another upload with the same content? */
import { RequestFailure } from '../metrika/request-failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { OnPortionEvent } from './events.ts';
import { listings, PAUSES } from './listings.ts';
import { carries, hasLostMark } from './mark.ts';
import type { RunContext } from './run.ts';

/** The upload that was made, and what a second one would be known by. */
export interface SentUpload {
  readonly counter: number;
  readonly uploading: CallUploading;
  readonly mark: string | undefined;
  /** What the comment of a second upload would carry: our mark, or the fingerprint of the content. */
  readonly sought: string;
}

/**
 * The answer of a closing look. A list that does not show our own upload lags behind, so it cannot
 * say that there is no other one.
 */
export type ClosingLook =
  | { readonly kind: 'only-ours' }
  | { readonly kind: 'others'; readonly others: readonly CallUploading[] }
  /** The list never showed our own upload, or it could not be read. */
  | { readonly kind: 'unknown' };

/**
 * Reads the list until it shows our own upload, or another one with the same content after all pauses.
 * Says once if the service did not keep our mark.
 *
 * @throws only what is a bug of the program, or an interruption
 */
export async function closingLook(
  { counter, uploading, mark, sought }: SentUpload,
  run: RunContext,
  onEvent: OnPortionEvent,
): Promise<ClosingLook> {
  let others: readonly CallUploading[] = [];
  let isCurrent = false;
  try {
    for await (const { uploadings } of listings(counter, PAUSES, run)) {
      const listed = uploadings.find(({ id }) => id === uploading.id);
      if (listed !== undefined && hasLostMark(listed, mark)) {
        onEvent({ kind: 'mark-lost', uploading: listed });
      }
      others = uploadings.filter((one) => one.id !== uploading.id && carries(one, sought));
      isCurrent = listed !== undefined;
      if (isCurrent) break;
    }
  } catch (error) {
    // The file has arrived. A list that cannot be read changes nothing about that.
    if (!(error instanceof RequestFailure)) throw error;
  }
  if (others.length > 0) return { kind: 'others', others };
  return isCurrent ? { kind: 'only-ours' } : { kind: 'unknown' };
}
