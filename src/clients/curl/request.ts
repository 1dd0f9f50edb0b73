import type { CurlUrl } from './curl-url';
import { type FormPart, multipartBody } from './multipart';
import { base64OfOctets, textOfOctets } from './octets';
import type { Operation } from './operation';

/** What curl sends, as a server receives it. */
export interface CurlRequest {
  readonly scheme: 'http' | 'https';
  /** Where to: from the URL, whatever the `Host` header says. IPv6 addresses in brackets. */
  readonly host: string;
  readonly port: number;
  readonly method: string;
  /** As sent, percent-encoding untouched. */
  readonly path: string;
  /** Behind the `?`, null without one. */
  readonly query: string | null;
  /** In the order sent, curl's own included. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** What is not UTF-8 is shown as U+FFFD. */
  readonly body: string;
  /** The parts of a form. */
  readonly multipart?: readonly {
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly value: string;
  }[];
}

/** What is read from a file to be sent with `-T`. */
export interface Upload {
  readonly content: string;
}

export const curlVersion = '7.88.1';

/** The real one is random. */
const boundary = '------------------------eventarium000000';

const expectContinueBytes = 1024 * 1024;

type Header = readonly [name: string, value: string];

/** The request of an operation to one URL, after `Curl_http` of libcurl 7.88. */
export function requestTo(url: CurlUrl, operation: Operation, upload: Upload | undefined): CurlRequest {
  const custom = customHeaders(operation);
  const body = bodyOf(operation, upload, custom);
  const headers = [
    ...ownHeaders(url, operation, custom, body),
    ...custom.sent,
    ...bodyHeaders(body, operation, custom),
  ];
  const scheme = url.scheme as 'http' | 'https';
  const received = (body?.octets ?? '').slice(0, announcedBytes(headers));
  const target = /^([^?]*)(?:\?(.*))?$/s.exec(operation.requestTarget ?? '');
  return {
    scheme,
    host: textOfOctets(url.host),
    port: url.port ?? (scheme === 'https' ? 443 : 80),
    method: textOfOctets(operation.method ?? defaultMethod(operation, upload)),
    path: textOfOctets(operation.requestTarget === undefined ? url.path : (target?.[1] ?? '')),
    query: textOrNull(operation.requestTarget === undefined ? url.query : target?.[2]),
    headers: headers.map(([name, value]) => [textOfOctets(name), textOfOctets(value)]),
    body: textOfOctets(received),
    ...(operation.kind === 'form' && { multipart: partsFor(custom.contentType, operation.form).map(partAsText) }),
  };
}

/** A server reads as much as was announced, whatever was sent. */
function announcedBytes(headers: readonly Header[]): number {
  if (headers.some(isChunked)) return Infinity;
  return Number(headers.find(([name]) => isNamed(name, 'content-length'))?.[1] ?? 0) || 0;
}

const isChunked = ([name, value]: Header): boolean => isNamed(name, 'transfer-encoding') && /^chunked\b/i.test(value);

function defaultMethod({ kind }: Operation, upload: Upload | undefined): string {
  if (kind === 'head') return 'HEAD';
  if (upload) return 'PUT';
  return kind === 'post' || kind === 'form' ? 'POST' : 'GET';
}

interface Body {
  readonly octets: string;
  readonly type?: string;
  readonly isUpload: boolean;
}

function bodyOf(operation: Operation, upload: Upload | undefined, { contentType }: CustomHeaders): Body | undefined {
  if (upload) return { octets: upload.content, isUpload: true };
  if (operation.kind === 'form') {
    const type = `${contentType ?? 'multipart/form-data'}; boundary=${boundary}`;
    return { octets: multipartBody(partsFor(contentType, operation.form), boundary), type, isUpload: false };
  }
  if (operation.kind !== 'post') return undefined;
  return { octets: operation.data ?? '', type: 'application/x-www-form-urlencoded', isUpload: false };
}

/** Under another type than a form's the parts are attachments. */
function partsFor(contentType: string | undefined, parts: readonly FormPart[]): readonly FormPart[] {
  if (contentType === undefined || /^multipart\/form-data\b/i.test(contentType)) return parts;
  return parts.map(({ headers, value }) => ({
    headers: headers.map(([name, text]) => [name, text.replace(/^form-data/, 'attachment')]),
    value,
  }));
}

const partAsText = ({ headers, value }: FormPart) => ({
  headers: headers.map(([name, text]): Header => [textOfOctets(name), textOfOctets(text)]),
  value: textOfOctets(value),
});

