/** Builds the address of the page that asks for access, and reads the code that the page shows. */
import { Failure } from '../failure.ts';
import { isAddress } from '../safe-text/address-text.ts';
import { REDIRECT_ADDRESS, SCOPES } from '../words/application.ts';
import type { AuthorityAddress } from './authority-address.ts';
import { challengeOf, type SignInSecrets } from './proof-key.ts';
import { refusalName } from './token-answers.ts';

/** The time that a code is valid, in milliseconds. */
export const CODE_LIFE = 10 * 60 * 1000;

/** What the address of the page is made of. */
export interface AuthorizeRequest extends SignInSecrets {
  readonly clientId: string;
  /** The name of this machine, which the service shows to the owner of the account. */
  readonly deviceName: string;
}

/**
 * Returns the address of the page that asks the user for access. The address has the challenge of
 * the verifier, never the verifier.
 *
 * @see https://yandex.ru/dev/id/doc/en/codes/code-url
 */
export function authorizeAddress(
  { base }: AuthorityAddress,
  { clientId, verifier, state, deviceId, deviceName }: AuthorizeRequest,
): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT_ADDRESS,
    scope: SCOPES.join(' '),
    // Without this, the service may return an old token with its old rights.
    force_confirm: 'yes',
    device_id: deviceId,
    device_name: deviceName,
    state,
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
  });
  // In a query, not every server reads a plus as a space.
  return `${base}/authorize?${query.toString().replaceAll('+', '%20')}`;
}

/** Codes have 16 characters today. Others are accepted too, because the service judges a code. */
const CODE = /^[A-Za-z0-9_-]{4,64}$/;

/** Says whether a text has the form of a code. */
export function isCode(text: string): boolean {
  return CODE.test(text);
}

/**
 * Reads the code from the text that a user pasted: the code itself, or the address of the page that
 * shows it.
 *
 * @param state the state of this sign-in, which the address must have
 * @throws Failure (exit 4) `sign-in-code-invalid`, `sign-in-state-wrong`, or `sign-in-refused` if
 *   the address says that the user refused
 */
export function codeFrom(text: string, state: string): string {
  const word = text.trim();
  if (!isAddress(word)) return checkedCode(word);
  if (!URL.canParse(word)) throw new Failure('sign-in-code-invalid', {});
  const { searchParams } = new URL(word);
  // Without a state, nobody can know which sign-in the address is from.
  if (searchParams.get('state') !== state) throw new Failure('sign-in-state-wrong', {});
  const error = searchParams.get('error');
  if (error !== null) throw new Failure('sign-in-refused', { error: refusalName(error) });
  return checkedCode(searchParams.get('code') ?? '');
}

function checkedCode(code: string): string {
  if (!isCode(code)) throw new Failure('sign-in-code-invalid', {});
  return code;
}
