/** Whether an upload is at its end, and whether everything that was sent counts. */
import { Failure } from '../failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';

/** The statuses with which the service is done with an upload. */
const END_STATUSES: readonly string[] = ['PROCESSED', 'LINKAGE_FAILURE'];

/** Whether the service is done with an upload; a status that nobody has seen yet is no end. */
export function isAtEnd(uploading: CallUploading): boolean {
  return uploading.status !== undefined && END_STATUSES.includes(uploading.status);
}

/**
 * Says whether everything that was sent counts.
 *
 * @param uploading the upload as the service last showed it
 * @param dynamicCalls how many dynamic calls were sent; `undefined` when the file is not at hand
 * @returns the reason (exit 7) when not all of it counts
 */
export function shortfall(uploading: CallUploading, dynamicCalls?: number): Failure | undefined {
  const { id, sourceQuantity: sent, lineQuantity: accepted, status } = uploading;
  if (sent !== undefined && accepted !== undefined && accepted < sent) {
    return new Failure('lines-refused', { id, accepted, sent });
  }
  if (status === 'LINKAGE_FAILURE' && hasDynamicCalls(uploading, dynamicCalls)) {
    return new Failure('linkage-failure', { id });
  }
  return undefined;
}

function hasDynamicCalls(uploading: CallUploading, sent: number | undefined): boolean {
  const { dynamicCallsQuantity, staticCallsQuantity, lineQuantity } = uploading;
  if (dynamicCallsQuantity !== undefined) return dynamicCallsQuantity > 0;
  if (sent !== undefined) return sent > 0;
  // A file of static calls only ends so as well, and that is no failure.
  return staticCallsQuantity === undefined || staticCallsQuantity !== lineQuantity;
}
