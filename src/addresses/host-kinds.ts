/** Says which hosts are public. */
import ipaddr from 'ipaddr.js';

/** Says whether an IP address is public. An address of an unknown kind is not public. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** Names that only a local network has. */
const LOCAL_NAME =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa)$/;

/**
 * Says whether a host is public, if the name of the host is enough to know that.
 *
 * @param hostname the host of a URL; an IPv6 address has brackets
 * @returns `name` if the name is not enough; the caller must then resolve the name to addresses
 */
export function kindOfHost(hostname: string): 'public' | 'private' | 'name' {
  const host = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (ipaddr.isValid(host)) return isPublicAddress(host) ? 'public' : 'private';
  return LOCAL_NAME.test(host) || !host.includes('.') ? 'private' : 'name';
}
