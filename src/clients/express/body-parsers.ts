import { parseJson } from '../../kernel/json-words';
import { bufferOf } from '../node/buffer';
import { joinedBuffers } from '../http/inflow';
import { decodeText } from '../node/encoding';
import { queryString } from '../node/query-string';
import { type NestingLimits, parseNested } from './nested-query';
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
  readonly defaultCharset?: string;
  readonly reviver?: (key: string, value: unknown) => unknown;
  readonly verify?: (request: Request, response: Response, bytes: Uint8Array, encoding: string) => void;
}

/** An error with the status that the answer gets, as `http-errors` makes them. */
export function httpError(status: number, base: unknown, details: object): Error {
  const error =
    base instanceof Error ? base : Object.assign(new Error(String(base)), { name: errorNames[status] ?? 'Error' });
  return Object.assign(error, { expose: status < 500, statusCode: status, status, ...details });
}

const errorNames: Readonly<Record<number, string>> = {
  400: 'BadRequestError',
  403: 'ForbiddenError',
  406: 'NotAcceptableError',
  413: 'PayloadTooLargeError',
  415: 'UnsupportedMediaTypeError',
};

const units: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

function limitOf(limit: number | string = '100kb'): number {
  if (typeof limit === 'number') return limit;
  const found = /^([\d.]+)\s*(b|kb|mb|gb)?$/i.exec(limit);
  return found === null ? Infinity : Math.floor(Number(found[1]) * (units[(found[2] ?? 'b').toLowerCase()] ?? 1));
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
  const reads = remembered((charset: string) => charsets[type]?.test(charset) !== false);
  return (...args) => {
    const [request, response, next] = args as [Request, Response, Next];
    const { headers } = request;
    const hasBody = headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
    if (request.body !== undefined || request.readableEnded || !hasBody || !isMeant(request)) return next();
    const charset = charsetOf(textOf(headers['content-type']));
    if (!reads(charset))
      return next(
        httpError(415, `unsupported charset "${charset.toUpperCase()}"`, { charset, type: 'charset.unsupported' }),
      );
    const encoding = textOf(headers['content-encoding'])?.toLowerCase() ?? 'identity';
    if (encoding !== 'identity')
      return next(
        httpError(415, `unsupported content encoding "${encoding}"`, { encoding, type: 'encoding.unsupported' }),
      );
    const length = Number(headers['content-length'] ?? 0);
    const done = (bytes: Uint8Array): void => {
      try {
        options.verify?.(request, response, bytes, charset);
      } catch (error) {
        return next(httpError(403, error, { body: bytes, type: 'entity.verify.failed' }));
      }
      try {
        request.body = parse(bytes, charset);
      } catch (error) {
        const body = textIn(bytes, charset);
        if (Object.hasOwn(error as object, 'status')) return next(Object.assign(error as object, { body }));
        return next(httpError(400, error, { body, type: 'entity.parse.failed' }));
      }
      next();
    };
    read(request, { max, length }, next, done);
  };
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
  (header: string | undefined) => /;\s*charset="?([^";\s]+)/i.exec(header ?? '')?.[1]?.toLowerCase() ?? 'utf-8',
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
      if (options.extended === true) return nestedFields(text);
      const { '': _unnamed, ...fields } = queryString.parse(text);
      return fields;
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

/** body-parser, `arrayLimit` and `depth`. */
const bodyLimits = (text: string): NestingLimits => ({
  listLengthMax: Math.max(100, text.split('&').length),
  depthMax: 32,
  isStrict: true,
});

function nestedFields(text: string): object {
  try {
    return parseNested(text, bodyLimits(text));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw httpError(400, 'The input exceeded the depth', { type: 'querystring.parse.rangeError' });
  }
}

/** In the words for what would be wrong at the first character, as body-parser finds them: with another one in its place. */
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
