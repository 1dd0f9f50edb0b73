import type { Trust } from './proxy-trust';
import type { Request } from './shapes';

/** What the request passed through, the nearest first: the other end of the connection, then `X-Forwarded-For` from its end. */
function addresses(request: Request): string[] {
  const given = request.get('X-Forwarded-For') ?? '';
  const forwarded = given.split(',').map((each) => each.trim());
  return [request.socket.remoteAddress, ...forwarded.filter((each) => each !== '').reverse()];
}

function isTrusted(request: Request, address: string, distance: number): boolean {
  return Boolean((request.app.get('trust proxy fn') as Trust)(address, distance));
}

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
  return forwarded(request, 'X-Forwarded-Host') ?? (request.get('host') || undefined);
}

export function hostnameOf(request: Request): string | undefined {
  const host = hostOf(request);
  if (host === undefined) return undefined;
  // Colons within brackets belong to an address of IPv6.
  const colon = host.indexOf(':', host.startsWith('[') ? host.indexOf(']') + 1 : 0);
  return colon < 0 ? host : host.slice(0, colon);
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
