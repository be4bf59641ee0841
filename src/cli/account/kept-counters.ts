/** Keeps the list of counters for the completion of command lines, which never uses the network. */
import { Failure } from '../../failure.ts';
import type { Counter } from '../../metrika/counters.ts';
import type { LockContext } from './lock.ts';
import type { TokenStore } from './token-store.ts';

/** The longest wait for the lock, in milliseconds. The list is not worth a longer one. */
const PATIENCE = 1000;

/**
 * Keeps the number, the name and the site of each counter. A failure to do so is no failure of the
 * run.
 */
export async function keepCounters(
  store: TokenStore,
  counters: readonly Counter[],
  context: LockContext,
): Promise<void> {
  try {
    await store.locked({ ...context, patience: PATIENCE }, (lock) => {
      // A name or a site that is not known is left out, as JSON does it.
      const kept = counters.map(({ id, name, site }) => ({ id, name, site }));
      store.prepare('counters', lock).commit({ version: 1, counters: kept });
      return Promise.resolve();
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}
