/** English: failures of the sign-in and of the stored token, and what to do next. */
import { REDIRECT_ADDRESS, REGISTRATION_PAGE, SCOPES } from '../application.ts';
import { failure, once } from '../entries.ts';
import type { BadOauthUrl } from '../failure-parameters.ts';
import { ownValue } from '../own-value.ts';
import { command, option, type OptionReference, text } from '../said.ts';

/** What the errors of the sign-in mean, by the name that the service sends. */
const REFUSALS: Readonly<Record<string, string>> = {
  bad_verification_code: 'the code is wrong, was used before, or is older than ten minutes',
  invalid_grant: 'the code or the token for renewing is no longer valid',
  access_denied: 'access was refused',
  invalid_client: 'there is no such application',
  unauthorized_client: 'the application is not approved, or is blocked',
  invalid_scope: 'the application does not have these rights',
};

const ADDRESS_PROBLEMS: Readonly<Record<BadOauthUrl['problem'], (host: string) => string>> = {
  'not-a-url': () => 'The address of the sign-in is not an http(s) address.',
  'extra-parts': () =>
    'The address of the sign-in may not have a user name, parameters or a fragment.',
  'unknown-host': (host) =>
    `${host} is not a known host of the sign-in, so no code and no token is sent there.`,
  'not-https': (host) =>
    `The address of the sign-in at ${host} is not https, and codes and tokens are sent only over https.`,
};

export const signIn = once(() => ({
  'client-id-missing': failure(
    'No application to sign in with',
    'A sign-in needs the id of an application, and none is given.',
    text`Register an application at ${REGISTRATION_PAGE} with the rights ${SCOPES.join(' and ')} and the redirect address ${REDIRECT_ADDRESS}. Then give its id in ${option('clientId')}.`,
  ),
  'login-shadowed': failure(
    'A variable with a token is set',
    ({ variable }: { variable: string }) =>
      `${variable} is set. It is stronger than a stored token, so the new token would not be used.`,
    ({ variable = 'the variable' }) =>
      text`Remove ${variable} from the environment, and try again: ${command('login')}`,
  ),
  'login-other-account': failure(
    'The token of another account is stored',
    ({
      path,
      stored,
      login,
    }: {
      path: string;
      stored?: string | undefined;
      login?: string | undefined;
    }) =>
      `${path} has the token of ${stored ?? 'an account that is not known'}, and the new token ${login === undefined ? 'may be of another account' : `is of ${login}`}. The stored token is unchanged.`,
    text`Sign in again with ${option('replace')} to replace it.`,
  ),
  'sign-in-options': failure(
    'Options of the sign-in exclude each other',
    ({ one, other }: { one: OptionReference; other: OptionReference }) =>
      text`${one} and ${other} cannot be used together.`,
    'Leave one of them out.',
  ),
  'sign-in-input-unfit': failure(
    'Nothing to read on standard input',
    ({ isEmpty }: { isEmpty: boolean }) =>
      isEmpty
        ? 'Standard input is empty.'
        : 'Standard input has far more text than a code or a token has.',
    'Give the code or the token, and nothing else, on standard input.',
  ),
  'oauth-url-invalid': failure(
    'Wrong address of the sign-in',
    ({ problem, host }: BadOauthUrl) => ADDRESS_PROBLEMS[problem](host),
    text`${option('oauthUrl')} may be https://oauth.yandex.ru, https://oauth.yandex.com, or an address on this machine.`,
  ),
  'sign-in-not-begun': failure(
    'No sign-in waits for a code',
    ({ isLate }: { isLate: boolean }) =>
      isLate
        ? 'The sign-in began more than ten minutes ago, so its code is no longer valid.'
        : 'No sign-in waits for a code.',
    text`Begin a new one with ${command('login')} and ${option('clientId')}.`,
  ),
  'sign-in-elsewhere': failure(
    'The sign-in began with another address',
    ({ oauthUrl, apiUrl }: { oauthUrl: string; apiUrl: string }) =>
      `The sign-in began with the addresses ${oauthUrl} and ${apiUrl}, and the code may go only there.`,
    text`Repeat ${option('apiUrl')} and ${option('oauthUrl')} of the first step.`,
  ),
  'sign-in-code-invalid': failure(
    'Not a code',
    'This is not a code of the sign-in: it has 16 letters and digits.',
    'Copy the code from the page again, or the whole address of the page.',
  ),
  'sign-in-state-wrong': failure(
    'The page belongs to another sign-in',
    'The address is from the page of another sign-in, so its code is not used.',
    text`Open the address of this sign-in, or begin a new one: ${command('login')}`,
  ),
  'sign-in-refused': failure(
    'The sign-in was refused',
    ({ error }: { error: string }) =>
      `The sign-in was refused: ${ownValue(REFUSALS, error) ?? 'the service names no reason that is known here'} (${error}).`,
    text`Begin a new sign-in, and check the application: ${command('login')}`,
  ),
  'sign-in-answer-unreadable': failure(
    'Unexpected answer of the sign-in',
    ({ status, isHtml }: { status: number; isHtml: boolean }) =>
      `The sign-in sent an unexpected answer (HTTP ${String(status)}, ${isHtml ? 'HTML instead of JSON' : 'not the documented JSON'}).`,
    text`A proxy or a login page of your network may have answered instead. Check ${option('oauthUrl')} and the network, and try again.`,
  ),
  'token-store-unwritable': failure(
    'The token cannot be stored',
    ({ path, reason }: { path: string; reason: string }) =>
      `The file ${path} cannot be written: ${ownValue(STORE_REASONS, reason) ?? reason}.`,
    'Make room, or change the rights of the folder, and try again.',
  ),
  'token-store-unreadable': failure(
    'The stored token cannot be read',
    ({ path, reason }: { path: string; reason: string }) =>
      `The stored token cannot be read from ${path}: ${ownValue(STORE_REASONS, reason) ?? reason}.`,
    text`Delete the file with ${command('logout')}, and sign in again: ${command('login')}`,
  ),
  'token-store-busy': failure(
    'Another run changes the stored token',
    ({ path }: { path: string }) => `Another run changes the stored token and keeps ${path}.`,
    'Wait until it has ended, and try again.',
  ),
  'token-elsewhere': failure(
    'The stored token is for another address',
    ({ path, isLocal }: { path: string; isLocal: boolean }) =>
      isLocal
        ? `The token in ${path} is for the real service, so it is not sent to an address on this machine.`
        : `The token in ${path} is for an address on this machine, so it is not sent to the real service.`,
    text`Sign in for this address: ${command('login')}`,
  ),
}));

/** The reasons why a file of the store cannot be used, by code. */
const STORE_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'access denied',
  EPERM: 'access denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of the path is no folder',
  'not-a-file': 'it is not a regular file',
  damaged: 'its content is not what this program writes',
};
