/** After sending, checks whether the list of uploads has another upload of the same content. */
import { RequestFailure } from '../metrika/request-failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { OnPortionEvent } from './events.ts';
import { listings, PAUSES } from './listings.ts';
import { carries } from './mark.ts';
import { reportMark } from './mark-events.ts';
import type { RunContext } from './run.ts';

/** The new upload, and the text that identifies a second upload of the same content. */
export interface SentUpload {
  readonly counter: number;
  readonly uploading: CallUploading;
  readonly mark: string | undefined;
  /** The mark or fingerprint to look for in the comments of other uploads. */
  readonly sought: string;
}

/**
 * The result of a closing look. If the list does not have the new upload, the list is out of date.
 * Then it may lack other uploads too.
 */
export type ClosingLook =
  | { readonly kind: 'only-ours' }
  | { readonly kind: 'others'; readonly others: readonly CallUploading[] }
  /** The list never had the new upload, or the list could not be read. */
  | { readonly kind: 'unknown' };

/**
 * Reads the list after each pause, until the list has the new upload. The last list shows whether
 * there are other uploads of the same content. Emits `mark-lost` if the service dropped the mark.
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
      if (listed !== undefined) reportMark(listed, mark, onEvent);
      others = uploadings.filter((one) => one.id !== uploading.id && carries(one, sought));
      isCurrent = listed !== undefined;
      if (isCurrent) break;
    }
  } catch (error) {
    // The file has certainly arrived. So the upload succeeded, even if the list cannot be read.
    if (!(error instanceof RequestFailure)) throw error;
  }
  if (others.length > 0) return { kind: 'others', others };
  return isCurrent ? { kind: 'only-ours' } : { kind: 'unknown' };
}
