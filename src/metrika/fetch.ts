/** The part of a request that the client uses. */
import type { StopSignal } from '../abortable.ts';
export interface FetchInit {
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  /** Each block is valid until the next one is asked for. */
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
 * Sends one request. The `fetch` of the platform fits, and so does {@link undiciFetch}.
 *
 * It resolves once the headers are there, follows no redirect, and rejects with the network's own
 * error, or with the signal's reason.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchAnswer>;
