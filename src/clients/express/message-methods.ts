import { headerKey, statusTexts } from '../http/http-names';

import { encodeText } from '../node/encoding';
import { nodeError } from '../node/node-error';
import { Buffer, bufferOf, bufferOfText } from '../node/buffer';
import { isArrayBufferView } from '../node/value-kind';
import { type CookieOptions, cookieText } from './cookies';
import { etagMakers } from './settings';
import { disposition } from './disposition';
import { isFresh, rangesOf } from './freshness';
import { hostnameOf, hostOf, ipOf, ipsOf, protocolOf, subdomainsOf } from './forwarded';
import { contentType, mediaType, typeIs, withCharset } from './media-type';
import { acceptedCharset, acceptedEncoding, acceptedLanguage, acceptedType } from './negotiation';
import { httpError } from './http-error';
import { escaped } from './html';
import { pathOf } from './router';
import { encodedUrl } from './encoded-url';
import { varied } from './vary';
import type { Next, Request, Response } from './shapes';

type Methods<T> = Record<string, (this: T, ...args: never[]) => unknown>;

/** What express adds to a request. Those in `requestValues` are read like fields. */
export const requestMethods = {
  get(name: string) {
    if (!name) throw new TypeError('name argument is required to req.get');
    if (typeof name !== 'string') throw new TypeError('name must be a string to req.get');
    const key = name.toLowerCase();
    const { headers } = this;
    return key === 'referer' || key === 'referrer' ? headers['referrer'] || headers['referer'] : headers[key];
  },
  header(name: string) {
    return this.get(name);
  },
  is(...types: (string | string[])[]) {
    const { headers } = this;
    if (headers['transfer-encoding'] === undefined && headers['content-length'] === undefined) return null;
    return typeIs(this.get('content-type'), types.flat());
  },
  accepts(...types: (string | string[])[]) {
    return acceptedType(this.get('accept'), types);
  },
  acceptsEncodings(...names: (string | string[])[]) {
    return acceptedEncoding(this.get('accept-encoding'), names);
  },
  acceptsCharsets(...names: (string | string[])[]) {
    return acceptedCharset(this.get('accept-charset'), names);
  },
  acceptsLanguages(...names: (string | string[])[]) {
    return acceptedLanguage(this.get('accept-language'), names);
  },
  range(size: number, options?: { readonly combine?: boolean }) {
    const range = this.get('Range');
    return range === undefined ? undefined : rangesOf(size, range, options);
  },
} satisfies Methods<Request>;

