/** Keeps a sign-in between its two steps, if there is no terminal to ask for the code. */
import * as z from 'zod/mini';
import { Failure } from '../../failure.ts';
import { CODE_LIFE } from '../../sign-in/authorize-page.ts';
import type { HeldLock } from './lock.ts';
import { parsed, type TokenStore } from './token-store.ts';

/** A sign-in whose address was shown. */
export interface PendingSignIn {
  /** The time when the sign-in began, in milliseconds since 1970-01-01 UTC. */
  readonly began: number;
  readonly clientId: string;
  readonly verifier: string;
  readonly state: string;
  readonly oauthUrl: string;
  readonly apiUrl: string;
}

const text = z.string().check(z.minLength(1), z.maxLength(4096));

const document = z.object({
  began: z.number(),
  clientId: text,
  verifier: text,
  state: text,
  oauthUrl: text.check(z.refine((url) => URL.canParse(url))),
  apiUrl: text.check(z.refine((url) => URL.canParse(url))),
});

/** Returns the time when a pending sign-in ends, in milliseconds since 1970-01-01 UTC. */
export function endOf({ began }: Pick<PendingSignIn, 'began'>): number {
  return began + CODE_LIFE;
}

/**
 * Reads the pending sign-in.
 *
 * @param now milliseconds since 1970-01-01 UTC
 * @throws Failure `sign-in-not-begun` (exit 2) if there is none, or if it is too old
 */
export function readPending(store: TokenStore, now: number): PendingSignIn {
  const content = store.readFile('pending');
  const { data } = document.safeParse(content === undefined ? undefined : parsed(content));
  if (data === undefined) throw new Failure('sign-in-not-begun', { isLate: false });
  // The clock may have been set back since the first step.
  const isLate = now > endOf(data) || now < data.began - CODE_LIFE;
  if (!isLate) return data;
  store.remove('pending');
  throw new Failure('sign-in-not-begun', { isLate: true });
}

/** Keeps a sign-in for its second step. Replaces an earlier one. */
export function keepPending(store: TokenStore, pending: PendingSignIn, lock: HeldLock): void {
  store.prepare('pending', lock).commit(pending);
}
