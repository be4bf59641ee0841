/** Tries a new token before it is stored, or for a rehearsal. */
import { Failure } from '../../failure.ts';
import { RequestFailure, settled } from '../../metrika/request-failure.ts';
import { ApiToken } from '../../metrika/token.ts';
import { withAuthority } from '../connection/authority.ts';
import { withService } from '../connection/connection.ts';
import type { SignInContext, SignInTarget } from './sign-in-target.ts';

/** What is known about a token that the service has not refused. */
export interface TriedToken {
  /** The login of the account; `undefined` if nobody could tell it. */
  readonly login: string | undefined;
  /** The reason why the login is not known; `undefined` if the service answered. */
  readonly whyUnknown: Failure | undefined;
  /** The reason why the API could not be asked; `undefined` if the API accepts the token. */
  readonly untried: Failure | undefined;
  /** Whether the token may list counters. A token that may only send may not. */
  readonly mayRead: boolean;
}

/**
 * Asks the API whether it accepts the token, and the service whose it is.
 *
 * @throws RequestFailure `unauthorized` (exit 4) if one of them refuses the token; Failure (exit 2)
 *   if the text is no token
 */
export async function tryToken(
  text: string,
  context: SignInContext,
  { api, authority, authorities }: Pick<SignInTarget, 'api' | 'authority' | 'authorities'>,
): Promise<TriedToken> {
  const { io, options } = context;
  const { timeout, retries } = options;
  const token = new ApiToken(text, '--with-token');
  const refused = (failure: unknown): boolean =>
    failure instanceof RequestFailure && failure.code === 'unauthorized';
  const service = { address: api, timeout, retries, authorities, token };
  const tried = await withService(context, service, ({ client }) =>
    settled(client.tryToken(io.signal)),
  );
  if (refused(tried)) throw tried as RequestFailure;
  const mayRead = !(tried instanceof RequestFailure && tried.code === 'access-denied');
  const target = { authority, authorities, timeout, retries };
  const login = await withAuthority(context, target, (open) =>
    asked(open.loginOf(token, io.signal)),
  );
  if (refused(login)) throw login as RequestFailure;
  return {
    login: login instanceof Failure ? undefined : login,
    whyUnknown: login instanceof Failure ? login : undefined,
    untried: tried instanceof RequestFailure && mayRead ? tried : undefined,
    mayRead,
  };
}

/** Returns the failure of a request instead of throwing it. */
async function asked<Answer>(request: Promise<Answer>): Promise<Answer | Failure> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
