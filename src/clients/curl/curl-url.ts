import { engine } from '../node/engine';
import { percentDecoded, textOfOctets } from './octets';
import { CommandFailure } from './problem';

/** A URL as libcurl 7.88 takes it apart (`lib/urlapi.c`). Texts are bytes. */
export interface CurlUrl {
  /** In lower case. */
  readonly scheme: string;
  readonly user?: string;
  readonly password?: string;
  /** As written, in brackets when it is an IPv6 address. */
  readonly host: string;
  /** Undefined when none was written. */
  readonly port?: number;
  /** Begins with `/`. */
  path: string;
  /** Behind the `?`; undefined without one. */
  query: string | undefined;
}

export interface UrlOptions {
  /** Leaves `/../` and `/./` as they are. */
  readonly pathAsIs: boolean;
  /** Of URLs that name none and whose host gives no hint. */
  readonly defaultScheme?: string | undefined;
}

const malformed = (): CommandFailure => new CommandFailure(3, 'curl: (3) URL using bad/illegal format or missing URL');

const knownSchemes =
  /^(?:https?|ftps?|gophers?|dict|file|imaps?|ldaps?|mqtt|pop3s?|rtmp[a-z]*|rtsp|scp|sftp|smbs?|smtps?|telnet|tftp)$/;
const hintOfHost = /^(ftp|dict|ldap|imap|smtp|pop3)\./i;

/** Throws a `CommandFailure` with curl's words when the URL is malformed or of a protocol that curl does not know. */
export function parseCurlUrl(octets: string, { pathAsIs, defaultScheme }: UrlOptions): CurlUrl {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\x00-\x20\x7f]/.test(octets)) throw malformed();
  const [prefix = '', written, slashes = ''] = /^([a-zA-Z][a-zA-Z0-9+.-]*):(\/+)/.exec(octets) ?? [];
  if (slashes.length > 3) throw malformed();
  const rest = octets.slice(prefix.length);
  const authority = /^[^/?#]*/.exec(rest)![0];
  const at = authority.indexOf('@');
  const { host, port } = hostAndPort(authority.slice(at + 1));
  const scheme = written?.toLowerCase() ?? defaultScheme ?? hintOfHost.exec(host)?.[1]?.toLowerCase() ?? 'http';
  if (!knownSchemes.test(scheme)) {
    throw new CommandFailure(1, `curl: (1) Protocol "${scheme}" not supported or disabled in libcurl`);
  }
  const [, path = '', query] = /^([^?#]*)(?:\?([^#]*))?/.exec(rest.slice(authority.length)) ?? [];
  return {
    scheme,
    ...(at >= 0 && credentialsOf(authority.slice(0, at))),
    host,
    ...(port !== undefined && { port }),
    path: withEncodedOctets(pathAsIs ? path || '/' : withoutDots(path || '/')),
    query,
  };
}

function credentialsOf(login: string): { user: string; password: string } {
  const [, user = '', password = ''] = /^([^:]*):?([\s\S]*)$/.exec(login) ?? [];
  return { user: percentDecoded(user), password: percentDecoded(password) };
}

function hostAndPort(text: string): { host: string; port: number | undefined } {
  const [, address, name, digits] = /^(?:(\[[0-9a-fA-F:.]+(?:%[^\]]*)?\])|([^:]*))(?::(.*))?$/.exec(text) ?? [];
  const host = address ?? asciiHost(ipv4Normalized(percentDecoded(name ?? '')));
  if (host === '' || (address === undefined && /[ \r\n\t/:#?!@{}[\]\\$'"^`*<>=;,+&()]/.test(host))) throw malformed();
  if (digits === undefined || digits === '') return { host, port: undefined };
  if (!/^\d+$/.test(digits) || Number(digits) > 65_535) throw malformed();
  return { host, port: Number(digits) };
}

/** An international name as DNS has it, and as libidn2 makes it: in Punycode. */
function asciiHost(host: string): string {
  if (!/[\x80-\xff]/.test(host)) return host;
  const name = textOfOctets(host);
  if (name.includes('\ufffd') || name.split('.').some((label) => /^-|-$/.test(label))) throw malformed();
  try {
    return new engine.URL(`http://${name}`).hostname;
  } catch {
    throw malformed();
  }
}

/** `127.1`, `0x7f000001` and `017700000001` are 127.0.0.1; what is no such number stays as it is. */
function ipv4Normalized(host: string): string {
  if (!/^(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}$/i.test(host)) return host;
  const parts = host.split('.').map((part) => (/^0\d/.test(part) ? parseInt(part, 8) : Number(part)));
  const last = parts.pop()!;
  const lastOctets = 4 - parts.length;
  if (!(last < 256 ** lastOctets) || parts.some((part) => !(part < 256))) return host;
  const octets = Array.from({ length: lastOctets }, (_none, index) => {
    return Math.floor(last / 256 ** (lastOctets - 1 - index)) % 256;
  });
  return [...parts, ...octets].join('.');
}

/** In a path, but not in a query, libcurl encodes what is not ASCII. */
const withEncodedOctets = (path: string): string =>
  path.replace(/[\x80-\xff]/g, (octet) => `%${octet.charCodeAt(0).toString(16)}`);

/** RFC 3986, 5.2.4. */
function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.slice(1).split('/');
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
    if (last && (segment === '..' || segment === '.')) kept.push('');
  });
  return `/${kept.join('/')}`;
}
