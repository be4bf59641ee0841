/** Checks after sending whether the list has another upload with the same content. */
import { RequestFailure } from '../metrika/request-failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { OnPortionEvent } from './events.ts';
import { listings, PAUSES } from './listings.ts';
import { carries, hasLostMark } from './mark.ts';
import type { RunContext } from './run.ts';

/** The new upload, and how to recognise a second one. */
export interface SentUpload {
  readonly counter: number;
  readonly uploading: CallUploading;
  readonly mark: string | undefined;
  /** The mark or fingerprint that the comment of a second upload would have. */
  readonly sought: string;
}

/**
 * The result of a closing look. A list without our own upload is not up to date, so it cannot prove
 * that there is no other upload.
 */
export type ClosingLook =
  | { readonly kind: 'only-ours' }
  | { readonly kind: 'others'; readonly others: readonly CallUploading[] }
  /** The list never showed our own upload, or it could not be read. */
  | { readonly kind: 'unknown' };

/**
 * Reads the list until it shows our own upload, or the pauses are over. The last list says whether
 * there are other uploads of the same content. Emits `mark-lost` if the service did not keep our
 * mark.
 *
 * @throws only bugs of the program, or the reason of an interruption
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
    // The file has arrived. That is certain even if the list cannot be read.
    if (!(error instanceof RequestFailure)) throw error;
  }
  if (others.length > 0) return { kind: 'others', others };
  return isCurrent ? { kind: 'only-ours' } : { kind: 'unknown' };
}
