/** Says whether the service has processed an upload, and whether it can use all sent calls. */
import { Failure } from '../failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';

/** The statuses of an upload after the service has finished processing. */
const END_STATUSES: readonly string[] = ['PROCESSED', 'LINKAGE_FAILURE'];

/** The status of an upload before the service has counted its lines. */
const BEFORE_COUNTING = 'PREPARED';

/** The known facts about the calls that were sent. */
export interface SentCalls {
  /** The number of records; `undefined` when the number is not known. */
  readonly records?: number | undefined;
  /** The largest possible number of dynamic calls; `undefined` when the number is not known. */
  readonly dynamic?: number | undefined;
}

/**
 * Says whether the service has finished processing an upload. Returns `false` for an unknown
 * status.
 */
export function isAtEnd(uploading: CallUploading): boolean {
  return uploading.status !== undefined && END_STATUSES.includes(uploading.status);
}

/**
 * Checks that the service can use all sent calls: no line is missing or refused, and a visitor
 * was found for the dynamic calls.
 *
 * @param uploading the upload as the service last showed it
 * @returns the failure (exit 7) if the service cannot use some of the calls
 */
export function shortfall(uploading: CallUploading, calls: SentCalls = {}): Failure | undefined {
  const { id, status } = uploading;
  const counted = count(uploading.sourceQuantity);
  const sent = calls.records ?? counted;
  if (sent === undefined) return linkageFailure(uploading, calls);
  if (counted !== undefined && counted < sent) {
    return new Failure('lines-missing', { id, counted, sent });
  }
  const accepted = isAtEnd(uploading) ? uploading.lineQuantity : count(uploading.lineQuantity);
  if (accepted !== undefined && accepted < sent && status !== BEFORE_COUNTING) {
    return new Failure('lines-refused', { id, accepted, sent });
  }
  return linkageFailure(uploading, calls);
}

/** Returns `undefined` for the number 0. The service may show 0 until it has counted the lines. */
function count(quantity: number | undefined): number | undefined {
  return quantity === 0 ? undefined : quantity;
}

function linkageFailure(uploading: CallUploading, { dynamic }: SentCalls): Failure | undefined {
  const { id, status } = uploading;
  if (status !== 'LINKAGE_FAILURE' || !hasDynamicCalls(uploading, dynamic)) return undefined;
  return new Failure('linkage-failure', { id });
}

function hasDynamicCalls(uploading: CallUploading, sent: number | undefined): boolean {
  const { dynamicCallsQuantity, staticCallsQuantity, lineQuantity } = uploading;
  if (dynamicCallsQuantity !== undefined) return dynamicCallsQuantity > 0;
  if (sent !== undefined) return sent > 0;
  // A file with only static calls gets `LINKAGE_FAILURE` too. For such a file, this status is not a
  // failure.
  return staticCallsQuantity === undefined || staticCallsQuantity !== lineQuantity;
}
