/** Says which hosts are public. */
import ipaddr from 'ipaddr.js';

/** Says whether an address of a network card is public. An unknown kind of address is not. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** Names that only a local network has. */
const LOCAL_NAME =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa)$/;

/**
 * Says what is known about a host from its name only.
 *
 * @param hostname the host of a URL; an IPv6 address has brackets
 * @returns `name` if the name service must tell the address
 */
export function kindOfHost(hostname: string): 'public' | 'private' | 'name' {
  const host = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (ipaddr.isValid(host)) return isPublicAddress(host) ? 'public' : 'private';
  return LOCAL_NAME.test(host) || !host.includes('.') ? 'private' : 'name';
}
