/** Searches the service's list for a file whose fate is not known. */
import type { Listing } from '../metrika/client.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { listings, LONG_PAUSES, PAUSES } from './listings.ts';
import { carries, hasMark } from './mark.ts';
import type { RunContext } from './run.ts';
import { UnknownFate } from './unknown-fate.ts';

/** Milliseconds. An upload older than this at the start is not ours, however wrong a clock may be. */
const TWO_DAYS = 2 * 24 * 60 * 60 * 1000;

/** What is known of an upload that is searched for. */
export interface WantedUpload {
  readonly counter: number;
  /** Without one it can never be known for certain. */
  readonly mark: string | undefined;
  /** What the service may say about how many lines it got. */
  readonly lineCounts: ReadonlySet<number>;
  /** When its delivery began, in milliseconds since 1970-01-01 UTC. */
  readonly started: number;
  /** The uploads that the list showed before. */
  readonly before: ReadonlySet<string>;
}

/** What the list shows of an upload with a mark. */
export interface FoundUpload {
  readonly uploading: CallUploading;
  /** Others with the very same mark. */
  readonly duplicates: readonly CallUploading[];
}

/**
 * Reads the list at once and after some pauses.
 *
 * @param why what happened to the request
 * @returns our upload, or `undefined` when no look shows one that is or may be ours
 * @throws UnknownFate when an upload may be ours, or when the list cannot be read
 */
export async function searchList(
  wanted: WantedUpload,
  why: RequestFailure,
  run: RunContext,
): Promise<FoundUpload | undefined> {
  const { commands } = run;
  const candidates = new Map<string, CallUploading>();
  let unreadable = 0;
  try {
    for await (const listing of listings(wanted.counter, pausesFor(why), run)) {
      const found = markedIn(listing, wanted);
      if (found !== undefined) return found;
      for (const uploading of listing.uploadings) {
        if (mayBeOurs(uploading, wanted, run)) candidates.set(uploading.id, uploading);
      }
      ({ unreadable } = listing);
    }
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    const known = { kind: 'list-unreadable', why: error } as const;
    throw new UnknownFate(why, known, commands.list(), [...candidates.values()]);
  }
  if (candidates.size > 0) {
    const known = { kind: 'candidates', ids: [...candidates.keys()] } as const;
    throw new UnknownFate(why, known, commands.list(), [...candidates.values()]);
  }
  if (unreadable === 0) return undefined;
  throw new UnknownFate(why, { kind: 'unreadable-entries', count: unreadable }, commands.list());
}

/** How many milliseconds a search takes that finds nothing. */
export function timeOfSearch(why: RequestFailure): number {
  return pausesFor(why).reduce((sum, pause) => sum + pause, 0);
}

function pausesFor(why: RequestFailure): readonly number[] {
  return mayStillCome(why) ? LONG_PAUSES : PAUSES;
}

/** @returns what carries the mark, newest first as the list is */
function markedIn(
  { uploadings }: Listing,
  { mark }: Pick<WantedUpload, 'mark'>,
): FoundUpload | undefined {
  if (mark === undefined) return undefined;
  const [uploading, ...duplicates] = uploadings.filter((one) => carries(one, mark));
  return uploading === undefined ? undefined : { uploading, duplicates };
}

/** Whether the service, or a proxy before it, may store the file after the request has ended. */
function mayStillCome({ code, details }: RequestFailure): boolean {
  return (
    details.status === 504 ||
    code === 'timeout' ||
    code === 'connection-lost' ||
    code === 'answer-cut'
  );
}

/** Whether an upload without our mark may be the one that a delivery made, as far as its fields tell. */
function mayBeOurs(
  uploading: CallUploading,
  wanted: WantedUpload,
  { journal }: RunContext,
): boolean {
  if (wanted.before.has(uploading.id) || journal.has(uploading)) return false;
  if (uploading.comment !== undefined && hasMark(uploading.comment)) return false;
  const made = uploading.createTime === undefined ? NaN : zonedTime(uploading.createTime);
  if (made < wanted.started - TWO_DAYS) return false;
  const { sourceQuantity: count } = uploading;
  return count === undefined || count === 0 || wanted.lineCounts.has(count);
}

/** @returns milliseconds since 1970-01-01 UTC; NaN when the time is unreadable or names no zone */
function zonedTime(text: string): number {
  return /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? Date.parse(text) : NaN;
}
