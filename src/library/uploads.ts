/** Finds one upload, waits for the end of its processing, or lists the newest uploads. */
import { EXIT_CODES } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { LARGEST_ID } from '../limits.ts';
import type { Listing } from '../metrika/client.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { quoted } from '../safe-text/quoted.ts';
import { Interruption } from '../upload/interruption.ts';
import { interruptedBefore } from '../upload/sending-progress.ts';
import { shortfall } from '../upload/verdict.ts';
import { isEndOfWaiting, waitForEnd, type WaitOptions } from '../upload/wait-for-end.ts';
import {
  failureDocument,
  type FoundUpload,
  type ListedUploads,
  uploadingDocument,
} from './documents.ts';
import { wordsOf } from './options/check-options.ts';
import { DEFAULTS } from './options/defaults.ts';
import { admitted, sourceOf } from './options/front-door.ts';
import { withPlainNumbers } from './plain-numbers.ts';
import { type Service, type ServiceOptions, withService } from './service-options.ts';
import { waitOptionsFrom } from './upload-options.ts';

/** The id of an upload. A number must be a safe integer. Longer ids must be text or a bigint. */
export type UploadId = string | number | bigint;

/** How to list the uploads of a counter. */
export interface ListUploadsOptions extends ServiceOptions {
  /** The maximum number of uploads to return, newest first; 20 by default. */
  readonly limit?: number | undefined;
}

/** How to wait for the end of an upload. */
export interface WaitForUploadOptions extends ServiceOptions {
  /** The maximum time to wait, in seconds; two hours by default. */
  readonly waitTimeout?: number | undefined;
  /** Seconds between two status requests; 30 by default, and 0.3 for a sandbox. */
  readonly pollInterval?: number | undefined;
}

/**
 * Finds one upload, like `metrika-calls status`.
 *
 * @param id the id that the service returned for the upload
 * @returns the upload as the service shows it. `ok` is `false` if the service cannot use some calls
 *   of the upload, or if the upload cannot be fetched. In both cases, `error` has the reason.
 * @throws Failure (exit 2) for an invalid id, and for missing or wrong options
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/findCallUploadingById
 */
export async function findUpload(id: UploadId, options: ServiceOptions): Promise<FoundUpload> {
  const checked = admitted('findUpload', options, sourceOf);
  return await foundBy(uploadId(id), checked, undefined);
}

/**
 * Waits until the service has processed an upload, like `metrika-calls status --wait`.
 *
 * @param id the id that the service returned for the upload
 * @returns the upload as the service last showed it. If the wait ended early, `error` has the
 *   reason.
 * @throws Failure (exit 2) for an invalid id, and for missing or wrong options
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/findCallUploadingById
 */
export async function waitForUpload(
  id: UploadId,
  options: WaitForUploadOptions,
): Promise<FoundUpload> {
  const checked = admitted('waitForUpload', options, sourceOf);
  return await foundBy(uploadId(id), checked, waitOptionsFrom(checked));
}

/**
 * Lists the uploads of a counter, newest first, like `metrika-calls list`.
 *
 * @returns the newest uploads as the service shows them. `ok` is `false` if the list cannot be
 *   fetched. `error` then has the reason.
 * @throws Failure (exit 2) for missing or wrong options
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/findAllCallUploadings
 */
export async function listUploads(options: ListUploadsOptions): Promise<ListedUploads> {
  const checked = admitted('listUploads', options, sourceOf);
  const words = await wordsOf(checked);
  return await withService(checked, async ({ client, counter, signal }) => {
    try {
      const listing = await client.findAllCallUploadings(counter, signal);
      const { shown } = newest(listing, checked.limit ?? DEFAULTS.limit);
      const uploadings = withPlainNumbers(shown.map(uploadingDocument));
      return { ok: true, exit_code: EXIT_CODES.done, uploadings };
    } catch (error) {
      const failure = error instanceof Interruption ? interruptedBefore() : error;
      if (!(failure instanceof Failure)) throw failure;
      const { exitCode } = failure;
      return {
        ok: false,
        exit_code: exitCode,
        uploadings: [],
        error: failureDocument(failure, words),
      };
    }
  });
}

