/** Searches the service's list for an upload whose request has an unknown fate. */
import type { Listing } from '../metrika/client.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { listings, LONG_PAUSES, PAUSES } from './listings.ts';
import { carries, hasFingerprintOf, hasMark } from './mark.ts';
import type { RunContext } from './run.ts';
import { UnknownFate } from './unknown-fate.ts';

/**
 * Two days, in milliseconds. An upload from more than two days before the delivery is not from this
 * run. The clock of the service may be wrong, but not by two days.
 */
const TWO_DAYS = 2 * 24 * 60 * 60 * 1000;

/** The known facts about the wanted upload. The fate of its request is unknown. */
export interface WantedUpload {
  readonly counter: number;
  /**
   * The mark. Without a mark, the program is never certain that an upload is from this delivery.
   */
  readonly mark: string | undefined;
  /** All line counts that the service may report for the upload. */
  readonly lineCounts: ReadonlySet<number>;
  /** The start of the delivery, in milliseconds since 1970-01-01 UTC. */
  readonly started: number;
  /** The number of attempts with an unknown fate. */
  readonly attempts: number;
  /** The ids of the uploads in the list before sending. */
  readonly before: ReadonlySet<string>;
}

/** The newest upload that has the mark, and all other uploads with this mark. */
export interface FoundUpload {
  readonly uploading: CallUploading;
  /** Other uploads with the same mark. */
  readonly duplicates: readonly CallUploading[];
  /** Whether another attempt may have arrived too. */
  readonly isUnchecked: boolean;
}

/**
 * Searches the list immediately, and again after each pause.
 *
 * @param why the failure of the request
 * @returns the upload of the request, or `undefined` when no list has a possible match
 * @throws UnknownFate when an upload without the mark may be from the request, or when the list, or
 *   an entry in the list, cannot be read
 */
export async function searchList(
  wanted: WantedUpload,
  why: RequestFailure,
  run: RunContext,
): Promise<FoundUpload | undefined> {
  const { commands } = run;
  const { mark } = wanted;
  const candidates = new Map<string, CallUploading>();
  let found: FoundUpload | undefined;
  let unreadable = 0;
  // The first page with our upload is enough, even if a later page cannot be read.
  const isShownIn = (page: readonly CallUploading[]): boolean => {
    for (const uploading of page) {
      if (mayBeOurs(uploading, wanted, run)) candidates.set(uploading.id, uploading);
    }
    return page.some((one) => carries(one, mark));
  };
  try {
    for await (const listing of listings(wanted.counter, pausesFor(why), run, isShownIn)) {
      found = markedIn(listing, wanted);
      if (found !== undefined && (wanted.attempts < 2 || found.duplicates.length > 0)) return found;
      ({ unreadable } = listing);
    }
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    if (found !== undefined) return { ...found, isUnchecked: true };
    const known = { kind: 'list-unreadable', why: error } as const;
    throw new UnknownFate(why, known, commands.list(), [...candidates.values()]);
  }
  // Two attempts may have arrived, and the list shows only one of them.
  if (found !== undefined) return { ...found, isUnchecked: true };
  if (candidates.size > 0) {
    const known = { kind: 'candidates', ids: [...candidates.keys()] } as const;
    throw new UnknownFate(why, known, commands.list(), [...candidates.values()]);
  }
  if (unreadable === 0) return undefined;
  throw new UnknownFate(why, { kind: 'unreadable-entries', count: unreadable }, commands.list());
}

/** Returns the sum of all pauses of a search, in milliseconds. Requests take additional time. */
export function timeOfSearch(why: RequestFailure): number {
  return pausesFor(why).reduce((sum, pause) => sum + pause, 0);
}

function pausesFor(why: RequestFailure): readonly number[] {
  return mayStillCome(why) ? LONG_PAUSES : PAUSES;
}

/**
 * Finds the uploads with the mark. The list has the newest upload first.
 *
 * @returns `undefined` if no upload has the mark
 */
export function markedIn(
  { uploadings }: Pick<Listing, 'uploadings'>,
  { mark }: Pick<WantedUpload, 'mark'>,
): FoundUpload | undefined {
  const [uploading, ...duplicates] = uploadings.filter((one) => carries(one, mark));
  return uploading === undefined ? undefined : { uploading, duplicates, isUnchecked: false };
}

/**
 * Says whether the upload may still appear in the list after the request has failed. The service or
 * a proxy may still process the request.
 */
function mayStillCome({ code, details }: RequestFailure): boolean {
  return (
    details.status === 504 ||
    code === 'timeout' ||
    code === 'connection-lost' ||
    code === 'answer-cut'
  );
}

/**
 * Says whether an upload without the mark may be from this delivery, according to its other fields.
 */
function mayBeOurs(
  uploading: CallUploading,
  wanted: WantedUpload,
  { journal }: RunContext,
): boolean {
  if (wanted.before.has(uploading.id) || journal.has(uploading)) return false;
  const { comment = '' } = uploading;
  const isOfContent = wanted.mark !== undefined && hasFingerprintOf(comment, wanted.mark);
  // A mark with another fingerprint belongs to another upload. A mark with the same fingerprint may
  // be ours, because the service may have damaged the random part.
  if (hasMark(comment) && !isOfContent) return false;
  const made = uploading.createTime === undefined ? NaN : zonedTime(uploading.createTime);
  if (made < wanted.started - TWO_DAYS) return false;
  const { sourceQuantity: count } = uploading;
  return count === undefined || count === 0 || wanted.lineCounts.has(count);
}

/** @returns milliseconds since 1970-01-01 UTC; NaN when the text is not a time with a zone */
function zonedTime(text: string): number {
  return /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? Date.parse(text) : NaN;
}
