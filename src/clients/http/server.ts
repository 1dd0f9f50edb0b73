import type { Emitter, Listener } from '../node/event-emitter';
import { describeReceived, nodeError } from '../node/node-error';
import { methodNames } from './http-names';
import type { IncomingMessage, IncomingMessageClass, Socket, SocketClass } from './incoming-message';
import { type HttpParts, nextTick } from './parts';
import type { ServerResponse, ServerResponseClass } from './server-response';
import type { Listening, ServerCall } from './transport';

export interface Server extends Emitter {
  readonly listening: boolean;
  listen(...args: unknown[]): this;
  close(callback?: unknown): this;
  address(): object | null;
}

export type ServerClass = new (options?: unknown, listener?: unknown) => Server;

/** The classes of the two messages of a call. */
export interface CallClasses {
  readonly IncomingMessage: IncomingMessageClass;
  readonly ServerResponse: ServerResponseClass;
}

/** A listener for requests may bring classes of its own, as the options `IncomingMessage` and `ServerResponse` do. */
export const callClasses = Symbol('callClasses');

interface MessageClasses extends CallClasses {
  readonly Socket: SocketClass;
}

/** `http.Server`. */
export function createServerClass(parts: HttpParts, classes: MessageClasses): ServerClass {
  class Server extends parts.EventEmitter {
    maxHeadersCount = null;
    maxRequestsPerSocket = 0;
    maxConnections: number | undefined;
    timeout = 0;
    keepAliveTimeout = 5_000;
    headersTimeout = 60_000;
    requestTimeout = 300_000;
    #listening: Listening | undefined;
    #host = '::';
    readonly #calls = new Set<ServerCall>();
    #holds = true;
    #isClosing = false;
    readonly #classes: CallClasses;

    constructor(options?: unknown, listener?: unknown) {
      super();
      const given = typeof options === 'function' ? options : listener;
      if (given !== undefined) this.on('request', given as Listener);
      const own =
        typeof given === 'function' ? (Reflect.get(given, callClasses) as CallClasses | undefined) : undefined;
      this.#classes = { ...classes, ...own, ...classesOf(options) };
      if (typeof options === 'object' && options !== null) {
        for (const name of ['keepAliveTimeout', 'headersTimeout', 'requestTimeout', 'maxConnections'] as const) {
          const value: unknown = Reflect.get(options, name);
          if (typeof value === 'number') this[name] = value;
        }
      }
    }

    get listening(): boolean {
      return this.#listening !== undefined;
    }

    listen(...args: unknown[]): this {
      if (this.#listening !== undefined) {
        const message = 'Listen method has been called more than once without closing.';
        throw nodeError(Error, 'ERR_SERVER_ALREADY_LISTEN', message);
      }
      const { port, host, callback } = listenArguments(args);
      if (callback !== undefined) this.once('listening', callback);
      this.#host = host;
      const listening = parts.transport.listen(port, host, (call) => {
        this.#accept(call);
      });
      if (listening === 'in use') nextTick(parts, () => this.emit('error', inUse(host, port)));
      else {
        this.#listening = listening;
        this.#isClosing = false;
        if (!this.#holds) listening.hold(false);
        nextTick(parts, () => this.#listening === listening && this.emit('listening'));
      }
      return this;
    }

    address(): object | null {
      if (this.#listening === undefined) return null;
      const family = this.#host.includes(':') ? 'IPv6' : 'IPv4';
      return { address: this.#host, family, port: this.#listening.port };
    }

    close(callback?: unknown): this {
      if (typeof callback === 'function') {
        const isRunning = this.#listening !== undefined;
        const done = callback as (error?: Error) => void;
        this.once('close', () => {
          if (isRunning) done();
          else done(nodeError(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.'));
        });
      }
      this.#listening?.close();
      this.#listening = undefined;
      this.#isClosing = true;
      this.#closeIfDone();
      return this;
    }

    closeAllConnections(): void {
      for (const call of [...this.#calls]) call.reset();
    }

    closeIdleConnections(): void {
      // Nobody sees one.
    }

    getConnections(callback: (error: null, count: number) => void): void {
      nextTick(parts, () => {
        callback(null, this.#calls.size);
      });
    }

    setTimeout(delayMs?: unknown, callback?: unknown): this {
      this.timeout = Number(delayMs) || 0;
      if (typeof callback === 'function') this.on('timeout', callback as Listener);
      return this;
    }

    ref(): this {
      this.#holds = true;
      this.#listening?.hold(true);
      return this;
    }

    unref(): this {
      this.#holds = false;
      this.#listening?.hold(false);
      return this;
    }

    #closeIfDone(): void {
      if (!this.#isClosing || this.#calls.size > 0) return;
      nextTick(parts, () => this.emit('close'));
    }

    #accept(call: ServerCall): void {
      if (this.maxConnections !== undefined && this.#calls.size >= this.maxConnections) {
        this.emit('drop', { remoteAddress: call.remoteAddress, remotePort: call.remotePort });
        call.reset();
        return;
      }
      const { remoteAddress, remotePort, head } = call;
      if (!methodNames.includes(head.method)) return refuse(call);
      const ends = { remoteAddress, remotePort, localAddress: this.#host, localPort: head.port };
      const socket = new classes.Socket(
        ends,
        () => {
          call.reset();
          over();
        },
        () => {
          this.#idle(request, response, socket);
        },
      );
      if (this.timeout > 0) socket.setTimeout(this.timeout);
      const start = { method: head.method, url: head.path };
      const { IncomingMessage, ServerResponse } = this.#classes;
      const request = new IncomingMessage(socket, head.headers, start);
      const response = new ServerResponse(request, call);
      this.#calls.add(call);
      const over = (): void => {
        if (!this.#calls.delete(call)) return;
        socket.setTimeout(0);
        request.cutShort();
        response.cutShort();
        this.#closeIfDone();
      };
      response.on('close', () => {
        // What nobody has read is thrown away, as in Node.
        if (!request.destroyed) request.resume();
        over();
      });
      call.receiver = {
        data: (bytes) => {
          socket.touch();
          request.push(bytes);
        },
        ended: () => {
          request.finish();
        },
        closed: () => {
          socket.destroyed = true;
          over();
        },
      };
      this.emit('request', request, response);
    }

    /** As in Node, a connection that is idle for too long ends when nobody listens for that. */
    #idle(request: IncomingMessage, response: ServerResponse, socket: Socket): void {
      const heard = [
        !request.complete && request.emit('timeout', socket),
        response.emit('timeout', socket),
        this.emit('timeout', socket),
      ];
      if (!heard.includes(true)) socket.destroy();
    }
  }
  return Server;
}

/** What Node's parser does not take for a request: methods are upper case, and `patch` of a `fetch` stays as it was written. */
function refuse(call: ServerCall): void {
  const ignore = (): void => {};
  call.receiver = { data: ignore, ended: ignore, closed: ignore };
  call.answer({ status: 400, statusText: 'Bad Request', headers: ['Connection', 'close'] }, new Uint8Array(0));
}

/** As `http.createServer({ IncomingMessage, ServerResponse })` has them. */
function classesOf(options: unknown): Partial<CallClasses> {
  if (typeof options !== 'object' || options === null) return {};
  const { IncomingMessage, ServerResponse } = options as Partial<CallClasses>;
  return {
    ...(typeof IncomingMessage === 'function' && { IncomingMessage }),
    ...(typeof ServerResponse === 'function' && { ServerResponse }),
  };
}

interface ListenArguments {
  readonly port: number;
  readonly host: string;
  readonly callback: Listener | undefined;
}

/** `(port, host, backlog, callback)` with anything left out, or `({ port, host }, callback)`. */
function listenArguments(args: readonly unknown[]): ListenArguments {
  const callback = args.find((arg) => typeof arg === 'function') as Listener | undefined;
  const [first, second] = args;
  const options = (typeof first === 'object' && first !== null ? first : { port: first, host: second }) as {
    port?: unknown;
    host?: unknown;
    path?: unknown;
  };
  const { port, host } = options;
  if (typeof first === 'string' && !/^\d+$/.test(first)) throw noPipes();
  if (options.path !== undefined) throw noPipes();
  const isGiven = port !== undefined && port !== null && typeof port !== 'function';
  const number = isGiven ? Number(port) : 0;
  if (!Number.isInteger(number) || number < 0 || number > 65_535 || (isGiven && (port as unknown) === '')) {
    const message = `options.port should be >= 0 and < 65536. Received ${describeReceived(port)}.`;
    throw nodeError(RangeError, 'ERR_SOCKET_BAD_PORT', message);
  }
  const given = typeof host === 'string' && host !== '' ? host : '::';
  return { port: number, host: given === 'localhost' ? '127.0.0.1' : given, callback };
}

function noPipes(): Error {
  return nodeError(
    Error,
    'ERR_NOT_SIMULATED',
    'Pipes are not simulated: listen at a port, for example server.listen(3000).',
  );
}

function inUse(host: string, port: number): Error {
  return Object.assign(new Error(`listen EADDRINUSE: address already in use ${host}:${String(port)}`), {
    code: 'EADDRINUSE',
    errno: -98,
    syscall: 'listen',
    address: host,
    port,
  });
}
