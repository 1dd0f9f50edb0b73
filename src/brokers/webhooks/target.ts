import { ipv4Of } from './address-policy';

/** Where an endpoint's URL leads. */
export interface Target {
  /** As in the header `Host`: the port only when it is not 80. */
  readonly host: string;
  /** In lower case, an IPv6 address without its brackets, one of IPv4 in four numbers however it is spelled (url.spec.whatwg.org). */
  readonly hostname: string;
  readonly port: number;
  /** Path and query. */
  readonly path: string;
}

const shape = /^http:\/\/(\[[\da-f:.%]+\]|[^\s/?#@:*[\]]+)(?::(\d{1,5}))?([/?][!-~]*)?$/i;

/** Undefined for what no request can be sent to. */
export function targetOf(url: string): Target | undefined {
  const [, name, digits, rest = '/'] = shape.exec(url) ?? [];
  const port = Number(digits ?? 80);
  if (name === undefined || port < 1 || port > 65_535) return undefined;
  const path = (rest.startsWith('?') ? `/${rest}` : rest).replace(/#.*/, '');
  const bare = name.toLowerCase();
  const address = ipv4Of(bare);
  const host = address === undefined ? bare : dotted(address);
  return { host: port === 80 ? host : `${host}:${String(port)}`, hostname: host.replace(/^\[|\]$/g, ''), port, path };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((bits) => (address >>> bits) & 0xff).join('.');
}
