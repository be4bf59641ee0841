/** Stores the uploads of the sandbox in memory. */

/** The fields of an upload in the service's form. */
export interface SandboxUploading {
  readonly id: number;
  readonly create_time: string;
  readonly source_quantity: number;
  readonly line_quantity: number;
  readonly comment: string;
  readonly client_id_type: 'USER_ID' | 'CLIENT_ID' | 'YCLID';
  readonly status: string;
  readonly static_calls_quantity: number;
  readonly dynamic_calls_quantity: number;
  /** This field and the next one exist only after the upload is processed. */
  readonly linked_quantity?: number;
  readonly user_not_found_quantity?: number;
}

/** The data of a new upload. The status is not stored, because it depends on the time. */
export interface NewUploading {
  readonly sourceQuantity: number;
  readonly lineQuantity: number;
  readonly comment: string;
  readonly clientIdType: SandboxUploading['client_id_type'];
  readonly staticCalls: number;
  readonly dynamicCalls: number;
  /** The number of dynamic calls that could be linked to a visit. */
  readonly linkableCalls: number;
}

const STAGES = ['PREPARED', 'UPLOADED', 'EXPORTED', 'MATCHED'] as const;

interface Stored extends NewUploading {
  readonly counter: number;
  readonly id: number;
  readonly created: number;
}

/** The maximum number of stored uploads. If there are more, the oldest upload is deleted. */
const MOST_KEPT = 10_000;

/** Stores the newest uploads of all counters in memory. */
export class UploadingStore {
  /** The stored uploads, oldest first. */
  readonly #stored = new Map<string, Stored>();
  readonly #now: () => number;
  readonly #stageTime: number;
  #nextId = 1_000_001;

  /**
   * @param now returns milliseconds since 1970-01-01 UTC
   * @param stageTime the duration of each status except the last one, in milliseconds
   */
  constructor(now: () => number, stageTime: number) {
    this.#now = now;
    this.#stageTime = stageTime;
  }

  add(counter: number, upload: NewUploading): SandboxUploading {
    const stored: Stored = { ...upload, counter, id: this.#nextId, created: this.#now() };
    this.#nextId += 1;
    this.#stored.set(String(stored.id), stored);
    for (const oldest of this.#stored.keys()) {
      if (this.#stored.size <= MOST_KEPT) break;
      this.#stored.delete(oldest);
    }
    return this.#asSent(stored);
  }

  find(counter: number, id: string): SandboxUploading | undefined {
    const stored = this.#stored.get(id);
    return stored?.counter === counter ? this.#asSent(stored) : undefined;
  }

  /** Returns one page of a counter's uploads, newest first. */
  page(counter: number, limit: number, offset: number): SandboxUploading[] {
    const uploadings = [...this.#stored.values()].filter((stored) => stored.counter === counter);
    return uploadings
      .reverse()
      .slice(offset, offset + limit)
      .map((stored) => this.#asSent(stored));
  }

  #asSent(stored: Stored): SandboxUploading {
    const stage = Math.floor((this.#now() - stored.created) / this.#stageTime);
    const end = stored.linkableCalls > 0 ? 'PROCESSED' : 'LINKAGE_FAILURE';
    const isAtEnd = STAGES[stage] === undefined;
    return {
      id: stored.id,
      create_time: `${new Date(stored.created).toISOString().slice(0, 19)}+00:00`,
      source_quantity: stored.sourceQuantity,
      line_quantity: stored.lineQuantity,
      comment: stored.comment,
      client_id_type: stored.clientIdType,
      status: STAGES[stage] ?? end,
      static_calls_quantity: stored.staticCalls,
      dynamic_calls_quantity: stored.dynamicCalls,
      ...(isAtEnd
        ? {
            linked_quantity: Math.min(stored.linkableCalls, stored.dynamicCalls),
            user_not_found_quantity: Math.max(0, stored.dynamicCalls - stored.linkableCalls),
          }
        : {}),
    };
  }
}
