/** Base addresses that a token may be sent to. */
import { Failure } from '../failure.ts';

/** The hosts that are known to be Yandex Metrica's. */
const METRIKA_HOSTS = [
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
  const standard = DEFAULT_API_URL;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Failure('api-url-invalid', { shown: shown(text), problem: 'not-a-url', standard });
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new Failure('api-url-invalid', { shown: undefined, problem: 'extra-parts', standard });
  }
  const base = `${url.origin}${withoutLastSlashes(url.pathname)}`;
  if (isLoopback(url.hostname)) return base;

  const isKnown = (METRIKA_HOSTS as readonly string[]).includes(url.hostname);
  if (!isKnown && url.hostname !== trustedHost?.toLowerCase()) {
    throw new Failure('api-url-untrusted', { host: url.hostname, known: METRIKA_HOSTS });
  }
  if (url.protocol !== 'https:') {
    throw new Failure('api-url-not-https', { base, host: url.host });
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

/** A wrong address as it may be shown, if at all. */
function shown(text: string): string | undefined {
  // What has an @ may hold a password, and what is no address may be a token in the wrong place.
  return text.includes('@') || !/^[a-z]+:\/\//i.test(text) ? undefined : text.slice(0, 200);
}

function withoutLastSlashes(path: string): string {
  let end = path.length;
  while (path.charAt(end - 1) === '/') end -= 1;
  return path.slice(0, end);
}
