/** Checks the address of the sign-in, so that codes and tokens go to trusted hosts only. */
import { Failure } from '../failure.ts';
import { isLoopback } from '../metrika/api-address.ts';

/** The known hosts of the sign-in. */
const HOSTS = ['oauth.yandex.ru', 'oauth.yandex.com'] as const;

/** The default address of the sign-in. At `oauth.yandex.com`, people have to sign in again. */
const DEFAULT_OAUTH_URL = `https://${HOSTS[0]}`;

/** Answers who a token belongs to. A token with any rights will do. */
const INFO_URL = 'https://login.yandex.ru/info';

/** The addresses of the sign-in. */
export interface AuthorityAddress {
  /** The base address. The pages `/authorize` and `/token` are below it. */
  readonly base: string;
  /** The address that says who a token belongs to. */
  readonly info: string;
  /** Whether requests to these addresses stay on this machine. */
  readonly isLocal: boolean;
}

/**
 * Checks that codes and tokens may be sent to an address. Without an address, chooses the one that
 * fits the API: a local API also signs in, so that a rehearsal sends nothing to the real service.
 *
 * @param text the address as the user wrote it, if there is one
 * @param api the base address of the API
 * @throws Failure `oauth-url-invalid` (exit 2)
 */
export function authorityAddress(text: string | undefined, api: string): AuthorityAddress {
  if (text === undefined) {
    return addressAt(isLoopback(new URL(api).hostname) ? api : DEFAULT_OAUTH_URL);
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Failure('oauth-url-invalid', { problem: 'not-a-url', host: '' });
  }
  const { hostname: host } = url;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new Failure('oauth-url-invalid', { problem: 'extra-parts', host });
  }
  const isLocal = isLoopback(host);
  if (!isLocal && !(HOSTS as readonly string[]).includes(host)) {
    throw new Failure('oauth-url-invalid', { problem: 'unknown-host', host });
  }
  if (!isLocal && url.protocol !== 'https:') {
    throw new Failure('oauth-url-invalid', { problem: 'not-https', host });
  }
  return addressAt(`${url.origin}${url.pathname}`);
}

function addressAt(address: string): AuthorityAddress {
  const base = address.replace(/\/$/, '');
  const isLocal = isLoopback(new URL(base).hostname);
  return { base, info: isLocal ? `${base}/info` : INFO_URL, isLocal };
}
