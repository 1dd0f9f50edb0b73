import { parseJson } from '../../kernel/json-words';
import { bufferOf } from '../node/buffer';
import { joinedBuffers } from '../http/inflow';
import { decodeText } from '../node/encoding';
import { httpError } from './http-error';
import { type NestingOptions, parseNested } from './nested-query';
import { typeIs } from './media-type';
import { remembered } from './remembered';
import type { Handler, Next, Request, Response } from './shapes';

type TypeOption = string | readonly string[] | ((request: Request) => unknown);

export interface ParserOptions {
  readonly type?: TypeOption;
  readonly limit?: number | string;
  readonly strict?: boolean;
  /** Nested fields, as `a[b]=1`. */
  readonly extended?: boolean;
  /** Fields, at most; by default 1000. */
  readonly parameterLimit?: number;
  /** How deep nested fields may lie; by default 32. */
  readonly depth?: number;
  readonly defaultCharset?: string;
  /** A field `utf8`, which browsers fill, tells how the others are written. */
  readonly charsetSentinel?: boolean;
  /** `&#9786;` is a character, where such a field says that the form's were too few. */
  readonly interpretNumericEntities?: boolean;
  /** Nothing compressed is read here; whether that is by choice shows in the error's words. */
  readonly inflate?: boolean;
  readonly reviver?: (key: string, value: unknown) => unknown;
  readonly verify?: (request: Request, response: Response, bytes: Uint8Array, encoding: string) => void;
}

const units: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1024,
  mb: 1024 ** 2,
  gb: 1024 ** 3,
  tb: 1024 ** 4,
  pb: 1024 ** 5,
};

/** In bytes, after package `bytes`. */
function limitOf(limit: unknown): number {
  if (limit === undefined || limit === null) return 102_400;
  const written = typeof limit === 'string' ? limit : '';
  const found = /^([-+]?\d+(?:\.\d+)?) *(kb|mb|gb|tb|pb)$/i.exec(written);
  const size =
    typeof limit === 'number'
      ? limit
      : found === null
        ? Number.parseInt(written, 10)
        : Number.parseFloat(found[1] ?? '') * (units[(found[2] ?? 'b').toLowerCase()] ?? 1);
  if (Number.isNaN(size)) throw new TypeError(`option limit "${''.concat(limit as string)}" is invalid`);
  return typeof limit === 'number' ? size : Math.floor(size);
}

function checkOptions(type: string, { verify, defaultCharset, parameterLimit, depth, extended }: ParserOptions): void {
  if (verify && typeof verify !== 'function') throw new TypeError('option verify must be function');
  if (type !== 'application/x-www-form-urlencoded') return;
  if (!charsets[type]?.test(defaultCharset || 'utf-8'))
    throw new TypeError('option defaultCharset must be either utf-8 or iso-8859-1');
  // Neither is true of what is no number.
  if (parameterLimit !== undefined && !(parameterLimit >= 1))
    throw new TypeError('option parameterLimit must be a positive number');
  if (extended && depth !== undefined && !(depth >= 0))
    throw new TypeError('option depth must be a zero or a positive number');
}

/** `express.raw`, `text`, `urlencoded` and `json`, which differ in what they make of the bytes. */
function parser(type: string, options: ParserOptions, parse: (bytes: Uint8Array, charset: string) => unknown): Handler {
  const wanted = options.type ?? type;
  const isWanted = remembered(
    (header: string | undefined) => typeIs(header, typeof wanted === 'function' ? [] : [wanted].flat()) !== false,
  );
  const isMeant = (request: Request): boolean =>
    typeof wanted === 'function' ? Boolean(wanted(request)) : isWanted(textOf(request.headers['content-type']));
  const max = limitOf(options.limit);
  checkOptions(type, options);
  const usualCharset = options.defaultCharset || 'utf-8';
  const reads = remembered((charset: string) => charsets[type]?.test(charset) !== false);
  return (...args) => {
    const [request, response, next] = args as [Request, Response, Next];
    const { headers } = request;
    const hasBody = headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
    if (request.body !== undefined || request.readableEnded || !hasBody || !isMeant(request)) return next();
    const charset = charsetOf(textOf(headers['content-type'])) || usualCharset;
    if (!reads(charset))
      return next(
        httpError(415, `unsupported charset "${charset.toUpperCase()}"`, { charset, type: 'charset.unsupported' }),
      );
    const encoding = textOf(headers['content-encoding'])?.toLowerCase() || 'identity';
    if (encoding !== 'identity') {
      const sentence =
        options.inflate === false ? 'content encoding unsupported' : `unsupported content encoding "${encoding}"`;
      return next(httpError(415, sentence, { encoding, type: 'encoding.unsupported' }));
    }
    const length = Number(headers['content-length'] ?? 0);
    const done = (bytes: Uint8Array): void => {
      try {
        options.verify?.(request, response, bytes, charset);
      } catch (error) {
        return next(httpError(403, error, { body: bytes, type: typeOf(error) ?? 'entity.verify.failed' }));
      }
      try {
        request.body = parse(bytes, charset);
      } catch (error) {
        const body = textIn(bytes, charset);
        return next(httpError(400, error, { body, type: typeOf(error) ?? 'entity.parse.failed' }));
      }
      next();
    };
    read(request, { max, length }, next, done);
  };
}

