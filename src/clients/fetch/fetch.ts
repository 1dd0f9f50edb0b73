import { callError } from '../http/call-error';
import type { Caller, CallFailure, ClientCall, ResponseHead } from '../http/transport';
import type { TimerHandle } from '../node/environment';
import { nodeError } from '../node/node-error';
import type { BodyHolder, BodyParts } from './body';
import { Headers } from './headers';
import { ConnectionPool, type Lent } from './pool';
import { engine } from '../node/engine';
import { encodeText } from '../node/encoding';
import type { ReadableStream } from './readable-stream';
import type { Request, RequestClass } from './request';
import { parsedUrl, type ResponseClass } from './response';

/** As undici has them. */
const connectTimeoutMs = 10_000;
const headersTimeoutMs = 300_000;
const redirectsMax = 20;

/** Ports that the Fetch standard refuses. */
const badPorts = new Set(
  (
    '1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 137 139 143 ' +
    '161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 ' +
    '4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080'
  ).split(' '),
);

const decodedUrl = (url: ReturnType<typeof parsedUrl>): string => url.hostname.replace(/^\[|\]$/g, '');

export interface FetchClasses extends BodyParts {
  readonly Request: RequestClass;
  readonly Response: ResponseClass;
}

/** `fetch` of one process. */
export function createFetch(classes: FetchClasses): (input: unknown, init?: unknown) => Promise<unknown> {
  const { transport, Request } = classes;
  const pool = new ConnectionPool(transport);
  // One parameter, as `fetch.length` says.
  return function fetch(input: unknown, ...rest: [unknown?]) {
    return transport.promise<unknown>((resolve, reject) => {
      let request: Request;
      try {
        request = new Request(input, rest[0]);
      } catch (error) {
        reject(error);
        return;
      }
      void new Fetching(classes, pool, request, { resolve, reject }).start();
    });
  };
}

