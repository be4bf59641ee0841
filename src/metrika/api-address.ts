/** Checks the base address, so that the token goes to trusted hosts only. */
import { Failure } from '../failure.ts';

/** The known hosts of Yandex Metrica. */
const METRIKA_HOSTS = [
  'api-metrika.yandex.net',
  'api-metrica.yandex.net',
  'api-metrika.yandex.ru',
  'api-metrika.yandex.com',
] as const;

/** The default base address. */
export const DEFAULT_API_URL = `https://${METRIKA_HOSTS[0]}`;

/**
 * Checks that the token may be sent to a base address.
 *
 * @param text the address as the user wrote it
 * @param trustedHost one more host that the user trusts
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

/** Says whether requests to a host stay on this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

/**
 * Returns the beginning of an invalid address, for an error message. Returns `undefined` if the
 * address may contain a secret.
 */
function shown(text: string): string | undefined {
  // Text with an @ may contain a password. Text without a scheme may be a misplaced token.
  return text.includes('@') || !/^[a-z]+:\/\//i.test(text) ? undefined : text.slice(0, 200);
}

function withoutLastSlashes(path: string): string {
  let end = path.length;
  while (path.charAt(end - 1) === '/') end -= 1;
  return path.slice(0, end);
}
