/** The knowledge that the deliveries of one run share. */
import pLimit from 'p-limit';
import type { Listing } from '../metrika/client.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { UnknownFate } from './unknown-fate.ts';

/** A content that has arrived at the service. */
export interface Arrived {
  readonly uploading: CallUploading;
  /** Whether the counter already had the content. */
  readonly existed: boolean;
  /** Other uploads of the same content. */
  readonly duplicates: readonly CallUploading[];
  /** Whether this delivery itself arrived more than once. */
  readonly isTwice: boolean;
  /** Whether the content may have arrived twice, because this could not be checked. */
  readonly isUnchecked: boolean;
}

/** The knowledge that the deliveries of one run share. */
export class Journal {
  /**
   * Runs one check at a time. Several checks at once would not be faster, because each one needs
   * the processor, and would use more memory.
   */
  readonly oneCheckAtATime = pLimit(1);
  readonly #ids = new Set<string>();
  readonly #byFingerprint = new Map<string, Promise<Arrived>>();
  #before: Promise<Listing> | undefined;
  #saidMarkLost = false;

  /** Remembers an upload of this run. */
  add(uploading: CallUploading): void {
    this.#ids.add(uploading.id);
  }

  /** Says whether an upload is known to be from this run. */
  has(uploading: CallUploading): boolean {
    return this.#ids.has(uploading.id);
  }

  /**
   * Returns the list from before the first sending. It is read once for all files, unless that
   * fails.
   */
  async listBefore(read: () => Promise<Listing>): Promise<Listing> {
    const reading = (this.#before ??= read());
    try {
      return await reading;
    } catch (error) {
      if (this.#before === reading) this.#before = undefined;
      throw error;
    }
  }

  /** @returns `true` only the first time, because a run reports a lost mark once */
  isFirstMarkLost(): boolean {
    const isFirst = !this.#saidMarkLost;
    this.#saidMarkLost = true;
    return isFirst;
  }

  /**
   * Sends a content once in a run, even if two files with this content are sent at the same time.
   * If sending fails, the next file with the content tries again, except after an unknown fate.
   *
   * @throws the error of `send`, or the UnknownFate of an earlier file with the content
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
