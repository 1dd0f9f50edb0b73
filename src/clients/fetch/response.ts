import { isHeaderText } from '../http/http-names';
import { engine } from '../node/engine';
import { customInspectSymbol, type Inspect } from '../node/inspect-context';
import { invalidUrl } from '../http/call-error';
import { type BodyClass, type BodyContent, type BodyHolder, type BodyParts, extractBody, setContent } from './body';
import { Headers, tag } from './headers';

/** How an answer came about; `new Response` makes one of type `default`. */
export interface ResponseState {
  readonly type: 'default' | 'basic' | 'error';
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly redirected: boolean;
}

interface ResponseInit {
  readonly status?: unknown;
  readonly statusText?: unknown;
  readonly headers?: unknown;
}

export interface ResponseClass {
  new (body?: unknown, init?: ResponseInit): BodyHolder;
  /** One that has come over the network. */
  received(state: ResponseState, headers: Headers, content: BodyContent | null): BodyHolder;
}

const withoutBody = new Set([101, 103, 204, 205, 304]);

/** `Response`. */
export function createResponseClass(parts: BodyParts, Body: BodyClass): ResponseClass {
  class Response extends Body {
    #state: ResponseState;
    #headers: Headers;

    constructor(body: unknown = null, init: ResponseInit = {}) {
      const status = init.status === undefined ? 200 : Number(init.status) || 0;
      if (status < 200 || status > 599)
        throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
      const statusText = init.statusText === undefined ? '' : ''.concat(init.statusText as string);
      if (!isHeaderText(statusText)) throw new TypeError('Invalid statusText');
      const isGiven = body !== null && body !== undefined;
      if (isGiven && withoutBody.has(status))
        throw new TypeError(`Response constructor: Invalid response status code ${String(status)}`);
      const content = isGiven ? extractBody(parts, body) : null;
      super(content);
      this.#headers = new Headers(init.headers);
      this.#state = { type: 'default', status, statusText, url: '', redirected: false };
      if (content?.type !== undefined && !this.#headers.has('content-type'))
        this.#headers.append('content-type', content.type);
    }

    static received(state: ResponseState, headers: Headers, content: BodyContent | null): Response {
      const response = new Response();
      response.#state = state;
      response.#headers = headers;
      setContent(response, content);
      return response;
    }

    static error(): Response {
      return Response.received({ ...nothing, type: 'error' }, new Headers(), null);
    }

    static json(data: unknown, init: ResponseInit = {}): Response {
      const text = JSON.stringify(data) as string | undefined;
      if (text === undefined) throw new TypeError('Value is not JSON serializable');
      const headers = new Headers(init.headers);
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
      return new Response(text, { ...init, headers });
    }

    static redirect(url: unknown, status: unknown = 302): Response {
      const code = Number(status);
      const place = ''.concat(url as string);
      const parsed = parsedUrl(place);
      if (![301, 302, 303, 307, 308].includes(code)) throw new RangeError(`Invalid status code ${String(code)}`);
      const headers = new Headers({ location: parsed.href });
      return Response.received({ ...nothing, type: 'default', status: code }, headers, null);
    }

    override get headers(): Headers {
      return this.#headers;
    }

    get type(): string {
      return this.#state.type;
    }

    get url(): string {
      return this.#state.url;
    }

    get redirected(): boolean {
      return this.#state.redirected;
    }

    get status(): number {
      return this.#state.status;
    }

    get statusText(): string {
      return this.#state.statusText;
    }

    get ok(): boolean {
      return this.status >= 200 && this.status <= 299;
    }

    clone(): Response {
      const copy = this.copyContent('Response');
      return Response.received(this.#state, new Headers(this.#headers), copy);
    }

    [customInspectSymbol](depth: number | null, options: object, inspect: Inspect): string {
      const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = this;
      const shown = { status, statusText, headers, body, bodyUsed, ok, redirected, type, url };
      return `Response ${inspect(shown, { ...options, depth: depth ?? 2 })}`;
    }
  }
  tag(Response, 'Response');
  return Response;
}

const nothing = { status: 0, statusText: '', url: '', redirected: false } as const;

export function parsedUrl(text: string, base?: string): InstanceType<typeof engine.URL> {
  try {
    return new engine.URL(text, base);
  } catch {
    throw new TypeError(`Failed to parse URL from ${text}`, { cause: invalidUrl(text) });
  }
}
