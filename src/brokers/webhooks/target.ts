/** Where an endpoint's URL leads. */
export interface Target {
  /** As in the header `Host`: the port only when it is not 80. */
  readonly host: string;
  /** Without the brackets of an IPv6 address, in lower case. */
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
  const hostname = name.replace(/^\[|\]$/g, '').toLowerCase();
  return { host: port === 80 ? name : `${name}:${String(port)}`, hostname, port, path };
}
