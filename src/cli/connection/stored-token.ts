/** Uses the token that `login` has stored, and renews it when the service no longer accepts it. */
import { Failure, failureIn } from '../../failure.ts';
import { isLoopback } from '../../metrika/api-address.ts';
import { ApiToken } from '../../metrika/token.ts';
import { authorityAddress } from '../../sign-in/authority-address.ts';
import type { TokenAnswer } from '../../sign-in/token-answers.ts';
import {
  isForThisMachine,
  type PreparedFile,
  type StoredToken,
  tokenDocument,
  type TokenStore,
} from '../account/token-store.ts';
import type { CommandContext } from '../arguments/command.ts';
import { openStore } from './account-store.ts';
import { type AuthorityTarget, withAuthority } from './authority.ts';
import type { AccountTarget } from './remote-settings.ts';

/** The token of a run. */
export interface OpenedToken {
  readonly token: ApiToken;
  /** What is stored about the token; `undefined` if it comes from an option or a variable. */
  readonly stored: StoredToken | undefined;
  /**
   * Returns a new token; `undefined` if there is none. The function is `undefined` for tokens from
   * an option or a variable, because these are never renewed.
   */
  readonly renew: (() => Promise<ApiToken | undefined>) | undefined;
}

type Context = Pick<CommandContext, 'io' | 'output'>;

type Target = Pick<AccountTarget, 'address' | 'timeout' | 'retries'> &
  Pick<AuthorityTarget, 'authorities'>;

/** A token that ends within this time is reported, in milliseconds: a week. */
const SOON = 7 * 24 * 60 * 60 * 1000;

/**
 * Reads the stored token, and adds it to the secrets of the run. Says that it ends soon.
 *
 * @throws Failure (exit 2) `token-missing`; `token-store-unreadable`; `token-elsewhere` if the token
 *   was made for another kind of address
 */
export function openStoredToken(context: Context, target: Target): OpenedToken {
  const { io, output } = context;
  const store = openStore(context);
  const stored = store.read();
  // The file may have been deleted a moment ago.
  if (stored === undefined) throw new Failure('token-missing', {});
  keepSecret(io, stored);
  // A token of a sandbox is of no use to the service, and a sandbox must never get a real one.
  const isLocal = target.address !== undefined && isLoopback(new URL(target.address).hostname);
  if (isForThisMachine(stored) !== isLocal) {
    throw new Failure('token-elsewhere', { path: store.path, isLocal });
  }
  const { expires } = stored;
  if (expires !== undefined && expires - io.clock.now() < SOON) {
    output.warn(output.words.screens.signIn.endsSoon(expires, expires <= io.clock.now()));
  }
  let renewal: Promise<StoredToken | undefined> | undefined;
  let current = stored;
  return {
    token: new ApiToken(stored.accessToken, store.path),
    get stored() {
      return current;
    },
    renew: async () => {
      // A run renews the token once, whoever asks for it.
      renewal ??= renewed(stored, store, context, target);
      const fresh = await renewal;
      if (fresh === undefined) return undefined;
      current = fresh;
      return new ApiToken(fresh.accessToken, store.path);
    },
  };
}

/** Adds the tokens to the secrets that no output may show. */
export function keepSecret(
  { secrets }: Pick<Context['io'], 'secrets'>,
  { accessToken, refreshToken }: Pick<StoredToken, 'accessToken' | 'refreshToken'>,
): void {
  secrets.add(accessToken);
  if (refreshToken !== undefined) secrets.add(refreshToken);
}

/**
 * Renews the stored token. If another run has renewed it, takes that one. If the renewal fails, the
 * old token stays.
 */
async function renewed(
  used: StoredToken,
  store: TokenStore,
  context: Context,
  target: Target,
): Promise<StoredToken | undefined> {
  const { io, output } = context;
  if (used.refreshToken === undefined || used.clientId === undefined) return undefined;
  try {
    return await store.locked({ clock: io.clock, signal: io.signal }, async (lock) => {
      const now = store.read();
      if (now === undefined || now.login !== used.login || now.apiUrl !== used.apiUrl) {
        return undefined;
      }
      keepSecret(io, now);
      if (now.accessToken !== used.accessToken) return now;
      const { refreshToken, clientId } = now;
      if (refreshToken === undefined || clientId === undefined) return undefined;
      const file = store.prepare('token', lock);
      try {
        const authority = authorityAddress(now.oauthUrl, now.apiUrl);
        const answer = await withAuthority(context, { ...target, authority }, (open) =>
          open.refresh({ refreshToken, clientId }, io.signal),
        );
        const fresh = { refreshToken, ...now, ...definedFacts(answer, io.clock.now()) };
        keepSecret(io, fresh);
        storeFresh(fresh, file, context);
        return fresh;
      } finally {
        file.discard();
      }
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    output.warn(output.words.screens.signIn.notRenewed(failureIn(io.words, error).message));
    return undefined;
  }
}

/** Stores a new token. This run can use the token even if it cannot be stored. */
function storeFresh(fresh: StoredToken, file: PreparedFile, { io, output }: Context): void {
  try {
    file.commit(tokenDocument(fresh));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    output.warn(output.words.screens.signIn.notKept(failureIn(io.words, error).message));
  }
}

/** What a new token says about itself. */
type Facts = Pick<StoredToken, 'accessToken' | 'refreshToken' | 'expires' | 'scopes'>;

/**
 * Returns what a new token says about itself.
 *
 * @param now milliseconds since 1970-01-01 UTC
 */
export function factsOf(
  { accessToken, refreshToken, life, scopes }: TokenAnswer,
  now: number,
): Facts {
  return {
    accessToken,
    refreshToken,
    expires: life === undefined ? undefined : now + life * 1000,
    ...(scopes === undefined ? {} : { scopes }),
  };
}

/** Returns what the answer to a renewal says. The token keeps the rest: the rights, for example. */
function definedFacts(answer: TokenAnswer, now: number): Facts {
  const { refreshToken, ...facts } = factsOf(answer, now);
  return refreshToken === undefined ? facts : { ...facts, refreshToken };
}
