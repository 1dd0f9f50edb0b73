import { token } from '../http/http-names';
import type { AbortClasses, AbortSignal } from '../node/abort';
import { customInspectSymbol, type Inspect } from '../node/inspect-context';
import { type BodyClass, type BodyContent, type BodyHolder, type BodyParts, extractBody, setContent } from './body';
import { Headers, tag } from './headers';
import { parsedUrl } from './response';
import { requireCount } from './webidl';

interface RequestInit {
  readonly method?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly signal?: unknown;
  readonly duplex?: unknown;
  readonly redirect?: unknown;
  readonly mode?: unknown;
  readonly credentials?: unknown;
  readonly cache?: unknown;
  readonly referrer?: unknown;
  readonly referrerPolicy?: unknown;
  readonly integrity?: unknown;
  readonly keepalive?: unknown;
}

export interface Request extends BodyHolder {
  readonly method: string;
  readonly url: string;
  readonly redirect: string;
  readonly cache: string;
  readonly signal: AbortSignal;
  readonly content: BodyContent | null;
}

export type RequestClass = new (input?: unknown, init?: unknown) => Request;

/** What may be chosen, in the order in which it is listed for whoever chose something else. */
const choices = {
  mode: ['navigate', 'same-origin', 'no-cors', 'cors'],
  credentials: ['omit', 'same-origin', 'include'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  redirect: ['follow', 'manual', 'error'],
  duplex: ['half'],
} as const;

const defaults: Readonly<Record<keyof typeof choices, string>> = {
  mode: 'cors',
  credentials: 'same-origin',
  cache: 'default',
  redirect: 'follow',
  duplex: 'half',
};

interface RequestState {
  method: string;
  url: { readonly href: string; readonly username: string; readonly password: string };
  settings: Record<string, string>;
  keepalive: boolean;
  signal: AbortSignal;
}

/** `Request`. */
export function createRequestClass(parts: BodyParts, Body: BodyClass, abort: AbortClasses): RequestClass {
  const isSignal = (value: unknown): value is AbortSignal => value instanceof abort.AbortSignal;

  class Request extends Body {
    readonly #state: RequestState;
    readonly #headers: Headers;

    constructor(...args: [input?: unknown, given?: unknown]) {
      super(null);
      requireCount(args, 1, 'Request constructor');
      const [input, given] = args;
      const init = (given ?? {}) as RequestInit;
      const from = input instanceof Request ? input : undefined;
      const address = from?.url ?? ''.concat(input as string);
      const url = parsedUrl(address);
      if (url.username !== '' || url.password !== '')
        throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${address}`);
      if (init.signal !== undefined && init.signal !== null && !isSignal(init.signal))
        throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
      const signal = isSignal(init.signal) ? init.signal : from?.signal;
      this.#state = {
        method: init.method === undefined ? (from?.method ?? 'GET') : validMethod(init.method),
        url,
        settings: settingsOf(init, from),
        keepalive: init.keepalive === undefined ? (from?.keepalive ?? false) : Boolean(init.keepalive),
        signal: signal ?? new abort.AbortController().signal,
      };
      this.#headers = new Headers(init.headers ?? from?.headers ?? undefined);
      this.#takeBody(init, from);
    }

    get method(): string {
      return this.#state.method;
    }
    get url(): string {
      return this.#state.url.href;
    }
    override get headers(): Headers {
      return this.#headers;
    }
    get destination(): string {
      return '';
    }
    get referrer(): string {
      return this.#state.settings['referrer'] ?? 'about:client';
    }
    get referrerPolicy(): string {
      return this.#state.settings['referrerPolicy'] ?? '';
    }
    get mode(): string {
      return this.#state.settings['mode'] ?? '';
    }
    get credentials(): string {
      return this.#state.settings['credentials'] ?? '';
    }
    get cache(): string {
      return this.#state.settings['cache'] ?? '';
    }
    get redirect(): string {
      return this.#state.settings['redirect'] ?? '';
    }
    get integrity(): string {
      return this.#state.settings['integrity'] ?? '';
    }
    get keepalive(): boolean {
      return this.#state.keepalive;
    }
    get isReloadNavigation(): boolean {
      return false;
    }
    get isHistoryNavigation(): boolean {
      return false;
    }
    get duplex(): string {
      return 'half';
    }
    get signal(): AbortSignal {
      return this.#state.signal;
    }

    clone(): Request {
      const copy = this.copyContent('Request');
      const request = new Request(this.url, {
        ...this.#state.settings,
        method: this.method,
        headers: this.#headers,
        signal: this.signal,
      });
      setContent(request, copy);
      return request;
    }

    [customInspectSymbol](depth: number | null, options: object, inspect: Inspect): string {
      const { method, url, headers, destination, referrer, referrerPolicy, mode, credentials, cache } = this;
      const { redirect, integrity, keepalive, isReloadNavigation, isHistoryNavigation, signal } = this;
      const first = { method, url, headers, destination, referrer, referrerPolicy, mode, credentials, cache };
      const rest = { redirect, integrity, keepalive, isReloadNavigation, isHistoryNavigation, signal };
      return `Request ${inspect({ ...first, ...rest }, { ...options, depth: depth ?? 2 })}`;
    }

    #takeBody(init: RequestInit, from: Request | undefined): void {
      const isGiven = init.body !== undefined && init.body !== null;
      const isInherited = !isGiven && from !== undefined && from.content !== null;
      if ((isGiven || isInherited) && (this.method === 'GET' || this.method === 'HEAD'))
        throw new TypeError('Request with GET/HEAD method cannot have body.');
      if (isGiven) {
        const content = extractBody(parts, init.body);
        if (content.bytes === undefined && init.duplex === undefined)
          throw new TypeError('RequestInit: duplex option is required when sending a body.');
        setContent(this, content);
        if (content.type !== undefined && !this.#headers.has('content-type'))
          this.#headers.append('content-type', content.type);
      } else if (isInherited) {
        if (from.bodyUsed)
          throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
        setContent(this, from.content);
      }
    }
  }
  tag(Request, 'Request');
  return Request;
}

/** Methods whose spelling does not matter. That of `PATCH` does: a server refuses `patch`. */
const normalized = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);

function validMethod(given: unknown): string {
  const method = ''.concat(given as string);
  if (!token.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  const upper = method.toUpperCase();
  if (['CONNECT', 'TRACE', 'TRACK'].includes(upper)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
  return normalized.has(upper) ? upper : method;
}

function settingsOf(init: RequestInit, from: object | undefined): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const name of Object.keys(choices) as (keyof typeof choices)[]) {
    const value = init[name] ?? (from === undefined ? defaults[name] : (Reflect.get(from, name) as string));
    const text = ''.concat(value as string);
    if (name === 'mode' && text === 'navigate')
      throw new TypeError('Request constructor: invalid request mode navigate.');
    if (!(choices[name] as readonly string[]).includes(text)) {
      const expected = choices[name].join(', ');
      throw new TypeError(`Request constructor: ${text} is not an accepted type. Expected one of ${expected}.`);
    }
    settings[name] = text;
  }
  if (settings['cache'] === 'only-if-cached' && settings['mode'] !== 'same-origin')
    throw new TypeError("'only-if-cached' can be set only with 'same-origin' mode");
  for (const name of ['referrer', 'referrerPolicy', 'integrity'] as const) {
    const value = init[name] ?? (from === undefined ? undefined : (Reflect.get(from, name) as string));
    if (value !== undefined) settings[name] = ''.concat(value as string);
  }
  return settings;
}
