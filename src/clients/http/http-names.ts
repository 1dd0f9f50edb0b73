import { nodeError } from '../node/node-error';

/** What each status is called. */
export const statusTexts: Readonly<Record<number, string>> = {
  100: 'Continue',
  101: 'Switching Protocols',
  102: 'Processing',
  103: 'Early Hints',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  207: 'Multi-Status',
  208: 'Already Reported',
  226: 'IM Used',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  305: 'Use Proxy',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  417: 'Expectation Failed',
  418: "I'm a Teapot",
  421: 'Misdirected Request',
  422: 'Unprocessable Entity',
  423: 'Locked',
  424: 'Failed Dependency',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  506: 'Variant Also Negotiates',
  507: 'Insufficient Storage',
  508: 'Loop Detected',
  509: 'Bandwidth Limit Exceeded',
  510: 'Not Extended',
  511: 'Network Authentication Required',
};

export const methodNames: readonly string[] = (
  'ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY OPTIONS PATCH ' +
  'POST PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE'
).split(' ');

export const token = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;

/** Characters of Latin-1 that control nothing but a tab. Most are short: a regular expression takes longer. */
export function isHeaderText(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || code > 0xff) return false;
  }
  return true;
}

export function validateHeaderName(name: unknown, label = 'Header name'): asserts name is string {
  if (typeof name !== 'string' || !token.test(name))
    throw nodeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `${label} must be a valid HTTP token ["${String(name)}"]`);
}

/** Few names come often: each that was valid, with how it is spelled in lower case. */
const keys = new Map<string, string>();
const keysMax = 1_000;

/** The name in lower case; throws when it is none. */
export function validHeaderKey(name: string): string {
  let key = keys.get(name);
  if (key !== undefined) return key;
  validateHeaderName(name);
  key = name.toLowerCase();
  if (keys.size < keysMax) keys.set(name, key);
  return key;
}

/** A name in lower case, valid or not. */
export function headerKey(name: string): string {
  return keys.get(name) ?? name.toLowerCase();
}

export function validateHeaderValue(name: string, value: unknown): void {
  if (value === undefined)
    throw nodeError(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "undefined" for header "${name}"`);
  if (!isHeaderText(''.concat(value as string)))
    throw nodeError(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
}

export function validateTrailer(name: string, value: string): void {
  validateHeaderName(name, 'Trailer name');
  if (!isHeaderText(value))
    throw nodeError(TypeError, 'ERR_INVALID_CHAR', `Invalid character in trailer content ["${name}"]`);
}

/** Of these a message has one; the first counts. */
const single = new Set(
  (
    'age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since last-modified ' +
    'location max-forwards proxy-authorization referer retry-after server user-agent'
  ).split(' '),
);

/** Headers as a message that has arrived shows them: names in lower case, what came several times as one. */
export function headersOf(raw: readonly string[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (let index = 0; index < raw.length; index += 2) {
    const name = headerKey(raw[index] ?? '');
    const value = raw[index + 1] ?? '';
    const known = headers[name] as unknown;
    if (name === 'set-cookie') headers[name] = [...(Array.isArray(known) ? (known as string[]) : []), value];
    // Nothing yet, or what every object has, as `constructor`.
    else if (typeof known !== 'string') headers[name] = value;
    else if (!single.has(name)) headers[name] = `${known}${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  return headers;
}

/** Whether no other message follows on the connection. */
export function saysClose(raw: readonly string[]): boolean {
  return valueIn(raw, 'connection')?.toLowerCase() === 'close';
}

/** The first of that name, which is in lower case. */
export function valueIn(raw: readonly string[], key: string): string | undefined {
  for (let index = 0; index < raw.length; index += 2)
    if (raw[index]?.length === key.length && raw[index]?.toLowerCase() === key) return raw[index + 1];
  return undefined;
}

/** What a request expects of whoever answers it. */
export function expectationOf(raw: readonly string[]): string | undefined {
  return valueIn(raw, 'expect');
}

/** As `headersOf`, with a list for every name. */
export function distinctHeadersOf(raw: readonly string[]): Record<string, string[]> {
  const headers = Object.create(null) as Record<string, string[]>;
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    (headers[name] ??= []).push(raw[index + 1] ?? '');
  }
  return headers;
}
