/** Gets a token for a code, tries it, and stores it. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure, failureIn } from '../../failure.ts';
import { RequestFailure } from '../../metrika/request-failure.ts';
import type { CodeGrant } from '../../sign-in/authority.ts';
import { SCOPES } from '../../words/application.ts';
import {
  isForThisMachine,
  type PreparedFile,
  type StoredToken,
  tokenDocument,
} from '../account/token-store.ts';
import { withAuthority } from '../connection/authority.ts';
import { factsOf, keepSecret } from '../connection/stored-token.ts';
import type { SignInContext, SignInTarget } from './sign-in-target.ts';
import { type TriedToken, tryToken } from './try-token.ts';

/**
 * Gets a token for a code, and stores it. The store is proved writable first, because a code can be
 * used only once.
 *
 * @param onUsed called when the code can no longer be used
 * @throws Failure (exit 4) if the code or the token is refused; other failures of the sign-in
 */
export async function storeGranted(
  grant: CodeGrant,
  context: SignInContext,
  target: SignInTarget,
  onUsed: () => void = () => undefined,
): Promise<ExitCode> {
  const { io } = context;
  const { store } = target;
  return await store.locked({ clock: io.clock, signal: io.signal }, async (lock) => {
    const file = store.prepare('token', lock);
    try {
      const token = await grantedToken(grant, context, target).catch((error: unknown) => {
        const isUnused = error instanceof RequestFailure && error.fate === 'not-taken';
        if (!isUnused) onUsed();
        throw error;
      });
      onUsed();
      return await storeToken(token, file, context, target);
    } finally {
      file.discard();
    }
  });
}

/** Exchanges a code for a token. The token is added to the secrets of the run. */
export async function grantedToken(
  grant: CodeGrant,
  context: SignInContext,
  { authority, authorities, api }: Pick<SignInTarget, 'authority' | 'authorities' | 'api'>,
): Promise<StoredToken> {
  const { io, options } = context;
  const { timeout, retries } = options;
  const asked = { authority, authorities, timeout, retries };
  const answer = await withAuthority(context, asked, (open) => open.exchange(grant, io.signal));
  const { clientId } = grant;
  // An answer without rights means that all rights were given that were asked for.
  const facts = { scopes: SCOPES, ...factsOf(answer, io.clock.now()) };
  keepSecret(io, facts);
  return { ...facts, clientId, oauthUrl: authority.base, apiUrl: api };
}

/**
 * Tries a token, and stores it unless it is refused.
 *
 * @throws Failure `login-other-account` (exit 2) if the token of another account would be replaced
 */
export async function storeToken(
  token: StoredToken,
  file: PreparedFile,
  context: SignInContext,
  target: SignInTarget,
): Promise<ExitCode> {
  const { output, reporter, io } = context;
  const said = output.words.screens.signIn;
  try {
    const tried = await tryToken(token.accessToken, context, target);
    const whole = { ...token, login: tried.login };
    await refuseOtherAccount(whole, context, target);
    file.commit(tokenDocument(whole));
    // The counters that are kept for completion may be those of another account.
    target.store.remove('counters');
    sayDoubts(tried, context);
    const { untried } = tried;
    reporter.signedIn({
      login: whole.login,
      expires: whole.expires,
      scopes: whole.scopes,
      file: target.store.path,
      failure: untried,
    });
    if (untried === undefined) return EXIT_CODES.done;
    output.warn(said.notTried(failureIn(io.words, untried).message));
    return EXIT_CODES.unavailable;
  } finally {
    file.discard();
  }
}

/** Says what is not known about a token. */
export function sayDoubts(
  { whyUnknown, untried, mayRead }: TriedToken,
  { io, output }: Pick<SignInContext, 'io' | 'output'>,
): void {
  const said = output.words.screens.signIn;
  if (!mayRead) output.warn(said.sendsOnly);
  if (untried !== undefined || whyUnknown === undefined) return;
  output.warn(said.accountUnknown(failureIn(io.words, whyUnknown).message));
}

/**
 * Refuses to replace a token if it is certain that the new token is of another account, or that
 * nobody can know it. A code must not be used up for a token that cannot be stored.
 *
 * @throws Failure `login-other-account` (exit 2)
 */
export function refuseCertainReplacement(
  { options }: SignInContext,
  { store, interviewer, api }: SignInTarget,
): void {
  if (options.replace || interviewer !== undefined) return;
  const old = oldToken({ store });
  if (old === undefined || (old.login !== undefined && isSameKind(old.apiUrl, api))) return;
  const { path } = store;
  throw new Failure('login-other-account', { path, stored: old.login, login: undefined });
}

/** Says whether both addresses are of the real service, or both are on this machine. */
function isSameKind(one: string | undefined, other: string): boolean {
  return (
    one !== undefined && isForThisMachine({ apiUrl: one }) === isForThisMachine({ apiUrl: other })
  );
}

async function refuseOtherAccount(
  { login, apiUrl }: StoredToken,
  { options, output }: SignInContext,
  { store, interviewer }: SignInTarget,
): Promise<void> {
  const old = oldToken({ store });
  if (old === undefined || options.replace) return;
  if (login !== undefined && old.login === login && isSameKind(old.apiUrl, apiUrl)) return;
  const question = output.words.screens.signIn.askReplace(old.login, login);
  if (interviewer !== undefined && (await interviewer.confirm(question, false))) return;
  throw new Failure('login-other-account', { path: store.path, stored: old.login, login });
}

/**
 * Returns whose token is stored. A file that cannot be read may have the token of anybody.
 *
 * @returns `undefined` if no token is stored
 */
function oldToken({
  store,
}: Pick<SignInTarget, 'store'>): Partial<Pick<StoredToken, 'login' | 'apiUrl'>> | undefined {
  try {
    return store.read();
  } catch (error) {
    if (error instanceof Failure && error.code === 'token-store-unreadable') return {};
    throw error;
  }
}
