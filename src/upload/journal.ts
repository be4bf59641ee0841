/** Stores the facts that all deliveries of one run need. */
import pLimit from 'p-limit';
import type { Listing } from '../metrika/client.ts';
import { type RequestFailure, settled } from '../metrika/request-failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { UnknownFate } from './unknown-fate.ts';

/** The facts about content that has arrived at the service. */
export interface Arrived {
  readonly uploading: CallUploading;
  /** Whether the counter already had the content. */
  readonly existed: boolean;
  /** Other uploads of the same content. */
  readonly duplicates: readonly CallUploading[];
  /** Whether several attempts of this delivery arrived. */
  readonly isTwice: boolean;
  /** Whether it is unknown if the content arrived several times. */
  readonly isUnchecked: boolean;
}

/** The facts in the usual case: this delivery sent the content, and the counter has it only once. */
export const SENT_ONCE = {
  existed: false,
  duplicates: [],
  isTwice: false,
  isUnchecked: false,
} as const;

/** Returns the facts about content that the counter already had. */
export function existing(uploading: CallUploading): Arrived {
  return { ...SENT_ONCE, uploading, existed: true };
}

/** The facts that all deliveries of one run need. */
export class Journal {
  /**
   * Runs one check after another. Several checks at the same time would use more memory. They would
   * not be faster, because each check needs the processor.
   */
  readonly oneCheckAtATime = pLimit(1);
  readonly #ids = new Set<string>();
  readonly #byFingerprint = new Map<string, Promise<Arrived>>();
  #firstLook: Promise<Listing | RequestFailure> | undefined;
  #lastLook: Promise<Listing | RequestFailure> | undefined;
  #saidNotLooked = false;
  #saidMarkLost = false;

  /** Adds an upload of this run. */
  add(uploading: CallUploading): void {
    this.#ids.add(uploading.id);
  }

  /** Says whether an upload is from this run. */
  has(uploading: CallUploading): boolean {
    return this.#ids.has(uploading.id);
  }

  /** Says whether a list has all uploads of this run. */
  areAllIn(uploadings: readonly CallUploading[]): boolean {
    const ids = new Set(uploadings.map(({ id }) => id));
    return [...this.#ids].every((id) => ids.has(id));
  }

  /**
   * Returns the list of uploads before the first sending, or the failure to read it. All files
   * share this one look.
   */
  async firstLook(read: () => Promise<Listing>): Promise<Listing | RequestFailure> {
    return await (this.#firstLook ??= settled(read()));
  }

  /**
   * Returns the list of uploads after the last sending, or the failure to read it. All files share
   * this one look. It must not begin before all files are sent.
   */
  async lastLook(read: () => Promise<Listing>): Promise<Listing | RequestFailure> {
    return await (this.#lastLook ??= settled(read()));
  }

  /** @returns `true` for the first call only, so that a run reports one failed look at most */
  isFirstNotLooked(): boolean {
    const isFirst = !this.#saidNotLooked;
    this.#saidNotLooked = true;
    return isFirst;
  }

  /** @returns `true` for the first call only, so that a run reports one lost mark at most */
  isFirstMarkLost(): boolean {
    const isFirst = !this.#saidMarkLost;
    this.#saidMarkLost = true;
    return isFirst;
  }

  /**
   * Sends each content only once in a run. If two files with the same content come at the same
   * time, the second file waits for the first. If sending fails, the next file with the same
   * content tries again. If it is unknown whether the content arrived, no file tries again.
   *
   * @throws the error of `send`, or the UnknownFate of an earlier file with the same content
   */
  async once(fingerprint: string, send: () => Promise<Arrived>): Promise<Arrived> {
    for (;;) {
      const earlier = this.#byFingerprint.get(fingerprint);
      if (earlier === undefined) break;
      try {
        const { uploading } = await earlier;
        return existing(uploading);
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