interface CustomHeaders {
  /** What `-H` adds, in its order, except what has a place of its own. */
  readonly sent: readonly Header[];
  /** Names in lower case that `-H` sets or removes, so that curl's own are left out. */
  readonly named: ReadonlySet<string>;
  readonly host: string | undefined;
  readonly contentType: string | undefined;
}

/** `Name: value` sets, `Name:` removes, `Name;` sets an empty one; anything else is passed over. */
function customHeaders(operation: Operation): CustomHeaders {
  const lines = [...operation.headers];
  if (operation.json) {
    const given = (name: string): boolean =>
      lines.some((line) => line.toLowerCase().startsWith(`${name}:`) || line.toLowerCase().startsWith(`${name};`));
    if (!given('content-type')) lines.push('Content-Type: application/json');
    if (!given('accept')) lines.push('Accept: application/json');
  }
  const sent: Header[] = [];
  const named = new Set<string>();
  let host: string | undefined;
  let contentType: string | undefined;
  for (const line of lines) {
    const [, name, sign, rest = ''] = /^([^:;]*)([:;])([\s\S]*)$/.exec(line) ?? [];
    if (name === undefined || name === '') continue;
    const value = rest.replace(/^\s+/, '');
    named.add(name.toLowerCase());
    const isFormType = isNamed(name, 'content-type') && operation.kind === 'form';
    if (sign === ';' ? rest !== '' : value === '' && !isNamed(name, 'host') && !isFormType) continue;
    if (isNamed(name, 'host')) host ??= value;
    else if (isFormType) contentType ??= value;
    else sent.push([name, value]);
  }
  return { sent, named, host, contentType };
}

function ownHeaders(
  url: CurlUrl,
  operation: Operation,
  { named, host }: CustomHeaders,
  body: Body | undefined,
): Header[] {
  const headers: Header[] = [];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '' && !named.has(name.toLowerCase())) headers.push([name, value]);
  };
  const defaultPort = url.scheme === 'https' ? 443 : 80;
  const port = url.port === undefined || url.port === defaultPort ? '' : `:${url.port}`;
  if (host === undefined) headers.push(['Host', url.host + port]);
  else if (host !== '') headers.push(['Host', host]);
  add('Authorization', authorizationOf(url, operation));
  if (operation.range !== undefined && operation.kind !== 'form') {
    if (body) add('Content-Range', `bytes ${operation.range}/${body.octets.length}`);
    else add('Range', `bytes=${operation.range}`);
  }
  add('User-Agent', operation.userAgent ?? `curl/${curlVersion}`);
  add('Accept', '*/*');
  if (operation.transferEncoding) {
    add('Connection', 'TE');
    add('TE', 'gzip');
  }
  add('Accept-Encoding', operation.compressed ? 'deflate, gzip, br, zstd' : undefined);
  add('Referer', operation.referer);
  add('Cookie', operation.cookies.length > 0 ? operation.cookies.join(';').trimStart() : undefined);
  if (operation.http2 && url.scheme === 'http') {
    add('Connection', 'Upgrade, HTTP2-Settings');
    add('Upgrade', 'h2c');
    add('HTTP2-Settings', 'AAMAAABkAAQCAAAAAAIAAAAA');
  }
  return headers;
}

function authorizationOf(url: CurlUrl, { user, bearer }: Operation): string | undefined {
  if (bearer !== undefined) return `Bearer ${bearer}`;
  if (user !== undefined) return `Basic ${base64OfOctets(user)}`;
  return url.user === undefined ? undefined : `Basic ${base64OfOctets(`${url.user}:${url.password ?? ''}`)}`;
}

function bodyHeaders(body: Body | undefined, operation: Operation, { sent, named }: CustomHeaders): Header[] {
  if (!body) return [];
  const headers: Header[] = [];
  const chunked = sent.some(isChunked);
  if (!chunked && !named.has('content-length')) headers.push(['Content-Length', String(body.octets.length)]);
  if (body.type !== undefined && (!named.has('content-type') || operation.kind === 'form')) {
    headers.push(['Content-Type', body.type]);
  }
  const expects = body.isUpload ? body.octets.length > 0 : body.octets.length > expectContinueBytes;
  if (expects && (body.isUpload || !chunked) && !named.has('expect')) headers.push(['Expect', '100-continue']);
  return headers;
}

const isNamed = (name: string, wanted: string): boolean => name.toLowerCase() === wanted;
const textOrNull = (octets: string | undefined): string | null => (octets === undefined ? null : textOfOctets(octets));
