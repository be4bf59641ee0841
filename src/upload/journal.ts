/** What the deliveries of one run know of one another. */
import pLimit from 'p-limit';
import type { CallUploading } from '../metrika/schemas.ts';
import { ReadWriteLock } from './read-write-lock.ts';
import { UnknownFate } from './unknown-fate.ts';

/** What identifies a delivery in the service's list. */
export interface DeliveryIdentity {
  readonly comment: string;
  /** What the service may say about how many lines it got. */
  readonly lineCounts: ReadonlySet<number>;
  /** When it began, in milliseconds since 1970-01-01 UTC. */
  readonly started: number;
}

/** A content that is at the service. */
export interface Arrived {
  readonly uploading: CallUploading;
  /** Whether it was there before. */
  readonly existed: boolean;
}

/** The deliveries with one comment: the list of uploads hardly tells them apart. */
export class CommentGroup {
  /** Many may send at once, one may read the list, and not both. */
  readonly lock = new ReadWriteLock();
  /** Those whose fate is not known, now or to the end of the run. */
  readonly inDoubt = new Set<DeliveryIdentity>();
}

/**
 * The service's list tells uploads apart by comment, number of lines and time only, so a run keeps its
 * own ones from being mistaken for each other: while the list is read for one of them, none with the
 * same comment is on its way.
 */
export class Journal {
  /** Checks are work for the processor, so several at once would gain nothing and take memory. */
  readonly oneCheckAtATime = pLimit(1);
  readonly #ids = new Set<string>();
  readonly #byFingerprint = new Map<string, Promise<Arrived>>();
  readonly #groups = new Map<string, CommentGroup>();

  /** Remembers that an upload is of this run. */
  add(uploading: CallUploading): void {
    this.#ids.add(uploading.id);
  }

  /** Whether an upload is known to be of a file of this run. */
  has(uploading: CallUploading): boolean {
    return this.#ids.has(uploading.id);
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
        return { uploading: (await earlier).uploading, existed: true };
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

  /** All deliveries with one comment. */
  group(comment: string): CommentGroup {
    const group = this.#groups.get(comment) ?? new CommentGroup();
    this.#groups.set(comment, group);
    return group;
  }
}
