/** What the deliveries of one run know of one another. */
import pLimit from 'p-limit';
import type { Listing } from '../metrika/client.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { UnknownFate } from './unknown-fate.ts';

/** A content that is at the service. */
export interface Arrived {
  readonly uploading: CallUploading;
  /** Whether it was there before. */
  readonly existed: boolean;
  /** Other uploads of the same content. */
  readonly duplicates: readonly CallUploading[];
  /** Whether a duplicate is of this very run. */
  readonly isTwice: boolean;
  /** Whether it could not be seen if an earlier attempt arrived as well. */
  readonly isUnchecked: boolean;
}

/** What the deliveries of one run know of one another. */
export class Journal {
  /** Checks are work for the processor, so several at once would gain nothing and take memory. */
  readonly oneCheckAtATime = pLimit(1);
  readonly #ids = new Set<string>();
  readonly #byFingerprint = new Map<string, Promise<Arrived>>();
  #before: Promise<Listing> | undefined;
  #saidMarkLost = false;

  /** Remembers that an upload is of this run. */
  add(uploading: CallUploading): void {
    this.#ids.add(uploading.id);
  }

  /** Whether an upload is known to be of a file of this run. */
  has(uploading: CallUploading): boolean {
    return this.#ids.has(uploading.id);
  }

  /** The list of uploads before the first sending, read once for all files; again only if that failed. */
  async listBefore(read: () => Promise<Listing>): Promise<Listing> {
    const reading = (this.#before ??= read());
    try {
      return await reading;
    } catch (error) {
      if (this.#before === reading) this.#before = undefined;
      throw error;
    }
  }

  /** @returns whether it is the first time that a mark is missing, which is said once a run */
  isFirstMarkLost(): boolean {
    const isFirst = !this.#saidMarkLost;
    this.#saidMarkLost = true;
    return isFirst;
  }

  /**
   * Sends a content once in a run, also when two files with it are under way at the same time.
   *
   * @throws whatever `send` throws; the next file with the content then tries for itself, unless it is
   *   not known whether this one arrived
   */
  async once(fingerprint: string, send: () => Promise<Arrived>): Promise<Arrived> {
    for (;;) {
      const earlier = this.#byFingerprint.get(fingerprint);
      if (earlier === undefined) break;
      try {
        const { uploading } = await earlier;
        return { uploading, existed: true, duplicates: [], isTwice: false, isUnchecked: false };
      } catch (error) {
        if (error instanceof UnknownFate) throw error;
        if (this.#byFingerprint.get(fingerprint) === earlier) {
          this.#byFingerprint.delete(fingerprint);
        }
      }
    }
    const sending = send();
    this.#byFingerprint.set(fingerprint, sending);
    return await sending;
  }
}
