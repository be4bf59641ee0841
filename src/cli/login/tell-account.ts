/** Finds out which account a token belongs to. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure, type FailureArguments, failureIn } from '../../failure.ts';
import { RequestFailure, settled } from '../../metrika/request-failure.ts';
import type { ApiToken } from '../../metrika/token.ts';
import type { Authority } from '../../sign-in/authority.ts';
import { authorityAddress } from '../../sign-in/authority-address.ts';
import type { CommandContext } from '../arguments/command.ts';
import type { ACCOUNT } from '../arguments/options.ts';
import { withAuthority } from '../connection/authority.ts';
import { type AccountConnection, readAuthorities, withAccount } from '../connection/connection.ts';
import type { OpenedToken } from '../connection/stored-token.ts';

type Context = CommandContext<(typeof ACCOUNT)[number] | 'oauthUrl'>;

/** The failures that mean that there is no valid token. */
const WITHOUT_TOKEN: ReadonlySet<string> = new Set([
  'token-missing',
  'token-empty',
  'token-invalid',
  'token-short',
  'token-file-unreadable',
  'token-store-unreadable',
  'token-elsewhere',
]);

/**
 * Reports the account of the token, and where the token comes from.
 *
 * @throws Failure with exit 4 if there is no valid token, and with exit 6 if nobody could be asked
 */
export async function tellAccount(context: Context): Promise<ExitCode> {
  try {
    return await withAccount(context, (connection) => tell(context, connection));
  } catch (error) {
    if (!(error instanceof Failure) || !WITHOUT_TOKEN.has(error.code)) throw error;
    throw withExitCode(error, EXIT_CODES.unauthorised);
  }
}

async function tell(context: Context, connection: AccountConnection): Promise<ExitCode> {
  const { io, output, options, reporter } = context;
  const { token, target, address } = connection;
  if (token === undefined) throw new Failure('token-missing', {});
  const authority = authorityAddress(options.oauthUrl ?? token.stored?.oauthUrl, address);
  refuseElsewhere(token, authority.isLocal, connection);
  const authorities = await readAuthorities(context);
  const login = await withAuthority(context, { ...target, authority, authorities }, (open) =>
    loginOf(token, open, context),
  );
  if (login instanceof Failure) {
    await askApi(connection, context);
    output.warn(output.words.screens.signIn.accountUnknown(failureIn(io.words, login).message));
  }
  // A renewal may have changed the file.
  const { stored } = token;
  reporter.accountTold({
    login: login instanceof Failure ? stored?.login : login,
    origin: target.token.kind === 'sandbox' ? '--sandbox' : originOf(connection),
    expires: stored?.expires,
    scopes: stored?.scopes,
    isGiven: stored === undefined && target.token.kind !== 'sandbox',
  });
  return EXIT_CODES.done;
}

function originOf({ target: { token } }: Pick<AccountConnection, 'target'>): string {
  return 'origin' in token ? token.origin : '';
}

/** @throws Failure `token-elsewhere` if a stored token would go to another kind of address */
function refuseElsewhere(
  { stored }: OpenedToken,
  isLocal: boolean,
  { target }: Pick<AccountConnection, 'target'>,
): void {
  if (stored === undefined) return;
  if (authorityAddress(stored.oauthUrl, stored.apiUrl).isLocal === isLocal) return;
  throw new Failure('token-elsewhere', { path: originOf({ target }), isLocal });
}

/**
 * @returns the login; `undefined` if the answer does not have it; the failure if nobody answered
 * @throws RequestFailure `unauthorized` (exit 4)
 */
async function loginOf(
  { token, renew }: OpenedToken,
  authority: Authority,
  { io }: Context,
): Promise<string | undefined | Failure> {
  const ask = async (one: ApiToken): Promise<string | undefined | Failure> => {
    try {
      return await authority.loginOf(one, io.signal);
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    }
  };
  const first = await ask(token);
  if (!isRefusal(first)) return first;
  const fresh = await renew?.();
  const second = fresh === undefined ? first : await ask(fresh);
  if (isRefusal(second)) throw second;
  return second;
}

function isRefusal(answer: unknown): answer is RequestFailure {
  return answer instanceof RequestFailure && answer.code === 'unauthorized';
}

/**
 * Asks the API whether it accepts the token, because nobody could say whose it is.
 *
 * @throws RequestFailure `unauthorized` (exit 4); a Failure with exit 6 if the API cannot be asked
 */
async function askApi({ client }: AccountConnection, { io }: Context): Promise<void> {
  const failure = await settled(client.tryToken(io.signal));
  if (!(failure instanceof RequestFailure) || failure.code === 'access-denied') return;
  if (isRefusal(failure)) throw failure;
  throw withExitCode(failure, EXIT_CODES.unavailable);
}

/** Returns the same failure with another exit code. */
function withExitCode(failure: Failure, exitCode: ExitCode): Failure {
  const { code, parameters, details } = failure;
  return new Failure(
    ...([code, parameters, { exitCode, details, cause: failure }] as FailureArguments),
  );
}
