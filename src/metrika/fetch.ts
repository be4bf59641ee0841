/** Defines the interface between the client and `fetch`. */
import type { StopSignal } from '../abortable.ts';

/** The options of a request. */
export interface FetchInit {
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  /** The body. A block is valid until the next block is requested. */
  readonly body?: AsyncIterable<Uint8Array>;
  readonly duplex?: 'half';
  readonly redirect: 'manual';
  readonly signal: StopSignal;
}

/** The part of an answer that the client uses. */
export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

/**
 * Sends one request. Node's own `fetch` fits this type, and so does {@link undiciFetch}.
 *
 * The promise resolves when the headers have arrived. Redirects are not followed. The promise
 * rejects with the error of the network, or with the signal's reason after an abort.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchAnswer>;
