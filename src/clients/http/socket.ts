import type { TimerHandle } from '../node/environment';
import type { Emitter, Listener } from '../node/event-emitter';
import { type HttpParts, nextTick } from './parts';

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

/** Where a message gets its socket from when somebody asks for it, which is seldom. */
export interface SocketSource {
  openSocket(): Socket;
  /** One that leads to nobody: whoever destroys it ends nothing. */
  openShadow(): Socket;
}

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
      // Assigned in the order in which they are printed.
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
      nextTick(parts, (isError) => this.emit('close', isError), error !== undefined);
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

    get readyState(): string {
      return this.destroyed ? 'closed' : 'open';
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
