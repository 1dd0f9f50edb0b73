import type { AbortSignal } from '../node/abort';
import { btoa } from '../node/base64-text';
import { decodeText, encodeText } from '../node/encoding';
import { engine, type EngineUrl } from '../node/engine';
import type { Listener } from '../node/event-emitter';
import {
  describeReceived,
  invalidArgType,
  nodeError,
  outOfRange,
  requireNumber,
  requireString,
} from '../node/node-error';
import type { Agent } from './agent';
import { invalidUrl } from './call-error';
import { methodNames, validateHeaderName } from './http-names';

/** Where a request of `node:http` goes, and how. */
export interface RequestOptions {
  readonly hostname: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: unknown;
  readonly auth: string | undefined;
  /** `false`: one of its own. */
  readonly agent: Agent | false | undefined;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly callback: Listener | undefined;
  /** As in the `Host` header: the port only when it is not 80. */
  readonly place: string;
}

const methodSet = new Set(methodNames);

/** `(url, options, callback)`, of which the first or the second may be left out, as `http.request` takes them. */
export function requestOptions(args: readonly unknown[]): RequestOptions {
  const [first, second, third] = args;
  const callback = (typeof first === 'function' ? first : typeof second === 'function' ? second : third) as
    | Listener
    | undefined;
  const isUrl = typeof first === 'string' || first instanceof engine.URL;
  const given = (isUrl ? second : first) ?? {};
  const options = (typeof given === 'object' ? given : {}) as Record<string, unknown>;
  const all: Record<string, unknown> = isUrl ? { ...optionsOfUrl(first), ...options } : { ...options };
  const protocol = all['protocol'] ?? 'http:';
  if (protocol !== 'http:')
    throw nodeError(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${text(protocol)}" not supported. Expected "http:"`);
  checkFlags(all);
  const path = text(all['path'] ?? '/') || '/';
  if (!isRequestPath(path))
    throw nodeError(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
  const host = hostIn(all, 'hostname') || hostIn(all, 'host') || 'localhost';
  const method = methodOf(all['method'] ?? 'GET');
  const port = portOf(all['port'] || 80);
  const { hostname, place } = placeOf(host, port);
  return {
    hostname,
    place,
    port,
    method,
    path,
    headers: all['headers'],
    auth: all['auth'] === undefined ? undefined : text(all['auth']),
    agent: all['agent'] === false ? false : agentOf(all['agent']),
    signal: all['signal'] as AbortSignal | undefined,
    timeoutMs: timeoutIn(all),
    callback: typeof callback === 'function' ? callback : undefined,
  };
}

function checkFlags(options: Record<string, unknown>): void {
  for (const name of ['insecureHTTPParser', 'joinDuplicateHeaders'])
    if (options[name] !== undefined && typeof options[name] !== 'boolean')
      throw invalidArgType(`options.${name}`, 'boolean', options[name]);
  if (options['maxHeaderSize'] !== undefined) requireNumber(options['maxHeaderSize'], 'maxHeaderSize');
  const { signal } = options;
  const isSignal = typeof signal === 'object' && signal !== null && 'aborted' in signal;
  if (signal && !isSignal) throw invalidArgType('signal', 'AbortSignal', signal);
}

function isRequestPath(path: string): boolean {
  for (let at = 0; at < path.length; at++) {
    const code = path.charCodeAt(at);
    if (code < 0x21 || code > 0xff) return false;
  }
  return true;
}

/** As in Node, nothing stands for `localhost`. */
function hostIn(options: Record<string, unknown>, name: 'hostname' | 'host'): string {
  const host = options[name] ?? '';
  if (typeof host === 'string') return host;
  throw invalidArgType(`options.${name}`, ['string', 'undefined', 'null'], host);
}

function timeoutIn({ timeout = 0 }: Record<string, unknown>): number {
  requireNumber(timeout, 'timeout');
  if (timeout >= 0 && timeout < Infinity) return timeout;
  throw outOfRange('timeout', 'a non-negative finite number', timeout);
}

function methodOf(given: unknown): string {
  requireString(given, 'options.method');
  if (given === '') return 'GET';
  if (methodSet.has(given)) return given;
  const method = given.toUpperCase();
  if (!methodSet.has(method)) validateHeaderName(method, 'Method');
  return method;
}

/** Most requests of a program go to few places. */
let lastPlace = { host: '', port: 0, hostname: '', place: '' };

function placeOf(host: string, port: number): { readonly hostname: string; readonly place: string } {
  if (lastPlace.host === host && lastPlace.port === port) return lastPlace;
  const hostname = host.replace(/^\[|\]$/g, '').replace(/:\d+$/, (digits) => (host.includes('::') ? digits : ''));
  const at = hostname.includes(':') ? `[${hostname}]` : hostname;
  lastPlace = { host, port, hostname, place: port === 80 ? at : `${at}:${String(port)}` };
  return lastPlace;
}

function portOf(given: unknown): number {
  const isGiven = typeof given === 'number' || (typeof given === 'string' && given.trim() !== '');
  const port = Number(given);
  if (isGiven && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  const message = `Port should be >= 0 and < 65536. Received ${describeReceived(given)}.`;
  throw nodeError(RangeError, 'ERR_SOCKET_BAD_PORT', message);
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

function agentOf(given: unknown): Agent | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'object' && 'take' in given) return given as Agent;
  throw invalidArgType('options.agent', ['Agent-like Object', 'undefined', 'false'], given);
}
