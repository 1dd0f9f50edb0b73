/**
 * Which hosts a sender calls. Whoever may enter a URL could have the sender knock at doors that only it can reach (server-side request
 * forgery), so addresses of the machine itself, of private networks, and those at which clouds hand out their keys are refused, however they
 * are spelled: `127.1`, `0x7f000001`, `2130706433`, `[::ffff:7f00:1]`. Names are looked up by whoever calls: those of processes lead nowhere
 * else. Ranges after the IANA special-purpose registries (RFC 6890).
 */
export type AddressKind = 'loopback' | 'unspecified' | 'private' | 'link-local' | 'metadata' | 'multicast' | 'reserved';

const ranges: readonly (readonly [cidr: string, kind: AddressKind])[] = [
  ['169.254.169.254/32', 'metadata'],
  ['100.100.100.200/32', 'metadata'],
  ['0.0.0.0/8', 'unspecified'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'private'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'reserved'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
];

/** Why the host is refused; undefined when it may be called. `allowed`: hosts, or ranges such as `10.1.0.0/16`, that may be. */
export function refusedAddress(hostname: string, allowed: readonly string[] = []): AddressKind | undefined {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (allowed.some((one) => one.toLowerCase() === host)) return undefined;
  const address = ipv4Of(host);
  if (address !== undefined) return allowed.some((one) => isIn(address, one)) ? undefined : kindOfIpv4(address);
  if (host.includes(':')) return kindOfIpv6(host, allowed);
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  // The name of Google's metadata server, and what of it is internal at others.
  return host === 'metadata' || host.endsWith('.internal') ? 'metadata' : undefined;
}

function kindOfIpv4(address: number): AddressKind | undefined {
  return ranges.find(([cidr]) => isIn(address, cidr))?.[1];
}

function kindOfIpv6(host: string, allowed: readonly string[]): AddressKind | undefined {
  const groups = groupsOf(host);
  // Nobody could call what is no address; it is not let through for that.
  if (groups === undefined) return 'reserved';
  const [first = 0] = groups;
  const inner = ((groups[6] ?? 0) * 0x1_0000 + (groups[7] ?? 0)) >>> 0;
  const leading = groups.slice(0, 6);
  const isMapped = leading.slice(0, 5).every((group) => group === 0) && (leading[5] === 0xffff || leading[5] === 0);
  if (leading.every((group) => group === 0) && inner <= 1) return inner === 1 ? 'loopback' : 'unspecified';
  // Mapped, compatible, and what NAT64 translates: an address of IPv4 in other clothes.
  const isTranslated = first === 0x64 && groups[1] === 0xff9b;
  if (isMapped || isTranslated) return allowed.some((one) => isIn(inner, one)) ? undefined : kindOfIpv4(inner);
  if ((first & 0xfe00) === 0xfc00) return host === 'fd00:ec2::254' ? 'metadata' : 'private';
  if ((first & 0xffc0) === 0xfe80) return 'link-local';
  return (first & 0xff00) === 0xff00 ? 'multicast' : undefined;
}

function isIn(address: number, cidr: string): boolean {
  const [base = '', digits = '32'] = cidr.split('/');
  const network = ipv4Of(base);
  const bits = Number(digits);
  if (network === undefined || !(bits >= 0 && bits <= 32)) return false;
  const size = 2 ** (32 - bits);
  return Math.floor(address / size) === Math.floor(network / size);
}

/** As URLs take an address: one to four numbers, decimal, octal or hexadecimal, of which the last fills what is left. */
function ipv4Of(host: string): number | undefined {
  const parts = host.split('.');
  if (parts.length > 4) return undefined;
  const numbers = parts.map(numberOf);
  if (numbers.some((each) => each === undefined)) return undefined;
  const known = numbers as number[];
  const last = known.pop() ?? 0;
  if (known.some((each) => each > 255) || last >= 256 ** (4 - known.length)) return undefined;
  return known.reduce((sum, each, at) => sum + each * 256 ** (3 - at), last);
}

function numberOf(text: string): number | undefined {
  if (/^0x[\da-f]+$/.test(text)) return parseInt(text, 16);
  if (/^0[0-7]+$/.test(text)) return parseInt(text, 8);
  return /^(?:0|[1-9]\d*)$/.test(text) ? Number(text) : undefined;
}

function groupsOf(host: string): readonly number[] | undefined {
  const bare = host.replace(/%.*$/, '');
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(bare);
  const address = dotted?.[2] === undefined ? undefined : ipv4Of(dotted[2]);
  const text =
    address === undefined
      ? bare
      : `${dotted?.[1] ?? ''}${Math.floor(address / 0x1_0000).toString(16)}:${(address % 0x1_0000).toString(16)}`;
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const [left, right] = [head, tail ?? ''].map((side) => (side === '' ? [] : side.split(':'))) as [string[], string[]];
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...left, ...Array<string>(missing).fill('0'), ...right];
  return all.every((group) => /^[\da-f]{1,4}$/.test(group)) ? all.map((group) => parseInt(group, 16)) : undefined;
}
