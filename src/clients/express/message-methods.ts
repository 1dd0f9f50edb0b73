import { sha1 } from '@noble/hashes/legacy.js';
import { statusTexts } from '../http/http-names';

import { decodeText, encodeText } from '../node/encoding';
import { nodeError } from '../node/node-error';
import { queryString } from '../node/query-string';
import { isUint8Array } from '../node/value-kind';
import { contentType, typeIs } from './media-type';
import { pathOf } from './router';
import type { Request, Response } from './shapes';

type Methods<T> = Record<string, (this: T, ...args: never[]) => unknown>;

/** What express adds to a request. Those in `requestValues` are read like fields. */
export const requestMethods = {
  get(name: string) {
    const key = name.toLowerCase();
    const value =
      key === 'referer' || key === 'referrer'
        ? (this.headers['referrer'] ?? this.headers['referer'])
        : this.headers[key];
    return value;
  },
  header(name: string) {
    return this.get(name);
  },
  is(...types: (string | string[])[]) {
    const { headers } = this;
    if (headers['transfer-encoding'] === undefined && headers['content-length'] === undefined) return null;
    return typeIs(this.get('content-type'), types.flat());
  },
} satisfies Methods<Request>;

export const requestValues: Readonly<Record<string, (request: Request) => unknown>> = {
  path: (request) => pathOf(request.url),
  query: (request) => {
    const at = request.url.indexOf('?');
    return at < 0 ? (Object.create(null) as object) : queryString.parse(request.url.slice(at + 1));
  },
  protocol: () => 'http',
  secure: () => false,
  ip: (request) => request.socket.remoteAddress,
  ips: () => [],
  xhr: (request) => request.get('X-Requested-With')?.toLowerCase() === 'xmlhttprequest',
  host: (request) => request.get('host'),
  hostname: (request) => request.get('host')?.replace(/:\d+$/, ''),
  subdomains: () => [],
};

function etag(bytes: Uint8Array): string {
  const hash = decodeText(sha1(bytes), 'base64').slice(0, 27);
  return `W/"${bytes.length.toString(16)}-${hash}"`;
}

