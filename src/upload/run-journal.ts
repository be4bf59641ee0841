import pLimit from 'p-limit';
import { UnknownFate } from './unknown-fate.ts';
import type { CallUploading } from '../metrika/schemas.ts';

/** What identifies a delivery in the service's list. */
export interface DeliveryTraits {
  readonly comment: string;
  /** What a service may say of how many lines it got. */
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

/**
 * What the deliveries of one run know of one another. The service's list tells uploadings apart by
 * comment, number of lines and time only, so the run keeps its own ones from being mistaken for each
 * other: while one looks whether it arrived, none with the same comment is on its way.
 */
export class RunJournal {
  /** Checks are work for the processor, so several at once would gain nothing and take memory. */
  readonly oneCheckAtATime = pLimit(1);
  readonly #ids = new Set<string>();
  readonly #byFingerprint = new Map<string, Promise<Arrived>>();
  readonly #lanes = new Map<string, Lane>();

  /** Notes that an uploading is known to be of this run. */
  note(uploading: CallUploading): void {
    this.#ids.add(uploading.id);
  }

  /** Whether an uploading is known to be of a file of this run. */
  has(uploading: CallUploading): boolean {
    return this.#ids.has(uploading.id);
  }

  /**
   * Sends a content once in a run, also when two files with it are under way at the same time.
   *
   * @throws whatever `send` throws; the next file with the content then tries for itself, unless
   *   nobody knows whether it arrived
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

  /** The lane of all deliveries with one comment. */
  lane(comment: string): Lane {
    const lane = this.#lanes.get(comment) ?? new Lane();
    this.#lanes.set(comment, lane);
    return lane;
  }
}

/** Deliveries with the same comment: many may send at once, one may look, and not both. */
export class Lane {
  /** Those whose fate is not known, now or to the end of the run. */
  readonly inDoubt = new Set<DeliveryTraits>();
  readonly #queue: { readonly alone: boolean; readonly enter: () => void }[] = [];
  #sending = 0;
  #looking = false;

  async whileSending<Result>(task: () => Promise<Result>): Promise<Result> {
    await this.#turn(false);
    try {
      return await task();
    } finally {
      this.#sending -= 1;
      this.#admit();
    }
  }

  async whileLooking<Result>(task: () => Promise<Result>): Promise<Result> {
    await this.#turn(true);
    try {
      return await task();
    } finally {
      this.#looking = false;
      this.#admit();
    }
  }

  async #turn(alone: boolean): Promise<void> {
    await new Promise<void>((enter) => {
      this.#queue.push({ alone, enter });
      this.#admit();
    });
  }

  /** Lets in who is next, in the order of asking, so that a look is not put off without end. */
  #admit(): void {
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      if (this.#looking || (next.alone && this.#sending > 0)) return;
      this.#queue.shift();
      if (next.alone) this.#looking = true;
      else this.#sending += 1;
      next.enter();
    }
  }
}
