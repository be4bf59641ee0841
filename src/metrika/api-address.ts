import { usageFailure } from '../failure.ts';

/** The hosts that are known to be Yandex Metrica's. */
export const METRIKA_HOSTS = [
  'api-metrika.yandex.net',
  'api-metrica.yandex.net',
  'api-metrika.yandex.ru',
  'api-metrika.yandex.com',
] as const;

/** The base address when nobody names another. */
export const DEFAULT_API_URL = `https://${METRIKA_HOSTS[0]}`;

/**
 * A base address that a token may be sent to.
 *
 * @param text the address as the user wrote it
 * @param trustedHost a host beyond the known ones that the user vouches for
 * @returns the address without a slash at its end
 * @throws Failure `api-url-invalid`, `api-url-untrusted` or `api-url-not-https` (exit 2)
 */
export function apiAddress(text: string, trustedHost?: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw usageFailure(
      'api-url-invalid',
      `The API address is not an http or https address: ${shown(text)}`,
      `Leave --api-url out to use ${DEFAULT_API_URL}.`,
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw usageFailure(
      'api-url-invalid',
      'The API address must have no user name, query or fragment.',
      'Give the scheme, the host and, where needed, the port.',
    );
  }
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  if (isLoopback(url.hostname)) return base;

  const known = (METRIKA_HOSTS as readonly string[]).includes(url.hostname);
  if (!known && url.hostname !== trustedHost?.toLowerCase()) {
    throw usageFailure(
      'api-url-untrusted',
      `The host ${url.hostname} is not known as Yandex Metrica's, so no token is sent there.`,
      `If you trust it, add --trust-api-host ${url.hostname}. Known hosts: ${METRIKA_HOSTS.join(', ')}.`,
    );
  }
  if (url.protocol !== 'https:') {
    throw usageFailure(
      'api-url-not-https',
      `The API address ${base} is not https, and a token travels only over https.`,
      `Write https://${url.host}.`,
    );
  }
  return base;
}

/** Whether a host name or address never leaves this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

function shown(text: string): string {
  // What has an @ may hold a password, and what is no address may be a token in the wrong place.
  return text.includes('@') || !/^[a-z]+:\/\//i.test(text)
    ? 'what is given is none'
    : text.slice(0, 200);
}
