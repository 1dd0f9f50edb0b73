/** Where an HTTP request goes: what stands in its URL, as it is sent. */
export interface RequestTarget {
  /** As in the `Host` header: the port only when it is not 80. */
  readonly host: string;
  /** Without the brackets of an IPv6 address, in lower case. */
  readonly hostname: string;
  readonly port: number;
  /** Path and query as they are spelled, or `*`. */
  readonly path: string;
}

const shape = /^http:\/\/(\[[\da-f:.]+\]|[^\s/?#@:*[\]]+)(?::(\d{1,5}))?(\*|[/?][!-~]*)?$/i;

/**
 * Takes an absolute URL apart and changes nothing in it. Undefined for anything else: another scheme (`https:` is not simulated), a user
 * name, blanks, what is not ASCII and not percent-encoded.
 */
export function requestTarget(url: string): RequestTarget | undefined {
  const [, name, digits, rest = '/'] = shape.exec(url) ?? [];
  const port = Number(digits ?? 80);
  if (name === undefined || port < 1 || port > 65_535) return undefined;
  const path = (rest.startsWith('?') ? `/${rest}` : rest).replace(/#.*/, '');
  const host = port === 80 ? name : `${name}:${String(port)}`;
  return { host, hostname: name.replace(/^\[|\]$/g, '').toLowerCase(), port, path };
}
