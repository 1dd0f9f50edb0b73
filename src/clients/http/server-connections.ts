import type { TimerHandle } from '../node/environment';
import { Connection } from './connection';
import { type HttpParts, nextTick } from './parts';
import type { Socket, SocketClass } from './socket';
import type { ServerCall } from './transport';

/** Who uses a connection at present. */
export interface ConnectionUser {
  hangUp(error: unknown): void;
  idle(socket: Socket): void;
}

interface Owner {
  readonly parts: HttpParts;
  readonly Socket: SocketClass;
  readonly host: string;
  /** One more is idle, or gone. */
  connectionLeft(): void;
}

/** One whose end somebody waits for: a listener, or its server, which has stopped listening. */
export interface Held {
  readonly socket: Socket;
  readonly key: Connection | ServerCall;
  user: ConnectionUser | undefined;
  timer: TimerHandle | undefined;
  /** What keeps its calls coming though the server no longer listens. */
  letGo: (() => void) | undefined;
}

/** How many are remembered before one looks which of them have ended. */
const knownMax = 256;

/** The connections of a server. A call of which nobody keeps the connection stands for its own. */
export class ServerConnections {
  readonly #owner: Owner;
  readonly #known = new Set<Connection | ServerCall>();
  readonly #held = new Map<Connection | ServerCall, Held>();

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  get count(): number {
    this.#forgetEnded();
    return this.#known.size;
  }

  get isAnyHeld(): boolean {
    return this.#held.size > 0;
  }

  /** Another call comes over it. */
  find(connection: Connection): Held | undefined {
    connection.idleSinceMs = undefined;
    if (this.#held.size === 0) return undefined;
    const held = this.#held.get(connection);
    held?.timer?.cancel();
    return held;
  }

  add(key: Connection | ServerCall): void {
    if (this.#known.size >= knownMax) this.#forgetEnded();
    this.#known.add(key);
  }

  open(call: ServerCall): Held {
    const { Socket, host } = this.#owner;
    const { remoteAddress, remotePort, head } = call;
    const ends = { remoteAddress, remotePort, localAddress: host, localPort: head.port };
    const hangUp = (error: unknown): void => {
      this.hangUp(held, error);
    };
    const socket: Socket = new Socket(ends, hangUp, () => held.user?.idle(socket));
    const held = this.hold(head.connection ?? call, socket, undefined);
    return held;
  }

  hold(key: Connection | ServerCall, socket: Socket, user: ConnectionUser | undefined): Held {
    const held: Held = { socket, key, user, timer: undefined, letGo: undefined };
    this.#held.set(key, held);
    if (key instanceof Connection) {
      const { node } = this.#owner.parts.transport;
      const end = node.bind(() => {
        if (!this.#held.has(key)) return;
        nextTick(this.#owner.parts, tellEnd, held.socket);
        this.#end(held);
      });
      key.onEnd = () => node.schedule(0, end);
    }
    return held;
  }

  /** This side ends it. */
  hangUp(held: Held, error: unknown): void {
    if (this.#owner.parts.transport.isHeld()) return;
    this.#forget(held);
    held.user?.hangUp(error);
  }

  /** Its call is over, in full or not. */
  leave(key: Connection | ServerCall, held: Held | undefined, mayStay: boolean): void {
    if (held !== undefined) held.user = undefined;
    if (!(key instanceof Connection) || !mayStay) {
      this.#known.delete(key);
      if (key instanceof Connection) key.isEnded = true;
      if (held?.socket.destroyed === false) this.#end(held);
      return;
    }
    const { node } = this.#owner.parts.transport;
    key.idleSinceMs = node.nowMs();
    if (held === undefined || held.socket.destroyed || key.idleMsMax === Infinity) return;
    const end = node.bind(() => {
      this.#end(held);
    });
    held.timer = node.schedule(key.idleMsMax, end);
    // A server that waits for it is kept alive by it anyhow.
    held.timer.unref();
  }

  endIdle(): void {
    for (const key of [...this.#known]) {
      if (!(key instanceof Connection) || key.idleSinceMs === undefined) continue;
      this.#known.delete(key);
      key.isEnded = true;
      const held = this.#held.get(key);
      if (held !== undefined) this.#end(held);
    }
  }

  #end(held: Held): void {
    held.socket.destroyed = true;
    // As in Node, a server that waited for it is told first.
    this.#forget(held);
    nextTick(this.#owner.parts, tellClosed, held.socket);
  }

  #forget(held: Held): void {
    const { key } = held;
    held.timer?.cancel();
    this.#held.delete(key);
    this.#known.delete(key);
    if (key instanceof Connection) key.isEnded = true;
    held.letGo?.();
    this.#owner.connectionLeft();
  }

  #forgetEnded(): void {
    const nowMs = this.#owner.parts.transport.node.nowMs();
    for (const key of this.#known) if (key instanceof Connection && key.hasEnded(nowMs)) this.#known.delete(key);
  }
}

/** The other side has ended it. */
function tellEnd(socket: Socket): void {
  socket.emit('end');
}

function tellClosed(socket: Socket): void {
  socket.emit('close', false);
}
