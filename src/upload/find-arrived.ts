/** Searches the service's list for a file whose fate is not known. */
import type { Listing } from '../metrika/client.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { hasFingerprint } from './fingerprint.ts';
import type { CommentGroup, DeliveryIdentity } from './journal.ts';
import type { Run } from './run.ts';
import { UnknownFate } from './unknown-fate.ts';

/** A list may lag behind, so it is read again after these waits, in milliseconds. */
const WAITS: readonly number[] = [0, 1000, 3000, 10_000];

/** How far a creation time may lie before our start and still be ours: `Date` shows whole seconds. */
const CLOCK_TOLERANCE = 2000;

/** An upload that is made a little before our start is doubtful: clocks of a service need not agree. */
const CLOCK_DOUBT = 10_000;

/** A delivery whose upload is searched for. */
export interface LostDelivery {
  readonly counter: number;
  readonly identity: DeliveryIdentity;
  readonly group: CommentGroup;
  /** Why it is not known whether it arrived. */
  readonly why: RequestFailure;
}

/**
 * Reads the list at once and after some waits.
 *
 * @returns our upload, or `undefined` when the list certainly does not show it
 * @throws UnknownFate when an upload may be ours, or when the list cannot be read
 */
export async function findArrivedUpload(
  lost: LostDelivery,
  run: Run,
): Promise<CallUploading | undefined> {
  const { client, clock, signal, commands } = run;
  let last: { readonly doubtful: readonly CallUploading[]; readonly unreadable: number } = {
    doubtful: [],
    unreadable: 0,
  };
  for (const wait of WAITS) {
    if (wait > 0) await clock.sleep(wait, signal);
    let listing;
    try {
      listing = await client.findAllCallUploadings(lost.counter, signal);
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      const known = { kind: 'list-unreadable', why: error } as const;
      throw new UnknownFate(lost.why, known, commands.list(), last.doubtful);
    }
    const candidates = candidatesIn(listing, lost, run);
    const ours = certainlyOurs(candidates, listing, lost);
    if (ours !== undefined) {
      run.journal.add(ours);
      lost.group.inDoubt.delete(lost.identity);
      return ours;
    }
    last = {
      doubtful: candidates.map(({ uploading }) => uploading),
      unreadable: listing.unreadable,
    };
    // Two that are certain stay two; what is doubtful may become clear with the next reading.
    if (candidates.filter(({ match }) => match === 'yes').length > 1) break;
  }
  const { doubtful, unreadable } = last;
  if (doubtful.length === 0 && unreadable === 0) return undefined;
  const known =
    doubtful.length === 0
      ? ({ kind: 'unreadable-entries', count: unreadable } as const)
      : ({ kind: 'candidates', ids: doubtful.map(({ id }) => id) } as const);
  throw new UnknownFate(lost.why, known, commands.list(), doubtful);
}

interface Candidate {
  readonly uploading: CallUploading;
  readonly match: 'yes' | 'maybe';
}

function candidatesIn(listing: Listing, { identity }: LostDelivery, { journal }: Run): Candidate[] {
  const skew = listing.clockSkew ?? 0;
  return listing.uploadings.flatMap((uploading) => {
    if (journal.has(uploading)) return [];
    const match = matchOf(uploading, identity, skew);
    return match === 'no' ? [] : [{ uploading, match }];
  });
}

/** @returns the only candidate, when it is certain and cannot be of another delivery of this run */
function certainlyOurs(
  candidates: readonly Candidate[],
  { unreadable, clockSkew }: Listing,
  { group, identity }: LostDelivery,
): CallUploading | undefined {
  const [only, ...others] = candidates;
  if (only?.match !== 'yes' || others.length > 0 || unreadable > 0) return undefined;
  const mayBeAnothers = [...group.inDoubt].some(
    (other) => other !== identity && matchOf(only.uploading, other, clockSkew ?? 0) !== 'no',
  );
  return mayBeAnothers ? undefined : only.uploading;
}

/**
 * Whether a listed upload is the one that a delivery made, as far as its fields tell.
 *
 * @param skew the service's clock minus ours, in milliseconds
 */
function matchOf(
  uploading: CallUploading,
  { comment, lineCounts, started }: DeliveryIdentity,
  skew: number,
): 'yes' | 'maybe' | 'no' {
  const earliest = started + skew - CLOCK_TOLERANCE;
  const created = uploading.createTime === undefined ? NaN : zonedTime(uploading.createTime);
  if (created < earliest - CLOCK_DOUBT) return 'no';
  if (uploading.comment !== undefined && plainText(uploading.comment) !== comment) return 'no';
  // Lines may be counted only later.
  const lines = uploading.sourceQuantity === 0 ? undefined : uploading.sourceQuantity;
  // A fingerprint says more than a count.
  const isMarked = hasFingerprint(comment) && uploading.comment !== undefined;
  if (!isMarked && lines !== undefined && !lineCounts.has(lines)) return 'no';
  const isCertain =
    created >= earliest &&
    (lines !== undefined || isMarked) &&
    (uploading.comment !== undefined || comment === '');
  return isCertain ? 'yes' : 'maybe';
}

/** A comment without what a service may do to spaces. */
export function plainText(comment: string): string {
  return comment.replace(/\s+/g, ' ').trim();
}

/** @returns milliseconds since 1970-01-01 UTC; NaN when the time is unreadable or names no zone */
function zonedTime(text: string): number {
  return /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? Date.parse(text) : NaN;
}
