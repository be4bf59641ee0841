import { Failure } from '../failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';

/** The statuses with which the service is done with an uploading. */
export const END_STATUSES: readonly string[] = ['PROCESSED', 'LINKAGE_FAILURE'];

/** Whether the service is done with an uploading; a status nobody has seen yet is no end. */
export function isAtEnd(uploading: CallUploading): boolean {
  return uploading.status !== undefined && END_STATUSES.includes(uploading.status);
}

/**
 * Says whether everything that was sent counts.
 *
 * @param uploading the uploading as the service last showed it
 * @param dynamicCalls how many dynamic calls were sent; `undefined` when the file is not at hand
 * @returns the reason (exit 7) when not all of it counts
 */
export function shortfall(uploading: CallUploading, dynamicCalls?: number): Failure | undefined {
  const { id, sourceQuantity, lineQuantity, status } = uploading;
  if (sourceQuantity !== undefined && lineQuantity !== undefined && lineQuantity < sourceQuantity) {
    return new Failure({
      code: 'lines-refused',
      exitCode: 7,
      message: `Uploading ${id}: the service took ${String(lineQuantity)} of ${String(sourceQuantity)} lines.`,
      hint: 'The service does not say which lines it left out. Compare the call reports with the file, mend the file and send it again: rows sent twice overwrite each other.',
    });
  }
  if (status === 'LINKAGE_FAILURE' && hasDynamicCalls(uploading, dynamicCalls)) {
    return new Failure({
      code: 'linkage-failure',
      exitCode: 7,
      message: `Uploading ${id} ended as LINKAGE_FAILURE: no visitor identifier of its dynamic calls was found in the counter.`,
      hint: 'Check that the identifiers come from this counter and that the visits are not older than 21 days.',
    });
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
