import type { AbortSignal } from '../node/abort';
import { btoa } from '../node/base64-text';
import { decodeText, encodeText } from '../node/encoding';
import { engine, type EngineUrl } from '../node/engine';
import type { Listener } from '../node/event-emitter';
import { describeReceived, nodeError } from '../node/node-error';
import type { Agent } from './agent';
import { invalidUrl } from './call-error';
import { validateHeaderName } from './http-names';

/** Where a request of `node:http` goes, and how. */
export interface RequestOptions {
  readonly hostname: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: unknown;
  readonly auth: string | undefined;
  readonly agent: Agent | undefined;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly callback: Listener | undefined;
}

/** `(url, options, callback)`, of which the first or the second may be left out, as `http.request` takes them. */
export function requestOptions(args: readonly unknown[]): RequestOptions {
  const callback = args.find((arg) => typeof arg === 'function') as Listener | undefined;
  const [first, second] = args;
  const isUrl = typeof first === 'string' || first instanceof engine.URL;
  const fromUrl = isUrl ? optionsOfUrl(first) : {};
  const given = ((isUrl ? second : first) ?? {}) as Record<string, unknown>;
  const all: Record<string, unknown> = { ...fromUrl, ...(typeof given === 'object' ? given : {}) };
  const protocol = all['protocol'] ?? 'http:';
  if (protocol !== 'http:')
    throw nodeError(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${text(protocol)}" not supported. Expected "http:"`);
  const path = text(all['path'] ?? '/') || '/';

  if (/[^\x21-\xff]/.test(path))
    throw nodeError(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
  const method = text(all['method'] ?? 'GET').toUpperCase();
  validateHeaderName(method, 'Method');
  const port = all['port'] || 80;
  if (!isPort(port))
    throw nodeError(
      RangeError,
      'ERR_SOCKET_BAD_PORT',
      `Port should be >= 0 and < 65536. Received ${describeReceived(port)}.`,
    );
  const host = text(all['hostname'] ?? all['host'] ?? 'localhost') || 'localhost';
  return {
    hostname: host.replace(/^\[|\]$/g, '').replace(/:\d+$/, (end) => (host.includes('::') ? end : '')),
    port: Number(port),
    method,
    path,
    headers: all['headers'],
    auth: all['auth'] === undefined ? undefined : text(all['auth']),
    agent: typeof all['agent'] === 'object' && all['agent'] !== null ? (all['agent'] as Agent) : undefined,
    signal: all['signal'] as AbortSignal | undefined,
    timeoutMs: Number(all['timeout'] ?? 0) || 0,
    callback,
  };
}

function isPort(port: unknown): boolean {
  if (typeof port !== 'number' && (typeof port !== 'string' || port.trim() === '')) return false;
  const number = Number(port);
  return Number.isInteger(number) && number >= 0 && number <= 65_535;
}

function optionsOfUrl(given: string | EngineUrl): Record<string, unknown> {
  const url = typeof given === 'string' ? parsed(given) : given;
  const { protocol, hostname, port, pathname, search, username, password } = url;
  const auth = username === '' ? {} : { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` };
  return { protocol, hostname, path: pathname + search, ...(port === '' ? {} : { port: Number(port) }), ...auth };
}

function parsed(url: string): EngineUrl {
  try {
    return new engine.URL(url);
  } catch {
    throw invalidUrl(url);
  }
}

function text(value: unknown): string {
  return ''.concat(value as string);
}

export function btoaOf(value: string): string {
  return btoa(decodeText(encodeText(value, 'utf8'), 'latin1'));
}