interface Settle {
  readonly resolve: (response: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

interface Target {
  readonly method: string;
  readonly url: ReturnType<typeof parsedUrl>;
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
  /** It was a stream, whose length is not known when the headers leave. */
  readonly isStreamed?: boolean;
}

/** One `fetch`: a request, those that it is redirected to, and an answer whose body comes in. */
class Fetching {
  readonly #classes: FetchClasses;
  readonly #pool: ConnectionPool;
  readonly #request: Request;
  readonly #settle: Settle;
  #call: ClientCall | undefined;
  #lent: Lent | undefined;
  #timer: TimerHandle | undefined;
  #redirects = 0;
  #state: 'asking' | 'answered' | 'over' = 'asking';
  /** Pushes what comes of the body. */
  #body: { enqueue(bytes: Uint8Array): void; close(): void; error(reason: unknown): void } | undefined;

  constructor(classes: FetchClasses, pool: ConnectionPool, request: Request, settle: Settle) {
    this.#classes = classes;
    this.#pool = pool;
    this.#request = request;
    this.#settle = settle;
  }

  start(): void {
    const { signal, content, method, headers } = this.#request;
    if (signal.aborted) {
      this.#state = 'over';
      this.#settle.reject(signal.reason);
      return;
    }
    signal.addEventListener('abort', this.#onAbort, { once: true });
    const url = parsedUrl(this.#request.url);
    const target = { method, url, headers };
    if (content === null || content.bytes !== undefined) {
      // Whoever looks finds the body used.
      if (content !== null) void content.stream.cancel();
      this.#send({ ...target, body: content?.bytes });
    } else this.#sendStream(content.stream, target);
  }

  /** The head leaves with the first piece of a body that is a stream, or with its end. */
  #sendStream(stream: ReadableStream, target: Omit<Target, 'body'>): void {
    const reader = stream.getReader();
    const next = (): void => {
      void reader.read().then(
        ({ value, done }) => {
          if (this.#state === 'over') return void reader.cancel();
          const piece = typeof value === 'string' ? encodeText(value, 'utf8') : (value as Uint8Array);
          if (this.#call !== undefined && !done) this.#call.write(piece);
          else if (this.#call !== undefined) return this.#call.end();
          else if (done) return this.#send({ ...target, body: undefined });
          else this.#send({ ...target, body: piece, isStreamed: true });
          next();
        },
        (reason: unknown) => {
          this.#call?.abort('AbortError');
          this.#fail(reason);
        },
      );
    };
    next();
  }

  #send(target: Target): void {
    const { url, method, body } = target;
    const problem =
      problemOf(url) ?? (target.headers.has('expect') ? notSupported('expect header not supported') : undefined);
    if (problem !== undefined) {
      this.#fail(problem);
      return;
    }
    const port = Number(url.port) || 80;
    const head = { method, hostname: decodedUrl(url), port, path: url.pathname + url.search };
    const { transport } = this.#classes;
    const headers = headerLines(target, this.#request.cache);
    const whole = target.isStreamed === true ? undefined : (body ?? new Uint8Array(0));
    this.#lent = this.#pool.take(url.host);
    const { connection } = this.#lent;
    const caller = this.#caller(target, port);
    this.#call = transport.request({ ...head, headers, body: whole, connectTimeoutMs, connection }, caller);
    if (whole === undefined && body !== undefined) this.#call.write(body);
    this.#restartTimer('Headers Timeout Error', 'HeadersTimeoutError', 'UND_ERR_HEADERS_TIMEOUT');
  }

  #caller(target: Target, port: number): Caller {
    return {
      answered: (head) => {
        this.#answered(target, head);
      },
      data: (bytes) => {
        if (this.#state !== 'answered') return;
        this.#restartTimer('Body Timeout Error', 'BodyTimeoutError', 'UND_ERR_BODY_TIMEOUT');
        this.#body?.enqueue(Uint8Array.from(bytes));
      },
      ended: () => {
        if (this.#state !== 'answered') return;
        this.#over(true);
        this.#body?.close();
      },
      failed: (failure) => {
        this.#fail(failureCause(failure, { hostname: decodedUrl(target.url), port }));
      },
    };
  }

  #answered(target: Target, head: ResponseHead): void {
    const { redirect } = this.#request;
    const headers = new Headers();
    for (let index = 0; index < head.headers.length; index += 2)
      headers.append((head.headers[index] ?? '').toLowerCase(), head.headers[index + 1]);
    const isRedirect = [301, 302, 303, 307, 308].includes(head.status);
    if (isRedirect && redirect === 'error') return this.#fail(new Error('unexpected redirect'));
    const location = headers.get('location');
    if (isRedirect && redirect === 'follow' && location !== null) {
      this.#redirect(target, head.status, location);
      return;
    }
    this.#state = 'answered';
    const { Response, ReadableStream } = this.#classes;
    const stream = new ReadableStream({
      start: (controller) => {
        this.#body = controller;
      },
      cancel: () => {
        this.#over();
        this.#call?.abort('AbortError');
      },
    });
    const { status, statusText } = head;
    const url = target.url.href.replace(/#.*$/, '');
    const hasBody = target.method !== 'HEAD' && ![204, 205, 304].includes(status);
    const response: BodyHolder = Response.received(
      { type: 'basic', status, statusText, url, redirected: this.#redirects > 0 },
      headers,
      hasBody ? { bytes: undefined, stream, type: undefined } : null,
    );
    this.#settle.resolve(response);
  }

  #redirect(target: Target, status: number, location: string): void {
    // What was streamed cannot be sent once more.
    if (target.isStreamed === true && status !== 303) return this.#fail(new Error());
    // What the first answer carries is of no interest.
    this.#call?.abort('redirected');
    this.#lent?.giveBack(false);
    this.#lent = undefined;
    if (this.#redirects++ >= redirectsMax) return this.#fail(new Error('redirect count exceeded'));
    let url: ReturnType<typeof parsedUrl>;
    try {
      url = new engine.URL(location, target.url.href);
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (!/^https?:$/.test(url.protocol)) return this.#fail(new Error('URL scheme must be a HTTP(S) scheme'));
    const headers = new Headers(target.headers);
    const becomesGet =
      (status < 303 && target.method === 'POST') || (status === 303 && !['GET', 'HEAD'].includes(target.method));
    if (becomesGet)
      for (const name of ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length'])
        headers.delete(name);
    if (url.origin !== target.url.origin) for (const name of ['authorization', 'cookie', 'host']) headers.delete(name);
    const method = becomesGet ? 'GET' : target.method;
    this.#send({ method, url, headers, body: becomesGet ? undefined : target.body });
  }

  readonly #onAbort = (): void => {
    const { reason } = this.#request.signal;
    const name: unknown = typeof reason === 'object' && reason !== null ? Reflect.get(reason, 'name') : undefined;
    this.#call?.abort(name === 'TimeoutError' ? name : 'AbortError');
    const wasAsking = this.#state === 'asking';
    this.#over();
    if (wasAsking) this.#settle.reject(reason);
    else this.#body?.error(reason);
  };

  #fail(cause: unknown): void {
    if (this.#state === 'over') return;
    const wasAsking = this.#state === 'asking';
    this.#over();
    if (wasAsking) this.#settle.reject(new TypeError('fetch failed', { cause }));
    else this.#body?.error(new TypeError('terminated', { cause }));
  }

  #over(isWhole = false): void {
    this.#state = 'over';
    this.#lent?.giveBack(isWhole);
    this.#lent = undefined;
    this.#timer?.cancel();
    this.#request.signal.removeEventListener('abort', this.#onAbort);
  }

  #restartTimer(message: string, name: string, code: string): void {
    this.#timer?.cancel();
    const { node } = this.#classes.transport;
    const expire = node.bind(() => {
      this.#call?.abort(code);
      this.#fail(Object.assign(new Error(message), { name, code }));
    });
    this.#timer = node.schedule(headersTimeoutMs, expire);
  }
}

/** Why a request to this address is not even tried. */
function problemOf(url: ReturnType<typeof parsedUrl>): Error | undefined {
  if (url.protocol === 'https:') {
    const sentence = 'https: is not simulated: there are no certificates here. Use http:// and the name of a process.';
    return nodeError(Error, 'ERR_NOT_SIMULATED', sentence);
  }
  if (url.protocol !== 'http:') return new Error('unknown scheme');
  return badPorts.has(url.port) ? new Error('bad port') : undefined;
}

/** As undici refuses what it cannot do. */
function notSupported(message: string): Error {
  return Object.assign(new Error(message), { name: 'NotSupportedError', code: 'UND_ERR_NOT_SUPPORTED' });
}

/** In the order in which undici sends them. */
function headerLines({ method, url, headers, body, isStreamed }: Target, cache: string): string[] {
  const lines = ['host', headers.get('host') ?? url.host, 'connection', headers.get('connection') ?? 'keep-alive'];
  const own = headers.spelled().filter(([name]) => !/^(?:host|connection|content-length)$/i.test(name));
  lines.push(...own.flat());
  const add = (name: string, value: string): void => {
    if (!headers.has(name)) lines.push(name, value);
  };
  add('accept', '*/*');
  add('accept-language', '*');
  add('sec-fetch-mode', 'cors');
  add('user-agent', 'node');
  // Who asks by conditions has a cache of its own; `fetch` adds that no other one may answer.
  const isConditional = headers
    .spelled()
    .some(([name]) => /^if-(?:(?:un)?modified-since|(?:none-)?match|range)$/i.test(name));
  const mode = cache === 'default' && isConditional ? 'no-store' : cache;
  if (mode === 'no-cache') add('cache-control', 'max-age=0');
  if (mode === 'no-store' || mode === 'reload') {
    add('pragma', 'no-cache');
    add('cache-control', 'no-cache');
  }
  add('accept-encoding', headers.has('range') ? 'identity' : 'gzip, deflate');
  if (isStreamed === true && body !== undefined) lines.push('transfer-encoding', 'chunked');
  else if (body !== undefined || ['POST', 'PUT'].includes(method))
    lines.push('content-length', String(body?.length ?? 0));
  return lines;
}

/** As undici tells it. */
function failureCause(failure: CallFailure, to: { hostname: string; port: number }): Error {
  if (failure.type === 'reset')
    return Object.assign(new Error('other side closed'), { name: 'SocketError', code: 'UND_ERR_SOCKET' });
  if (failure.type === 'no connection') {
    const at = `${failure.address}:${String(to.port)}`;
    const message = `Connect Timeout Error (attempted address: ${at}, timeout: ${String(connectTimeoutMs)}ms)`;
    return Object.assign(new Error(message), { name: 'ConnectTimeoutError', code: 'UND_ERR_CONNECT_TIMEOUT' });
  }
  return callError(failure, to);
}
