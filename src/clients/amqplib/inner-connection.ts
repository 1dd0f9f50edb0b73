import type { EmitterClass } from '../node/event-emitter';
import type { WireEnvironment } from '../wire';
import type { Emitting } from './channel-core';
import type { ConnectionCore } from './connection-core';
import { emitterWith, type UserClass } from './user-object';

/**
 * What amqplib has behind what `connect` gives: `connection`, which every channel has too. Its fields are those of amqplib 2.3 that say
 * something here. `stream` is its socket: to destroy it is how programs try what they do when the network fails.
 */
export interface InnerConnection extends Emitting {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  readonly stream: InnerSocket;
  readonly frameMax: number;
  readonly maxFrameSize: number;
  expectSocketClose: boolean;
  /** The broker reads nothing of it at the moment. */
  blocked: boolean;
  /** By number; `null` where one was closed. */
  readonly channels: ({ readonly channel: object } | null)[];
  readonly serverProperties: unknown;
  readonly channelMax: number;
  /** Seconds. */
  readonly heartbeat: number;
}

interface InnerSocket extends Emitting {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  destroyed: boolean;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/** What happens to a connection is told to whoever holds what `connect` gave. */
const passedOn = ['error', 'close', 'blocked', 'unblocked', 'update-secret-ok'];

const maxFrameSize = 64 * 1_024 * 1_024;

const cores = new WeakMap<object, ConnectionCore>();

/** Makes the inner connection of a core that has been let in, and has its events passed on to `model`. */
export type OpenInner = (core: ConnectionCore, model: Emitting) => InnerConnection;

/** The classes are made for each process, since `EventEmitter` is. */
export function innerConnections(environment: WireEnvironment, EventEmitter: EmitterClass): OpenInner {
  const Connection = emitterWith(EventEmitter, 'Connection', closing(environment));
  const Socket = emitterWith(EventEmitter, 'Socket', ending(environment));
  return (core, model) => {
    const inner = Object.assign(new Connection(), {
      stream: socketOf(Socket, core),
      frameMax: core.address.tuning.frameMax,
      maxFrameSize,
      expectSocketClose: false,
      blocked: false,
      channels: [{ channel: {} }],
      serverProperties: core.serverProperties,
      channelMax: core.address.tuning.channelMax,
      heartbeat: core.address.tuning.heartbeat,
    }) as unknown as InnerConnection;
    cores.set(inner, core);
    for (const event of passedOn) inner.on(event, (...args) => model.emit(event, ...args));
    return inner;
  };
}

function socketOf(Socket: UserClass, core: ConnectionCore): InnerSocket {
  const socket = Object.assign(new Socket(), {
    destroyed: false,
    remoteAddress: '127.0.0.1',
    remotePort: core.address.port,
  }) as unknown as InnerSocket;
  cores.set(socket, core);
  socket.on('error', (error) => core.socketFailed(error));
  socket.on('end', () => core.socketFailed(new Error('Unexpected close')));
  return socket;
}

function closing(environment: WireEnvironment) {
  return {
    close(this: object, done?: unknown): void {
      const callback = boundTo(environment, done);
      cores.get(this)?.close((error) => callback(error ?? null));
    },
    closeBecause(this: object, _reason: unknown, _code: unknown, done?: unknown): void {
      const callback = boundTo(environment, done);
      cores.get(this)?.close(() => callback());
    },
  };
}

function ending(environment: WireEnvironment) {
  const unchanged = function (this: object): object {
    return this;
  };
  return {
    /** Nobody tells amqplib, unless there is an error: it notices by the heartbeats that do not come. */
    destroy(this: object, error?: unknown): object {
      const socket = this as InnerSocket;
      if (socket.destroyed) return socket;
      socket.destroyed = true;
      cores.get(socket)?.cutOff();
      const tell = (): void => {
        if (error) socket.emit('error', error);
        socket.emit('close', Boolean(error));
      };
      environment.node.later(tell);
      return socket;
    },
    /** The broker ends its side as well. */
    end(this: object): object {
      const socket = this as InnerSocket;
      const core = cores.get(socket);
      core?.cutOff();
      core?.later(() => socket.emit('end'));
      return socket;
    },
    setKeepAlive: unchanged,
    setNoDelay: unchanged,
    setTimeout: unchanged,
    ref: unchanged,
    unref: unchanged,
  };
}

function boundTo(environment: WireEnvironment, callback: unknown): (...args: unknown[]) => unknown {
  return typeof callback === 'function'
    ? environment.node.bind(callback as (...args: unknown[]) => unknown)
    : () => undefined;
}
