import type { Request } from './shapes';

/** What the request passed through, the nearest first: the other end of the connection, then `X-Forwarded-For` from its end. */
function addresses(request: Request): string[] {
  const given = request.get('X-Forwarded-For') ?? '';
  const forwarded = given.split(',').map((each) => each.trim());
  return [request.socket.remoteAddress, ...forwarded.filter((each) => each !== '').reverse()];
}

/** Whether a proxy is believed, `distance` hops from here: the setting `trust proxy`. */
function isTrusted(request: Request, address: string, distance: number): boolean {
  const setting = request.app.get('trust proxy');
  if (typeof setting === 'boolean' || setting === undefined) return setting === true;
  if (typeof setting === 'number') return distance < setting;
  if (typeof setting === 'function') return Boolean((setting as (...args: unknown[]) => unknown)(address, distance));
  const names = ([setting].flat() as string[]).flatMap((each) => each.split(',').map((name) => name.trim()));
  const plain = address.replace(/^::ffff:/, '');
  return names.some((name) => name === address || name === plain || nets[name]?.test(plain) === true);
}

/** The names that `proxy-addr` has for networks. */
const nets: Readonly<Record<string, RegExp>> = {
  loopback: /^(?:127\.|::1$)/,
  linklocal: /^(?:169\.254\.|fe80:)/i,
  uniquelocal: /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd])/i,
};

/** The caller, and the proxies that are believed, the nearest first. */
function believed(request: Request): string[] {
  const all = addresses(request);
  const end = all.findIndex((address, at) => at === all.length - 1 || !isTrusted(request, address, at));
  return all.slice(0, end + 1);
}

export function ipOf(request: Request): string | undefined {
  return believed(request).at(-1);
}

/** The caller first, without the other end of the connection. */
export function ipsOf(request: Request): string[] {
  return believed(request).slice(1).reverse();
}

function forwarded(request: Request, name: string): string | undefined {
  if (!isTrusted(request, request.socket.remoteAddress, 0)) return undefined;
  const value = request.get(name)?.split(',')[0]?.trim();
  return value === '' ? undefined : value;
}

export function protocolOf(request: Request): string {
  return forwarded(request, 'X-Forwarded-Proto') ?? 'http';
}

export function hostOf(request: Request): string | undefined {
  return forwarded(request, 'X-Forwarded-Host') ?? request.get('host');
}

export function hostnameOf(request: Request): string | undefined {
  return hostOf(request)?.replace(/:\d+$/, '');
}

/** Without the last two, from the right. */
export function subdomainsOf(request: Request): string[] {
  const name = hostnameOf(request);
  if (name === undefined || /^[\d.]+$|:/.test(name)) return [];
  return name
    .split('.')
    .reverse()
    .slice(Number(request.app.get('subdomain offset') ?? 2));
}