export const requestValues: Readonly<Record<string, (request: Request) => unknown>> = {
  path: (request) => pathOf(request.url),
  query: (request) => {
    const text = /^[^?#]*\?([^#]*)/.exec(request.url)?.[1] ?? null;
    const parse = request.app.get('query parser fn');
    return typeof parse === 'function'
      ? (parse as (text: string | null) => unknown)(text)
      : (Object.create(null) as object);
  },
  protocol: protocolOf,
  secure: (request) => protocolOf(request) === 'https',
  ip: ipOf,
  ips: ipsOf,
  xhr: (request) => request.get('X-Requested-With')?.toLowerCase() === 'xmlhttprequest',
  host: hostOf,
  hostname: hostnameOf,
  subdomains: subdomainsOf,
  fresh: isFresh,
  stale: (request) => !isFresh(request),
};

/** What the setting `etag` asks for: a mark of the body, or none. */
function etag({ app }: Response, bytes: Uint8Array): unknown {
  const make = app.get('etag fn');
  if (typeof make !== 'function') return undefined;
  // What express has itself needs no buffer made for it.
  return make === etagMakers.weak || make === etagMakers.strong
    ? (make as (bytes: Uint8Array) => string)(bytes)
    : (make as (body: unknown) => unknown)(bufferOf(bytes));
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** What express adds to an answer, besides `cookie`. */
export const responseMethods = {
  status(code: number) {
    if (!Number.isInteger(code))
      throw new TypeError(`Invalid status code: ${''.concat(JSON.stringify(code))}. Status code must be an integer.`);
    if (code < 100 || code > 999)
      throw new RangeError(
        `Invalid status code: ${JSON.stringify(code)}. Status code must be greater than 99 and less than 1000.`,
      );
    this.statusCode = code;
    return this;
  },
  set(...args: [name: string | Record<string, string>, value?: string | string[]]) {
    const [name, value] = args;
    if (args.length !== 2) {
      // Also what a text has: its characters, by their places.
      for (const key in Object(name)) this.set(key, (name as Record<string, string>)[key]);
      return this;
    }
    if (typeof name !== 'string') throw new TypeError('field.toLowerCase is not a function');
    const given = Array.isArray(value) ? value.map(String) : String(value);
    const isType = headerKey(name) === 'content-type';
    if (isType && Array.isArray(given)) throw new TypeError('Content-Type cannot be set to an Array');
    this.setHeader(name, isType && typeof given === 'string' ? contentType(given) : given);
    return this;
  },
  get(name: string) {
    return this.getHeader(name);
  },
  append(name: string, value: string | string[]) {
    const before = this.getHeader(name);
    return this.set(name, before ? [before].flat().map(String).concat(value) : value);
  },
  type(type: string) {
    this.setHeader('Content-Type', contentType(type));
    return this;
  },
  location(url: string) {
    return this.set('Location', encodedUrl(url));
  },
  vary(field: string | string[]) {
    const value = varied([(this.get('Vary') as string | string[] | undefined) ?? []].flat().join(', '), field);
    if (value !== '') this.setHeader('Vary', value);
    return this;
  },
  links(links: Readonly<Record<string, string | readonly string[]>>) {
    const before = this.get('Link');
    const added = Object.keys(links).map((name) =>
      [links[name]]
        .flat()
        .map((url) => `<${String(url)}>; rel="${name}"`)
        .join(', '),
    );
    return this.set('Link', (before ? `${''.concat(before as string)}, ` : '') + added.join(', '));
  },
  attachment(filename?: string) {
    const name = filename?.replace(/\/+$/, '').replace(/^.*\//s, '');
    if (name) this.type(/.(\.[^.]*)$/s.exec(name)?.[1] ?? '');
    return this.set('Content-Disposition', disposition(name));
  },
  format(handlers: Readonly<Record<string, (request: Request, response: Response, next: Next | undefined) => void>>) {
    const names = Object.keys(handlers).filter((name) => name !== 'default');
    const name = names.length === 0 ? false : acceptedType(this.req.get('accept'), names);
    this.vary('Accept');
    if (typeof name === 'string') {
      this.set('Content-Type', mediaType(name));
      handlers[name]?.(this.req, this, this.req.next);
    } else if (handlers['default'] !== undefined) handlers['default'](this.req, this, this.req.next);
    else this.req.next?.(httpError(406, 'Not Acceptable', { types: names.map(mediaType) }));
    return this;
  },
  jsonp(body?: unknown) {
    const text = jsonText(this, body);
    const named = this.req.query[this.app.get('jsonp callback name') as string];
    const callback = Array.isArray(named) ? named[0] : named;
    if (!this.get('Content-Type')) {
      this.set('X-Content-Type-Options', 'nosniff');
      this.set('Content-Type', 'application/json');
    }
    if (typeof callback !== 'string' || callback === '') return this.send(text);
    this.set('X-Content-Type-Options', 'nosniff');
    this.set('Content-Type', 'text/javascript');
    const name = callback.replace(/[^[\]\w$.]/g, '');
    const argument = text?.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029') ?? '';
    return this.send(`/**/ typeof ${name} === 'function' && ${name}(${argument});`);
  },
  send(body?: unknown) {
    if (
      typeof body === 'number' ||
      typeof body === 'boolean' ||
      (typeof body === 'object' && body !== null && !isArrayBufferView(body))
    )
      return json(this, body);
    const isText = typeof body === 'string';
    const type = this.get('Content-Type');
    if (isText && type === undefined) this.type('html');
    else if (isText) this.set('Content-Type', withCharset(String(type)));
    else if (isArrayBufferView(body) && type === undefined) this.type('bin');
    const bytes =
      body === undefined
        ? undefined
        : isArrayBufferView(body)
          ? bytesOf(body)
          : isText
            ? bufferOfText(body, 'utf8')
            : // Anything else is refused as `Buffer.from` does.
              Buffer.from(body ?? '');
    if (bytes !== undefined) {
      if (!this.get('Transfer-Encoding')) this.set('Content-Length', String(bytes.length));
      const mark = this.get('ETag') ? undefined : etag(this, bytes);
      if (mark) this.set('ETag', mark);
    }
    const { method } = this.req;
    if (isFresh(this.req)) this.status(304);
    if (this.statusCode === 204 || this.statusCode === 304) {
      for (const name of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) this.removeHeader(name);
      return this.end();
    }
    if (this.statusCode === 205) {
      this.set('Content-Length', '0');
      this.removeHeader('Transfer-Encoding');
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
  redirect(...args: unknown[]): unknown {
    const [code, url] = args.length === 2 ? args : [302, args[0]];
    (this as unknown as { location(url: unknown): void }).location(url);
    const place = String(this.get('Location'));
    const status = statusTexts[code as number] ?? 'undefined';
    let body = '';
    this.format({
      text: () => {
        body = `${status}. Redirecting to ${place}`;
      },
      html: () => {
        body = `<!DOCTYPE html><head><title>${status}</title></head><body><p>${status}. Redirecting to ${escaped(place)}</p></body>`;
      },
      default: () => undefined,
    });
    this.status(code);
    this.set('Content-Length', String(encodeText(body, 'utf8').length));
    return this.req.method === 'HEAD' ? this.end() : this.end(body);
  },
  clearCookie(name: string, options: CookieOptions = {}) {
    const { maxAge: _, ...rest } = options;
    return this.append('Set-Cookie', cookieText(name, '', { path: '/', ...rest, expires: new Date(1) }, 0));
  },
  sendFile: absent('sendFile', 'there is no file system. Send a text, or JSON.'),
  download: absent('download', 'there is no file system. Send a text, or JSON.'),
  render: absent('render', 'there are no template files. Send HTML as a text.'),
} satisfies Methods<Response>;

/** `res.cookie`; `unixMs` is the present instant. */
export const cookieMethod = (unixMs: () => number) =>
  function cookie(this: Response, name: string, value: unknown, options: CookieOptions = {}): Response {
    if (options.signed === true) throw new Error('cookieParser("secret") required for signed cookies');
    const text = typeof value === 'object' ? `j:${JSON.stringify(value)}` : ''.concat(value as string);
    return this.append('Set-Cookie', cookieText(name, text, options, unixMs()));
  };

function jsonText({ app }: Response, body: unknown): string | undefined {
  const text = JSON.stringify(body, app.get('json replacer') as null, app.get('json spaces') as number) as
    | string
    | undefined;
  if (!app.get('json escape') || text === undefined) return text;
  return text.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

function json(response: Response, body: unknown): Response {
  const text = jsonText(response, body);
  if (response.get('Content-Type') === undefined) response.set('Content-Type', 'application/json');
  return response.send(text);
}

function absent(name: string, sentence: string) {
  return (): never => {
    throw nodeError(Error, 'ERR_NOT_SIMULATED', `res.${name} is not simulated: ${sentence}`);
  };
}
