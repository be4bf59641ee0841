/** Whether an upload is at its end, and whether everything that was sent counts. */
import { Failure } from '../failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';

/** The statuses with which the service is done with an upload. */
const END_STATUSES: readonly string[] = ['PROCESSED', 'LINKAGE_FAILURE'];

/** Until then lines are not counted. */
const BEFORE_COUNTING = 'PREPARED';

/** What was sent, as far as it is known. */
export interface SentCalls {
  /** Records; `undefined` when the file is not at hand. */
  readonly records?: number | undefined;
  /** How many dynamic calls there are at most; `undefined` when that is not known. */
  readonly dynamic?: number | undefined;
}

/** Whether the service is done with an upload; a status that nobody has seen yet is no end. */
export function isAtEnd(uploading: CallUploading): boolean {
  return uploading.status !== undefined && END_STATUSES.includes(uploading.status);
}

/**
 * Says whether everything that was sent counts.
 *
 * @param uploading the upload as the service last showed it
 * @returns the reason (exit 7) when not all of it counts
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

/** A count of 0 says nothing before the end: lines may be counted later. */
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
  // A file of static calls only ends so as well, and that is no failure.
  return staticCallsQuantity === undefined || staticCallsQuantity !== lineQuantity;
}