function typeOf(error: unknown): unknown {
  return (error as { readonly type?: unknown } | undefined)?.type || undefined;
}

function read(
  request: Request,
  size: { max: number; length: number },
  next: Next,
  done: (bytes: Uint8Array) => void,
): void {
  const { length, max: limit } = size;
  if (length > limit) return next(tooLarge({ expected: length, length, limit }));
  const pieces: Uint8Array[] = [];
  let total = 0;
  let isOver = false;
  request.on('data', (piece) => {
    if (isOver) return;
    pieces.push(piece as Uint8Array);
    total += (piece as Uint8Array).length;
    if (total <= size.max) return;
    isOver = true;
    next(tooLarge({ limit: size.max, received: total }));
  });
  request.on('aborted', () => {
    if (!isOver) next(httpError(400, 'request aborted', { code: 'ECONNABORTED', type: 'request.aborted' }));
    isOver = true;
  });
  request.on('end', () => {
    if (!isOver) done(pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : joinedBuffers(pieces));
    isOver = true;
  });
}

/** Before anything was read, or once too much was. */
function tooLarge(details: object): Error {
  return httpError(413, 'request entity too large', { ...details, type: 'entity.too.large' });
}

const charsetOf = remembered(
  (header: string | undefined) => /;\s*charset="?([^";\s]+)/i.exec(header ?? '')?.[1]?.toLowerCase() ?? '',
);

function textOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Which characters each parser reads. */
const charsets: Readonly<Record<string, RegExp>> = {
  'application/json': /^utf-/,
  'application/x-www-form-urlencoded': /^(?:utf-8|iso-8859-1)$/,
  'text/plain': /^(?:utf-(?:8|16(?:le)?)|us-ascii|ascii|latin1|iso-8859-1|windows-1252)$/,
};

function textIn(bytes: Uint8Array, charset: string): string {
  if (charset === 'utf-8') return decodeText(bytes, 'utf8');
  return decodeText(bytes, /^utf-16(?:le)?$/.test(charset) ? 'utf16le' : 'latin1');
}

export const bodyParsers = {
  json: (options: ParserOptions = {}) =>
    parser('application/json', options, (bytes, charset) => {
      const marked = textIn(bytes, charset);
      const text = marked.startsWith('\ufeff') ? marked.slice(1) : marked;
      if (text === '') return {};
      if (options.strict !== false && !beginsAsList(text)) return notStrict(text);
      return parseJson(text, options.reviver);
    }),
  urlencoded: (options: ParserOptions = {}) =>
    parser('application/x-www-form-urlencoded', options, (bytes, charset) => {
      const text = textIn(bytes, charset);
      const parameters = text === '' ? 0 : text.split('&').length;
      if (parameters > (options.parameterLimit ?? 1_000))
        throw httpError(413, 'too many parameters', { type: 'parameters.too.many' });
      return fields(text, charset, parameters, options);
    }),
  text: (options: ParserOptions = {}) => parser('text/plain', options, textIn),
  raw: (options: ParserOptions = {}) => parser('application/octet-stream', options, (bytes) => bufferOf(bytes)),
};

/** Whether the first character that counts is that of an array or an object. */
function beginsAsList(text: string): boolean {
  let at = 0;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at++;
  return text.charAt(at) === '{' || text.charAt(at) === '[';
}

function fields(text: string, charset: string, parameters: number, options: ParserOptions): object {
  const { extended, depth = 32, charsetSentinel = false, interpretNumericEntities = false } = options;
  const nesting: NestingOptions = {
    listLengthMax: extended ? Math.max(100, parameters) : parameters,
    depthMax: extended ? depth : 0,
    isStrict: true,
    charset,
    charsetSentinel,
    interpretNumericEntities,
  };
  try {
    return parseNested(text, nesting);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw httpError(400, 'The input exceeded the depth', { type: 'querystring.parse.rangeError' });
  }
}

function notStrict(text: string): never {
  const at = /[^ \t\n\r]/.exec(text)?.index ?? text.length;
  let sentence = 'strict violation';
  try {
    parseJson(text.slice(0, at) + '#'.repeat(text.length - at));
  } catch (error) {
    sentence = (error as Error).message;
  }
  throw new SyntaxError(sentence.replace(/#+/g, ({ length }) => text.slice(at, at + length)));
}
