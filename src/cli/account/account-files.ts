/** Names the files of the account in the user's folder. */
import { join } from 'node:path';

const NAMES = {
  token: 'token.json',
  pending: 'sign-in.json',
  counters: 'counters.json',
  lock: 'token.lock',
} as const;

/**
 * A file of the account: the stored token, a sign-in between its two steps, the counters for
 * completion, or the lock for all of them.
 */
export type AccountFile = keyof typeof NAMES;

/** Returns the path of a file of the account. */
export function accountFile(folder: string, name: AccountFile): string {
  return join(folder, NAMES[name]);
}
