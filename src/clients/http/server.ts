import { putBehind } from '../node/behind';
import type { Emitter, Listener } from '../node/event-emitter';
import { describeReceived, nodeError } from '../node/node-error';
import { type CallClasses, Serving, servingOf } from './exchange';
import { type HttpParts, nextTick } from './parts';
import type { SocketClass } from './socket';

export interface Server extends Emitter {
  readonly listening: boolean;
  listen(...args: unknown[]): this;
  close(callback?: unknown): this;
  address(): object | null;
}

export type ServerClass = new (options?: unknown, listener?: unknown) => Server;

/** A listener for requests may bring classes of its own, as the options `IncomingMessage` and `ServerResponse` do. */
export const callClasses = Symbol('callClasses');

interface ServerParts extends CallClasses {
  readonly Socket: SocketClass;
}

/** `http.Server`. */
export function createServerClass(parts: HttpParts, classes: ServerParts): ServerClass {
  class Server extends parts.EventEmitter {
    maxHeadersCount = null;
    maxRequestsPerSocket = 0;
    maxConnections: number | undefined;
    timeout = 0;
    keepAliveTimeout = 5_000;
    headersTimeout = 60_000;
    requestTimeout = 300_000;

    constructor(options?: unknown, listener?: unknown) {
      super();
      const given = typeof options === 'function' ? options : listener;
      if (given !== undefined) this.on('request', given as Listener);
      const own =
        typeof given === 'function' ? (Reflect.get(given, callClasses) as CallClasses | undefined) : undefined;
      putBehind(this, new Serving(parts, this, classes.Socket, { ...classes, ...own, ...classesOf(options) }));
      if (typeof options === 'object' && options !== null) {
        for (const name of ['keepAliveTimeout', 'headersTimeout', 'requestTimeout', 'maxConnections'] as const) {
          const value: unknown = Reflect.get(options, name);
          if (typeof value === 'number') this[name] = value;
        }
      }
    }

    get listening(): boolean {
      return servingOf(this).listening !== undefined;
    }

    listen(...args: unknown[]): this {
      const serving = servingOf(this);
      if (serving.listening !== undefined) {
        const message = 'Listen method has been called more than once without closing.';
        throw nodeError(Error, 'ERR_SERVER_ALREADY_LISTEN', message);
      }
      const { port, host, callback } = listenArguments(args);
      if (callback !== undefined) this.once('listening', callback);
      serving.host = host;
      const listening = parts.transport.listen(port, host, (call) => {
        serving.accept(call);
      });
      if (listening === 'in use') nextTick(parts, () => this.emit('error', inUse(host, port)), undefined);
      else {
        serving.listening = listening;
        serving.isClosing = false;
        if (!serving.holds) listening.hold(false);
        nextTick(parts, () => serving.listening === listening && this.emit('listening'), undefined);
      }
      return this;
    }

    address(): object | null {
      const { listening, host } = servingOf(this);
      if (listening === undefined) return null;
      const family = host.includes(':') ? 'IPv6' : 'IPv4';
      return { address: host, family, port: listening.port };
    }

    close(callback?: unknown): this {
      const serving = servingOf(this);
      if (typeof callback === 'function') {
        const isRunning = serving.listening !== undefined;
        const done = callback as (error?: Error) => void;
        this.once('close', () => {
          if (isRunning) done();
          else done(nodeError(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.'));
        });
      }
      serving.listening?.close();
      serving.listening = undefined;
      serving.isClosing = true;
      for (const exchange of serving.exchanges) exchange.keepConnection();
      serving.connections.endIdle();
      serving.closeIfDone();
      return this;
    }

    closeAllConnections(): void {
      const serving = servingOf(this);
      for (const exchange of [...serving.exchanges]) exchange.openSocket().destroy();
      serving.connections.endIdle();
    }

    closeIdleConnections(): void {
      servingOf(this).connections.endIdle();
    }

    getConnections(callback: (error: null, count: number) => void): void {
      nextTick(parts, ({ connections }) => callback(null, connections.count), servingOf(this));
    }

    setTimeout(delayMs?: unknown, callback?: unknown): this {
      this.timeout = Number(delayMs) || 0;
      if (typeof callback === 'function') this.on('timeout', callback as Listener);
      return this;
    }

    ref(): this {
      return this.#hold(true);
    }

    unref(): this {
      return this.#hold(false);
    }

    #hold(holds: boolean): this {
      const serving = servingOf(this);
      serving.holds = holds;
      serving.listening?.hold(holds);
      return this;
    }
  }
  return Server;
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