export const responseMethods = {
  status(code: number) {
    if (!Number.isInteger(code))
      throw new TypeError(`Invalid status code: ${JSON.stringify(code)}. Status code must be an integer.`);
    if (code < 100 || code > 999)
      throw new RangeError(
        `Invalid status code: ${JSON.stringify(code)}. Status code must be greater than 99 and less than 1000.`,
      );
    this.statusCode = code;
    return this;
  },
  set(name: string | Record<string, string>, value?: string | string[]) {
    if (typeof name === 'object') {
      for (const [key, each] of Object.entries(name)) this.set(key, each);
      return this;
    }
    const given = Array.isArray(value) ? value.map(String) : String(value);
    const isType = name.toLowerCase() === 'content-type';
    if (isType && Array.isArray(given)) throw new TypeError('Content-Type cannot be set to an Array');
    this.setHeader(name, isType && typeof given === 'string' ? contentType(given) : given);
    return this;
  },
  get(name: string) {
    return this.getHeader(name);
  },
  append(name: string, value: string | string[]) {
    const before = this.getHeader(name);
    return this.set(name, before === undefined ? value : [before].flat().map(String).concat(value));
  },
  type(type: string) {
    this.setHeader('Content-Type', contentType(type));
    return this;
  },
  location(url: string) {
    return this.set('Location', encodeURI(url).replaceAll('%25', '%'));
  },
  vary(field: string) {
    return this.set('Vary', field);
  },
  send(body?: unknown) {
    if (
      typeof body === 'number' ||
      typeof body === 'boolean' ||
      (typeof body === 'object' && body !== null && !isUint8Array(body))
    )
      return json(this, body);
    const isText = typeof body === 'string';
    if (isText && this.get('Content-Type') === undefined) this.type('html');
    else if (isText)
      this.set('Content-Type', String(this.get('Content-Type')).replace(/;\s*charset=[^;]*/i, '') + '; charset=utf-8');
    else if (isUint8Array(body) && this.get('Content-Type') === undefined) this.type('bin');
    const bytes =
      body === undefined || body === null ? undefined : isText ? encodeText(body, 'utf8') : (body as Uint8Array);
    if (bytes !== undefined) {
      this.set('Content-Length', String(bytes.length));
      if (this.get('ETag') === undefined && this.app.enabled('etag')) this.set('ETag', etag(bytes));
    }
    const { method } = this.req;
    const tag = this.get('ETag');
    const isFresh =
      (method === 'GET' || method === 'HEAD') &&
      this.statusCode < 300 &&
      tag !== undefined &&
      this.req.headers['if-none-match'] === tag;
    if (isFresh) this.status(304);
    if (this.statusCode === 204 || this.statusCode === 304) {
      for (const name of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) this.removeHeader(name);
      return this.end();
    }
    return method === 'HEAD' || bytes === undefined ? this.end() : this.end(bytes);
  },
  json(body?: unknown) {
    return json(this, body);
  },
  sendStatus(code: number) {
    this.status(code).type('txt');
    return this.send(statusTexts[code] ?? String(code));
  },
  redirect(...args: (string | number)[]) {
    const [status, url] = args.length > 1 ? [Number(args[0]), String(args[1])] : [302, String(args[0])];
    (this as unknown as { location(url: string): void }).location(url);
    const place = String(this.get('Location'));
    const isHtml = /html/.test(this.req.get('accept') ?? '');
    this.status(status).type(isHtml ? 'html' : 'txt');
    const words = `${statusTexts[status] ?? ''}. Redirecting to ${place}`;
    const page = `<!DOCTYPE html><head><title>${statusTexts[status] ?? ''}</title></head>\n<body><p>${words}</p>\n</body>`;
    const body = isHtml ? page : words;
    this.set('Content-Length', String(encodeText(body, 'utf8').length));
    return this.req.method === 'HEAD' ? this.end() : this.end(body);
  },
  cookie(name: string, value: unknown, options: CookieOptions = {}) {
    const text = typeof value === 'object' ? `j:${JSON.stringify(value)}` : ''.concat(value as string);
    return this.append('Set-Cookie', cookieText(name, encodeURIComponent(text), options));
  },
  clearCookie(name: string, options: CookieOptions = {}) {
    return this.append('Set-Cookie', cookieText(name, '', { ...options, expires: new Date(1) }));
  },
  sendFile: absent('sendFile', 'there is no file system. Send a text, or JSON.'),
  download: absent('download', 'there is no file system. Send a text, or JSON.'),
  render: absent('render', 'there are no template files. Send HTML as a text.'),
} satisfies Methods<Response & { append(name: string, value: string): Response }>;

interface CookieOptions {
  readonly maxAge?: number;
  readonly domain?: string;
  readonly path?: string;
  readonly expires?: Date;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly sameSite?: string | boolean;
}

function cookieText(name: string, value: string, options: CookieOptions): string {
  const { maxAge, domain, path = '/', expires, httpOnly, secure, sameSite } = options;
  const same =
    sameSite === true
      ? 'Strict'
      : typeof sameSite === 'string'
        ? sameSite.replace(/^./, (one) => one.toUpperCase())
        : undefined;
  return [
    `${name}=${value}`,
    ...(maxAge === undefined ? [] : [`Max-Age=${String(Math.floor(maxAge / 1000))}`]),
    ...(domain === undefined ? [] : [`Domain=${domain}`]),
    `Path=${path}`,
    ...(expires === undefined ? [] : [`Expires=${expires.toUTCString()}`]),
    ...(httpOnly === true ? ['HttpOnly'] : []),
    ...(secure === true ? ['Secure'] : []),
    ...(same === undefined ? [] : [`SameSite=${same}`]),
  ].join('; ');
}

function json(response: Response, body: unknown): Response {
  const { app } = response;
  const text = JSON.stringify(body, app.get('json replacer') as null, app.get('json spaces') as number);
  if (response.get('Content-Type') === undefined) response.set('Content-Type', 'application/json');
  return response.send(text);
}

function absent(name: string, sentence: string) {
  return (): never => {
    throw nodeError(Error, 'ERR_NOT_SIMULATED', `res.${name} is not simulated: ${sentence}`);
  };
}
