import type { BatchLine, Handed, Handover, Server, Session } from '../brokers/broker';
import type { Published, Wire, WireClient, WireEnvironment, WireOptions } from '../clients/wire';
import { Phase } from '../kernel/agenda';
import { createMessage, heldMessage, messageWith, holdBack } from './create-message';
import { copyOf } from './context';
import { failureOf } from './failure';
import type { Life } from './life';
import { Parcel } from './parcel';
import { observe } from './promise-tracking';
import { SmallMessages } from './small-messages';
import { Stream, type StreamEnd } from './stream';
import type { World } from './world';

/** The connections between processes and the servers that they dial. They end with the process. */
export class Connections {
  readonly #world: World;
  readonly #open = new Set<Connection>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The world as a client of a server sees it from one life of a process. */
  environment(life: Life): WireEnvironment {
    const { turn } = this.#world;
    return {
      node: life.environment,
      where: () => this.#world.where(),
      promise: (executor) => turn.promise(executor),
      isHeld: () => life.context.muted === true,
      holdBack: (effect) => void holdBack(life, effect),
      stands: (part, value) => {
        turn.stands(part, value);
      },
      dial: (port, client, options) => this.#dial(life, port, client, options),
    };
  }

  /** Messages that the process has and nobody has settled. */
  countIn(life: Life): number {
    let count = 0;
    for (const connection of this.#open) if (connection.life === life) count += connection.underWay;
    return count;
  }

  /** Links are cut, or no longer. */
  linksChanged(): void {
    for (const connection of this.#open) connection.watch();
  }

  processGone(process: string, cause: number): void {
    for (const connection of [...this.#open]) if (connection.process === process) connection.hangUp(cause);
  }

  #dial(life: Life, port: number, client: WireClient, options: WireOptions): Wire | undefined {
    const world = this.#world;
    const from = { cause: life.context.cause, where: world.where() };
    const server = world.serverAt(port, from);
    if (server === undefined || server.isStopped === true) return undefined;
    const connection = new Connection({ life, server, client, ...options }, (ended) => this.#open.delete(ended));
    this.#open.add(connection);
    life.onRetire(() => {
      connection.hangUp(life.base.cause);
    });
    return connection;
  }
}

/** On its way to the server: a frame, or the end. */
interface Outgoing {
  readonly frame: unknown;
  readonly cause: number;
  /** The message that the frame carries. */
  readonly message: string | undefined;
  readonly end: boolean;
  /** Of what waits to be put on the link; undefined while that is cut. */
  readonly arrivesAtMs: number | undefined;
}

/** On its way to the client. */
interface Incoming {
  readonly frame: unknown;
  readonly cause: number;
  readonly parcel: Parcel | undefined;
  /** Of a frame that brings several messages, instead of one parcel. */
  readonly parcels: readonly Parcel[] | undefined;
  readonly end: boolean;
}

interface Ends extends WireOptions {
  readonly life: Life;
  readonly server: Server;
  readonly client: WireClient;
}

class Connection implements Wire {
  readonly life: Life;
  readonly process: string;
  readonly #world: World;
  readonly #server: Server;
  readonly #client: WireClient;
  readonly #onEnd: (connection: Connection) => void;
  readonly #toServer: Stream<Connection, Outgoing>;
  readonly #toClient: Stream<Connection, Incoming>;
  /** Written by the client, and not yet on the link: that happens after what runs now, as in Node. */
  #outbox: Outgoing[] | undefined;
  readonly #small: SmallMessages;
  readonly #sendsHeartbeats: boolean;
  /** Messages that the process has and has not settled. */
  #underWay = 0;
  #session: Session | undefined;
  #open = true;

  static readonly atServer: StreamEnd<Connection, Outgoing> = {
    take: (connection, item, isFollowed) => {
      connection.#serve(item, isFollowed);
    },
    givenUp: (connection) => {
      connection.#silent();
    },
  };
  static readonly atClient: StreamEnd<Connection, Incoming> = {
    take: (connection, item) => {
      connection.#receive(item);
    },
    givenUp: Connection.atServer.givenUp,
  };

  constructor(ends: Ends, onEnd: (connection: Connection) => void) {
    const { life, server, client } = ends;
    const { world } = life;
    const silenceMs = ends.heartbeatMs === undefined ? undefined : 2 * ends.heartbeatMs;
    this.#sendsHeartbeats = silenceMs !== undefined && silenceMs < Infinity;
    this.#small = new SmallMessages(ends.noDelay);
    this.life = life;
    this.process = life.process;
    this.#world = world;
    this.#server = server;
    this.#client = client;
    this.#onEnd = onEnd;
    const [process, broker] = [life.process, server.name];
    const { atServer, atClient } = Connection;
    this.#toServer = new Stream({ world, from: process, to: broker, owner: this, end: atServer, silenceMs });
    this.#toClient = new Stream({ world, from: broker, to: process, owner: this, end: atClient, silenceMs });
    life.retain();
    this.#put(undefined, life.context.cause, false);
  }

  get underWay(): number {
    return this.#underWay;
  }

  watch(): void {
    if (!this.#sendsHeartbeats) return;
    this.#toServer.watch();
    this.#toClient.watch();
  }

  // The client's side.

  send(frame: unknown, cause = this.life.context.cause): void {
    if (this.#open)
      this.#write({ frame, cause, message: undefined, end: false, arrivesAtMs: this.#toServer.arrivalMs() });
  }

  publish(sound: Published, isAnswered: boolean): void {
    if (!this.#open || !this.life.alive) return;
    const { type, where } = sound;
    if (this.life.context.muted) {
      heldMessage(this.life, this.#server.name, type, sound.data);
      return;
    }
    const { journal, agenda, faults } = this.#world;
    const poison = faults.poisonOf(type, this.#server.name);
    const published = poison === undefined ? sound : sound.halved();
    const { data, isOwn } = published;
    const message = isOwn ? messageWith(this.life, type, data) : createMessage(this.life, type, data);
    const leavesAtMs = this.#small.leavesAtMs(agenda.nowMs);
    const arrivesAtMs = this.#toServer.arrivalMs(leavesAtMs);
    if (arrivesAtMs !== undefined) this.#small.sent(agenda.nowMs, leavesAtMs, arrivesAtMs, isAnswered);
    const cause = journal.write({
      seq: journal.length,
      atMs: agenda.nowMs,
      type: 'message.published',
      cause: this.life.context.cause,
      where: where ?? this.#world.where(),
      message,
      process: this.process,
      broker: this.#server.name,
      arrivesAtMs,
    });
    if (poison !== undefined) faults.struck(poison, message.id, cause);
    this.#write({ frame: published.frameOf(message), cause, message: message.id, end: false, arrivesAtMs });
  }

  /** The client closes the connection, or its process is gone. What was written and not sent is lost with the process. */
  hangUp(cause = this.life.context.cause): void {
    if (!this.#open) return;
    if (this.life.alive) this.#flush();
    this.#leave(cause);
  }

  hangUpWith(frame: unknown, cause = this.life.context.cause): void {
    if (!this.#open) return;
    this.#put(frame, cause, false);
    this.#leave(cause);
  }

  // The server's side.

  deliver(frame: unknown, handover: Handover): Handed {
    const arrivesAtMs = this.#open ? this.#toClient.arrivalMs() : undefined;
    const parcel = this.#dispatched(handover, arrivesAtMs);
    this.#toClient.put({ frame, cause: parcel.cause, parcel, parcels: undefined, end: false }, arrivesAtMs);
    return parcel;
  }

  deliverAll(frame: unknown, handovers: readonly Handover[]): readonly Handed[] {
    const arrivesAtMs = this.#open ? this.#toClient.arrivalMs() : undefined;
    const parcels = handovers.map((handover) => this.#dispatched(handover, arrivesAtMs));
    const cause = parcels.at(-1)?.cause ?? 0;
    this.#toClient.put({ frame, cause, parcel: undefined, parcels, end: false }, arrivesAtMs);
    return parcels;
  }

  /** Whoever has gone gets nothing: what needs an ack the server takes back, and what needs none is lost. */
  #dispatched(handover: Handover, arrivesAtMs: number | undefined): Parcel {
    const parcel = new Parcel(this.life, this.#server.name, handover, this.#settled);
    parcel.dispatched(arrivesAtMs);
    if (!this.#open && handover.settledOnReturn) {
      const [from, to] = [this.#server.name, this.process];
      this.#world.journal.append({ type: 'message.lost', cause: parcel.cause, message: parcel.message.id, from, to });
    }
    return parcel;
  }

  /** What is sent to the client. */
  reply(frame: unknown, cause: number): void {
    this.#toClient.put({ frame, cause, parcel: undefined, parcels: undefined, end: false });
  }

  /** The server hangs up. */
  drop(cause: number): void {
    this.#toClient.put({ frame: undefined, cause, parcel: undefined, parcels: undefined, end: true });
  }

  #leave(cause: number): void {
    const unsent = this.#outbox ?? [];
    this.#outbox = undefined;
    for (const item of unsent) if (item.message !== undefined) this.#lost(item.message, item.cause);
    this.#put(undefined, cause, true);
    this.#end();
  }

  /** Puts it on the link at once. */
  #put(frame: unknown, cause: number, end: boolean): void {
    this.#toServer.put({ frame, cause, message: undefined, end, arrivesAtMs: undefined });
  }

  #write(item: Outgoing): void {
    if (this.#outbox !== undefined) {
      this.#outbox.push(item);
      return;
    }
    const { agenda } = this.#world;
    this.#outbox = [item];
    agenda.schedule(agenda.nowMs, this.#flush, Phase.check);
  }

  readonly #flush = (): void => {
    const items = this.#outbox ?? [];
    this.#outbox = undefined;
    for (const item of items) this.#toServer.put(item, item.arrivesAtMs);
  };

  readonly #settled = (parcel: Parcel): void => {
    if (parcel.hasStarted) this.#underWay--;
  };

  #lost(message: string, cause: number): void {
    this.#world.journal.append({ type: 'message.lost', cause, message, from: this.process, to: this.#server.name });
  }

  #serve({ frame, cause, end }: Outgoing, isFollowed: boolean): void {
    if (this.#session === undefined) {
      // A process that is gone before its greeting arrives has no connection.
      if (end) return;
      this.#session = this.#server.connect(this.#line(), cause);
      this.reply(undefined, cause);
    } else if (end) this.#session.hungUp(cause);
    else this.#session.receive(frame, cause, isFollowed);
  }

  #line(): BatchLine {
    return {
      process: this.process,
      send: (frame, cause) => {
        this.reply(frame, cause);
      },
      deliver: (frame, handover) => this.deliver(frame, handover),
      deliverAll: (frame, handovers) => this.deliverAll(frame, handovers),
      hangUp: (cause) => {
        this.drop(cause);
      },
    };
  }

  #receive(item: Incoming): void {
    const { parcel, frame } = item;
    if (!this.#open || !this.life.alive) return;
    this.#small.answered(this.#world.agenda.nowMs);
    if (parcel !== undefined) return this.#hand(parcel, frame);
    for (const each of item.parcels ?? []) this.#started(each);
    const cause = item.parcels?.at(-1)?.cause ?? item.cause;
    this.#world.invoke(this.life, copyOf({ ...this.life.base, cause }), () => {
      if (item.end) this.#gone(false);
      else if (frame === undefined) this.#client.connected();
      else this.#client.receive(frame);
    });
    for (const each of item.parcels ?? []) if (each.handover.settledOnReturn) each.settle('acked', each.cause);
  }

  #started(parcel: Parcel): void {
    parcel.started();
    this.#underWay++;
    const { faults, turn } = this.#world;
    if (parcel.handover.part !== undefined) turn.brings(parcel.handover.part, parcel);
    if (faults.crashes) faults.handling(this.life, parcel.cause, parcel.message.id);
  }

  #hand(parcel: Parcel, frame: unknown): void {
    const world = this.#world;
    const { listener, cause, settledOnReturn } = parcel.handover;
    if (world.deliveries.runsAway({ listener, process: this.process, cause })) return;
    this.#started(parcel);
    const result = world.invoke(this.life, parcel, () => this.#client.receive(frame));
    if (!settledOnReturn) return;
    if (result instanceof Promise)
      observe(world.turn, result, (state) => {
        if (state.type === 'rejected') parcel.failed(failureOf(state.value, world.sources.names));
        else if (this.life.alive) parcel.settle('acked', parcel.cause);
      });
    else parcel.settle('acked', parcel.cause);
  }

  /** Neither side has heard of the other for too long: both give the connection up. */
  #silent(): void {
    const { cause } = this.life.base;
    this.#session?.hungUp(cause);
    if (this.#open && this.life.alive)
      this.#world.invoke(this.life, copyOf(this.life.base), () => {
        this.#gone(true);
      });
    else this.#end();
    this.#toServer.close();
  }

  #gone(isSilent: boolean): void {
    this.#end();
    this.#client.hungUp(isSilent);
  }

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#toClient.close();
    this.#onEnd(this);
    this.life.release();
  }
}
