/** Checks the web addresses of files. */
import { Failure } from '../failure.ts';
import { isLoopback } from '../metrika/api-address.ts';
import type { ForbiddenAddress } from '../words/en/usage-failures.ts';

/**
 * Parses an address, and checks what can be checked without the network.
 *
 * @throws Failure `address-forbidden` (exit 2)
 */
export function allowedAddress(address: string): URL {
  const text = address.trim();
  if (!URL.canParse(text)) throw forbidden('invalid', '');
  const url = new URL(text);
  checkAddress(url);
  return url;
}

/**
 * Checks an address of a file: one that the user names, or one that a redirect leads to.
 *
 * @throws Failure `address-forbidden` (exit 2)
 */
export function checkAddress(url: URL): void {
  if (url.username !== '' || url.password !== '') throw forbidden('user', url.host);
  const isHttps = url.protocol === 'https:';
  if (!isHttps && (url.protocol !== 'http:' || !isLoopback(url.hostname))) {
    throw forbidden('scheme', url.host);
  }
}

/** Creates the failure for an address that must not be read. */
export function forbidden(why: ForbiddenAddress, host: string): Failure {
  return new Failure('address-forbidden', { why, host });
}
