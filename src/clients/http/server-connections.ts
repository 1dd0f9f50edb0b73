import type { TimerHandle } from '../node/environment';
import { type HttpParts, nextTick } from './parts';
import type { Socket, SocketClass } from './socket';
import type { Connection, ServerCall } from './transport';

/** Who uses a connection at present. */
export interface ConnectionUser {
  hangUp(error: unknown): void;
  idle(socket: Socket): void;
}

interface Owner {
  readonly parts: HttpParts;
  readonly Socket: SocketClass;
  readonly host: string;
  readonly keepAliveTimeoutMs: number;
  /** One more is idle, or gone. */
  connectionLeft(): void;
}

/** One that somebody has asked for, so that it lives as long as the connection does. */
export interface Held {
  readonly socket: Socket;
  readonly key: Connection | ServerCall;
  user: ConnectionUser | undefined;
  timer: TimerHandle | undefined;
}

/** The connections of a server, as far as somebody listens for them: calls alone need none. */
export class ServerConnections {
  readonly #owner: Owner;
  readonly #held = new Map<Connection | ServerCall, Held>();

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  get count(): number {
    return this.#held.size;
  }

  find(call: ServerCall): Held | undefined {
    const held = this.#held.get(call.head.connection ?? call);
    held?.timer?.cancel();
    return held;
  }

  open(call: ServerCall): Held {
    const { Socket, host } = this.#owner;
    const { remoteAddress, remotePort, head } = call;
    const ends = { remoteAddress, remotePort, localAddress: host, localPort: head.port };
    const hangUp = (error: unknown): void => {
      if (this.#owner.parts.transport.isHeld()) return;
      this.#forget(held);
      held.user?.hangUp(error);
    };
    const socket = new Socket(ends, hangUp, () => held.user?.idle(socket));
    const held: Held = { socket, key: head.connection ?? call, user: undefined, timer: undefined };
    this.#held.set(held.key, held);
    return held;
  }

  /** Its call is over, in full or not. */
  leave(held: Held, mayStay: boolean): void {
    held.user = undefined;
    if (held.socket.destroyed) return;
    if (!mayStay || !('acceptedBy' in held.key)) return this.#end(held);
    const { parts, keepAliveTimeoutMs } = this.#owner;
    const { node } = parts.transport;
    held.timer = node.schedule(
      keepAliveTimeoutMs,
      node.bind(() => {
        this.#end(held);
      }),
    );
    held.timer.unref();
  }

  endIdle(): void {
    for (const held of [...this.#held.values()]) if (held.user === undefined) this.#end(held);
  }

  #end(held: Held): void {
    held.socket.destroyed = true;
    nextTick(this.#owner.parts, tellClosed, held.socket);
    this.#forget(held);
  }

  #forget(held: Held): void {
    held.timer?.cancel();
    this.#held.delete(held.key);
    this.#owner.connectionLeft();
  }
}

function tellClosed(socket: Socket): void {
  socket.emit('close', false);
}