async function foundBy(
  id: string,
  options: ServiceOptions,
  wait: WaitOptions | undefined,
): Promise<FoundUpload> {
  const words = await wordsOf(options);
  return await withService(options, async (service) => {
    const { uploading, failure } = await seenOrFailed(id, service, wait);
    const shown = uploading === undefined ? null : withPlainNumbers(uploadingDocument(uploading));
    return {
      ok: failure === undefined,
      exit_code: failure?.exitCode ?? EXIT_CODES.done,
      uploading: shown,
      ...(failure === undefined ? {} : { error: failureDocument(failure, words) }),
    };
  });
}

async function seenOrFailed(
  id: string,
  service: Service,
  wait: WaitOptions | undefined,
): Promise<SeenUpload> {
  try {
    return await seenUpload(id, wait, service);
  } catch (error) {
    if (error instanceof Failure) return { uploading: undefined, failure: error };
    throw error;
  }
}

/**
 * An upload as the service last showed it. `failure` is the reason why the service cannot use some
 * calls of the upload, why the wait ended early, or why the upload could not be fetched.
 */
export interface SeenUpload {
  readonly uploading: CallUploading | undefined;
  readonly failure: Failure | undefined;
}

/** The context of {@link seenUpload}, with callbacks for the responses and the failures. */
export interface LookContext extends Pick<
  Service,
  'client' | 'counter' | 'clock' | 'signal' | 'commands'
> {
  /** Called with the upload from each response. */
  readonly onSeen?: (uploading: CallUploading) => void;
  /** Called when a status request fails and will be repeated later. */
  readonly onTrouble?: (failure: Failure) => void;
}

/**
 * Fetches an upload once, or repeatedly until the service has processed it.
 *
 * @param wait the limits of the wait; `undefined` to fetch the upload only once
 * @throws Failure if the upload cannot be fetched at all
 */
export async function seenUpload(
  id: string,
  wait: WaitOptions | undefined,
  context: LookContext,
): Promise<SeenUpload> {
  const { client, counter, signal, commands, onSeen } = context;
  let uploading: CallUploading | undefined;
  const see = (seen: CallUploading): void => {
    uploading = seen;
    onSeen?.(seen);
  };
  try {
    const first = await client.findCallUploading(counter, id, signal);
    see(first);
    const last =
      wait === undefined
        ? first
        : await waitForEnd(first, counter, wait, { ...context, onSeen: see });
    return { uploading: last, failure: shortfall(last) };
  } catch (error) {
    if (error instanceof Failure && isEndOfWaiting(error)) return { uploading, failure: error };
    if (!(error instanceof Interruption)) throw error;
    const state = { kind: 'watched', id, status: uploading?.status } as const;
    const failure = new Failure('interrupted', {
      state: { ...state, command: commands.status(id) },
    });
    return { uploading, failure };
  }
}

/**
 * Returns the newest uploads of a complete list. The list must be complete, because the service
 * documents no order: new uploads may be on any page.
 *
 * @returns the uploads, newest first, and the number of older uploads
 */
export function newest(
  { uploadings }: Listing,
  limit: number,
): { readonly shown: readonly CallUploading[]; readonly older: number } {
  const shown = [...uploadings].sort(newestFirst).slice(0, limit);
  return { shown, older: uploadings.length - shown.length };
}

function newestFirst(left: CallUploading, right: CallUploading): number {
  const times = timeOf(right) - timeOf(left);
  if (times !== 0 && !Number.isNaN(times)) return times;
  const [leftId, rightId] = [BigInt(left.id), BigInt(right.id)];
  return leftId === rightId ? 0 : leftId < rightId ? 1 : -1;
}

function timeOf({ createTime }: CallUploading): number {
  return createTime === undefined ? NaN : Date.parse(createTime);
}

/**
 * Returns the id of an upload as digits.
 *
 * @throws Failure `id-invalid` (exit 2)
 */
export function uploadId(id: UploadId): string {
  const text = typeof id === 'number' && !Number.isSafeInteger(id) ? '' : String(id);
  if (/^\d{1,19}$/.test(text) && BigInt(text) > 0n && BigInt(text) <= LARGEST_ID) return text;
  throw new Failure('id-invalid', { shown: quoted(String(id)) });
}
