/** Whether a proxy is believed that has this address and stands so many hops from here. */
export type Trust = (address: string, distance: number) => unknown;

/**
 * The setting `trust proxy`, after package `proxy-addr`: everybody or nobody, the nearest so many, or whose address is one of the list.
 * @throws TypeError for what is no address and no network
 */
export function trustOf(setting: unknown): Trust {
  if (typeof setting === 'function') return setting as Trust;
  if (setting === true) return () => true;
  if (typeof setting === 'number') return (_, distance) => distance < setting;
  const given: unknown = typeof setting === 'string' ? setting.split(',').map((each) => each.trim()) : setting || [];
  if (!Array.isArray(given)) throw new TypeError('unsupported trust argument');
  const networks = (given as string[]).flatMap((each) => named[each] ?? [each]).map(networkOf);
  return (address) => {
    const groups = groupsOf(address);
    return groups !== undefined && networks.some((network) => isIn(groups, network));
  };
}

const named: Readonly<Record<string, readonly string[]>> = {
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  loopback: ['127.0.0.1/8', '::1/128'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

interface Network {
  /** Of 16 bits each, as IPv6 has them; addresses of IPv4 are mapped. */
  readonly groups: readonly number[];
  /** How many bits have to be the same. */
  readonly bits: number;
}

const mappedBits = 96;

function networkOf(text: string): Network {
  const slash = text.lastIndexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const groups = groupsOf(address);
  if (groups === undefined) throw new TypeError(`invalid IP address: ${address}`);
  const isShort = !address.includes(':');
  const max = isShort ? 32 : 128;
  const written = slash < 0 ? String(max) : text.slice(slash + 1);
  const bits = /^\d+$/.test(written) ? Number(written) : isShort ? maskBits(written) : 0;
  if (bits <= 0 || bits > max) throw new TypeError(`invalid range on address: ${text}`);
  return { groups, bits: isShort ? mappedBits + bits : bits };
}

/** `255.255.0.0` as 16; 0 when it is no mask. */
function maskBits(mask: string): number {
  const groups = mask.includes(':') ? undefined : groupsOf(mask);
  if (groups === undefined) return 0;
  const digits = groups
    .slice(6)
    .map((group) => group.toString(2).padStart(16, '0'))
    .join('');
  return /^1*0*$/.test(digits) ? digits.replace(/0+$/, '').length : 0;
}

function isIn(groups: readonly number[], network: Network): boolean {
  const spansMapped = isMapped(network.groups) && network.bits >= mappedBits;
  if (isMapped(groups) ? !spansMapped : isMapped(network.groups)) return false;
  return groups.every((group, index) => {
    const shift = 16 - Math.min(16, Math.max(0, network.bits - index * 16));
    return group >> shift === (network.groups[index] ?? 0) >> shift;
  });
}

const isMapped = (groups: readonly number[]): boolean =>
  groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;

/** An address as eight groups; undefined for what is none. */
function groupsOf(address: string): number[] | undefined {
  if (!address.includes(':')) {
    const short = shortGroups(address);
    return short && [0, 0, 0, 0, 0, 0xffff, ...short];
  }
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':').flatMap(groupOf)));
  const given = [...(head ?? []), ...(tail ?? [])];
  const missing = 8 - given.length;
  if (given.includes(-1) || (tail === undefined ? missing !== 0 : missing < 1)) return undefined;
  return [...(head ?? []), ...new Array<number>(missing).fill(0), ...(tail ?? [])];
}

function groupOf(text: string): number[] {
  if (text.includes('.')) return shortGroups(text) ?? [-1];
  return [/^[\da-f]{1,4}$/i.test(text) ? Number.parseInt(text, 16) : -1];
}

function shortGroups(address: string): number[] | undefined {
  // All of it as one number is an address too.
  if (/^\d+$/.test(address) && Number(address) < 2 ** 32)
    return [Math.floor(Number(address) / 2 ** 16), Number(address) % 2 ** 16];
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((each) => /^(?:0|[1-9]\d{0,2})$/.test(each) && Number(each) < 256))
    return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
  return [a * 256 + b, c * 256 + d];
}
