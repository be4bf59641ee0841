/** After sending, checks whether the counter has other uploads of the same content. */
import { Failure } from '../failure.ts';
import type { Listing } from '../metrika/client.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { OnPortionEvent } from './events.ts';
import { listings, PAUSES } from './listings.ts';
import { carries, fingerprintOf, keepsMark } from './mark.ts';
import type { RunContext } from './run.ts';

/** The result of sending one portion: only the fields that the look reads or changes. */
interface SentOnce {
  readonly uploading: CallUploading | undefined;
  readonly existed: boolean;
  readonly duplicates: readonly CallUploading[];
  readonly isMarkKept: boolean | undefined;
  readonly failure: Failure | undefined;
}

interface MarkedContent {
  readonly mark: string | undefined;
  readonly sha256: string;
}

interface LookOptions {
  readonly counter: number;
  readonly marks: boolean;
  readonly skipExisting: boolean;
}

/**
 * Looks for other uploads of the same content. All files of the run share one list. The list may be
 * out of date and lack new uploads. The program waits for a current list only with `skipExisting`.
 *
 * @returns the result of sending, with the facts that the list shows
 */
export async function lookedAfter<Looked extends SentOnce>(
  sent: Looked,
  { mark, sha256 }: MarkedContent,
  { counter, marks, skipExisting }: LookOptions,
  run: RunContext & { readonly onEvent: OnPortionEvent },
): Promise<Looked> {
  const { client, signal, journal, onEvent } = run;
  const { uploading, existed } = sent;
  if (!marks || existed || uploading === undefined) return sent;
  // An interruption does not change the outcome of a file that has arrived.
  if (signal?.aborted === true) return sent;
  const read = (): Promise<Listing> => client.findAllCallUploadingsQuickly(counter, signal);
  const before = await journal.firstLook(read);
  if (before instanceof RequestFailure) return sent;
  const after = await journal.lastLook(skipExisting ? () => currentList(counter, run) : read);
  if (after instanceof RequestFailure) return sent;
  const listed = after.uploadings.find(({ id }) => id === uploading.id);
  const isKept = listed === undefined ? undefined : keepsMark(listed, mark);
  if (listed !== undefined && isKept === false && journal.isFirstMarkLost()) {
    onEvent({ kind: 'mark-lost', uploading: listed });
  }
  const isMarkKept = isKept === false ? false : (sent.isMarkKept ?? isKept);
  const known = new Set(before.uploadings.map(({ id }) => id));
  const others = after.uploadings.filter(
    (one) =>
      one.id !== uploading.id &&
      !known.has(one.id) &&
      carries(one, fingerprintOf(sha256)) &&
      !sent.duplicates.some(({ id }) => id === one.id),
  );
  if (others.length === 0) return { ...sent, isMarkKept };
  const duplicates = [...sent.duplicates, ...others];
  const isTwice = others.some((one) => carries(one, mark));
  if (!isTwice) onEvent({ kind: 'sent-by-another', uploading, others });
  const ids = [uploading, ...duplicates].map(({ id }) => id);
  const twice = isTwice ? new Failure('sent-twice', { ids }) : undefined;
  return { ...sent, isMarkKept, duplicates, failure: sent.failure ?? twice };
}

/**
 * Reads the list after each pause, until it has all uploads of this run.
 *
 * @returns the last list, which may still lack some of them
 */
async function currentList(counter: number, run: RunContext): Promise<Listing> {
  let last: Listing = { uploadings: [], unreadable: 0 };
  for await (const listing of listings(counter, PAUSES, run)) {
    last = listing;
    if (run.journal.areAllIn(listing.uploadings)) break;
  }
  return last;
}
