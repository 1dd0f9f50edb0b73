import type { TimerHandle } from '../node/environment';
import type { Emitter, Listener } from '../node/event-emitter';
import { distinctHeadersOf, headersOf } from './http-names';
import { type HttpParts, nextTick } from './parts';
import type { Readable, ReadableClass } from './readable';

/** The other end of a connection, as far as anybody asks for it. */
export interface Socket extends Emitter {
  readonly remoteAddress: string;
  readonly remotePort: number;
  destroyed: boolean;
  destroy(error?: unknown): this;
  setTimeout(delayMs: unknown, callback?: unknown): this;
  /** Something came or went: it is not idle. */
  touch(): void;
}

export interface SocketEnds {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
}

export type SocketClass = new (ends: SocketEnds, destroy: (error: unknown) => void, idle?: () => void) => Socket;

export function createSocketClass(parts: HttpParts): SocketClass {
  class Socket extends parts.EventEmitter {
    declare readonly remoteFamily: string;
    declare readonly remoteAddress: string;
    declare readonly remotePort: number;
    declare readonly localAddress: string;
    declare readonly localPort: number;
    declare destroyed: boolean;
    readonly #destroy: (error: unknown) => void;
    /** Told first that it has been idle for as long as `setTimeout` says. */
    readonly #idle: (() => void) | undefined;
    #idleMs = 0;
    #timer: TimerHandle | undefined;

    constructor(ends: SocketEnds, destroy: (error: unknown) => void, idle?: () => void) {
      super();
      // Assigned, and in the order in which they are printed: engines take several times as long for fields.
      this.remoteFamily = ends.remoteAddress.includes(':') ? 'IPv6' : 'IPv4';
      this.remoteAddress = ends.remoteAddress;
      this.remotePort = ends.remotePort;
      this.localAddress = ends.localAddress;
      this.localPort = ends.localPort;
      this.destroyed = false;
      this.#destroy = destroy;
      this.#idle = idle;
    }

    destroy(error?: unknown): this {
      if (this.destroyed) return this;
      this.destroyed = true;
      this.#timer?.cancel();
      this.#destroy(error);
      nextTick(parts, () => {
        this.emit('close', error !== undefined);
      });
      return this;
    }

    setTimeout(delayMs: unknown, callback?: unknown): this {
      this.#idleMs = Number(delayMs) || 0;
      if (typeof callback === 'function') {
        if (this.#idleMs > 0) this.once('timeout', callback as Listener);
        else this.off('timeout', callback as Listener);
      }
      this.#timer?.cancel();
      this.touch();
      return this;
    }

    touch(): void {
      if (this.#idleMs <= 0 || this.destroyed) return;
      const { node } = parts.transport;
      const expire = (): void => {
        this.#idle?.();
        this.emit('timeout');
      };
      this.#timer?.cancel();
      this.#timer = node.schedule(this.#idleMs, node.bind(expire));
      this.#timer.unref();
    }

    setNoDelay(): this {
      return this;
    }
    setKeepAlive(): this {
      return this;
    }
    ref(): this {
      return this;
    }
    unref(): this {
      return this;
    }
    address(): object {
      return { address: this.localAddress, family: this.remoteFamily, port: this.localPort };
    }
  }
  return Socket;
}

export interface IncomingMessage extends Readable {
  method?: string;
  url: string;
  statusCode: number | null;
  statusMessage: string | null;
  complete: boolean;
  aborted: boolean;
  headers: Record<string, string | string[] | undefined>;
  rawHeaders: readonly string[];
  socket: Socket;
  req?: unknown;
  res?: unknown;
  /** It is all here. */
  finish(): void;
  /** There will be no more. */
  cutShort(): void;
}

export interface IncomingMessageClass {
  new (
    socket: Socket,
    rawHeaders?: readonly string[],
    start?: { readonly method?: string; readonly url?: string; readonly status?: number; readonly statusText?: string },
  ): IncomingMessage;
  readonly prototype: IncomingMessage;
}

/** What has come in: a request at a server, an answer at a client. */
export function createIncomingMessageClass(Readable: ReadableClass): IncomingMessageClass {
  class IncomingMessage extends Readable {
    declare readonly httpVersionMajor: 1;
    declare readonly httpVersionMinor: 1;
    declare readonly httpVersion: string;
    declare complete: boolean;
    declare readonly rawHeaders: readonly string[];
    declare readonly rawTrailers: readonly string[];
    declare readonly trailers: object;
    declare aborted: boolean;
    declare readonly upgrade: boolean;
    declare url: string;
    declare method: string | null;
    declare statusCode: number | null;
    declare statusMessage: string | null;
    declare socket: Socket;
    #headers: Record<string, string | string[] | undefined> | undefined;

    constructor(
      socket: Socket,
      rawHeaders: readonly string[] = [],
      start: { method?: string; url?: string; status?: number; statusText?: string } = {},
    ) {
      super();
      // Assigned, and in the order in which they are printed: engines take several times as long for fields.
      this.httpVersionMajor = 1;
      this.httpVersionMinor = 1;
      this.httpVersion = '1.1';
      this.complete = false;
      this.rawHeaders = [...rawHeaders];
      this.rawTrailers = [];
      this.trailers = {};
      this.aborted = false;
      this.upgrade = false;
      this.url = start.url ?? '';
      this.method = start.method ?? null;
      this.statusCode = start.status ?? null;
      this.statusMessage = start.statusText ?? null;
      this.socket = socket;
    }

    get connection(): Socket {
      return this.socket;
    }

    get headers(): Record<string, string | string[] | undefined> {
      this.#headers ??= headersOf(this.rawHeaders);
      return this.#headers;
    }

    set headers(headers: Record<string, string | string[] | undefined>) {
      this.#headers = headers;
    }

    get headersDistinct(): object {
      return distinctHeadersOf(this.rawHeaders);
    }

    setTimeout(delayMs: unknown, callback?: unknown): this {
      if (typeof callback === 'function') this.on('timeout', callback as () => void);
      this.socket.setTimeout(delayMs);
      return this;
    }

    finish(): void {
      this.complete = true;
      this.push(null);
    }

    cutShort(): void {
      if (this.destroyed || (this.complete && this.readableEnded)) return;
      this.aborted = true;
      this.emit('aborted');
      super.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    }

    override destroy(error?: unknown): this {
      const wasOpen = !this.destroyed && !this.complete;
      if (wasOpen) {
        this.aborted = true;
        this.emit('aborted');
      }
      super.destroy(error);
      if (wasOpen) this.socket.destroy(error);
      return this;
    }

    /** As in Node, it is no error for who does not listen for one. */
    mayFail(): boolean {
      return this.listenerCount('error') > 0;
    }
  }
  return IncomingMessage as unknown as IncomingMessageClass;
}
