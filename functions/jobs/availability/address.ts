import { BlockList, isIPv6 } from 'node:net';

/**
 * Addresses that are nobody's on the internet: private, local, shared, documentation, multicast, reserved (IANA's registries of
 * special-purpose addresses, RFC 6890), and the ways of writing an IPv4 address as IPv6.
 */
const special = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  special.addSubnet(network, prefix, 'ipv4');
}
/** What the internet is in IPv6 (RFC 4291), but for what lies in it and is special. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  // Protocol assignments with Teredo, documentation twice, and 6to4, which carries an IPv4 address.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  special.addSubnet(network, prefix, 'ipv6');
}

/** Whether an address, as a resolver gives it, is one of the public internet. */
export const isPublic = (address: string): boolean => {
  if (isIPv6(address)) return global6.check(address, 'ipv6') && !special.check(address, 'ipv6');
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(address) && !special.check(address, 'ipv4');
};
