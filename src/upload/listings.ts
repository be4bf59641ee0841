/** Reads the service's list of uploads several times, because new uploads may appear late. */
import type { Listing } from '../metrika/client.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { RunContext } from './run.ts';

/** The list is read once after each of these pauses. The pauses are in milliseconds. */
export const PAUSES: readonly number[] = [0, 1000, 3000, 10_000];

/**
 * The pauses after a failed request that the service may still process, in milliseconds. There are
 * more of them than usual, because the upload may appear very late.
 */
export const LONG_PAUSES: readonly number[] = [...PAUSES, 16_000, 30_000];

/**
 * Reads the list after each pause.
 *
 * @param pauses the pauses, in milliseconds; the list is read once after each
 * @param isEnough called with the uploads of each page; returns `true` if no further page is needed
 * @throws RequestFailure when the list cannot be read
 */
export async function* listings(
  counter: number,
  pauses: readonly number[],
  { client, clock, signal }: Pick<RunContext, 'client' | 'clock' | 'signal'>,
  isEnough?: (page: readonly CallUploading[]) => boolean,
): AsyncGenerator<Listing> {
  for (const pause of pauses) {
    if (pause > 0) await clock.sleep(pause, signal);
    yield await client.findAllCallUploadings(counter, signal, isEnough);
  }
}
