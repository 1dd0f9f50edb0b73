import { listeningAt } from '../brokers/registry';
import type { Connection } from '../clients/http/connection';
import type { Listening, ServerCall } from '../clients/http/transport';
import type { PortClosed, PortOpened } from '../log/entry';
import type { Fact } from '../log/entry-fact';
import type { ProcessSpec } from '../scenario/scenario';
import type { Life } from './life';
import type { World } from './world';

/** The first port that is given to who asks for any. */
const anyPortFrom = 40_000;

const thisMachine = new Set(['localhost', '127.0.0.1', '::1', '0.0.0.0', '::']);

type PortFact = Omit<PortOpened, keyof Fact> | Omit<PortClosed, keyof Fact>;

/** Someone who takes calls at a port. */
export interface Listener {
  readonly life: Life;
  readonly port: number;
  /** The address that it listens at. */
  readonly host: string;
  readonly accept: (call: ServerCall) => void;
}

/** A connection whose calls still come to a listener that has stopped listening. */
interface Kept {
  readonly connection: Connection;
  readonly listener: Listener;
  readonly client: Life | undefined;
}

/** Where a call goes: to a listener, or to nobody. Undefined when there is no such name. */
export interface Destination {
  readonly address: string;
  readonly listener: Listener | undefined;
  /** The service that is meant: by its name, or as the one that listened at this port last. */
  readonly service: string | undefined;
}

/**
 * The ports of the one machine that all processes share, and the names by which they are reached.
 *
 * - `localhost` is any process that listens at the port. The name of a service is its replicas; that of one replica is
 *   `orders-2` for `orders#2`. What no host name may hold is a hyphen there.
 * - Replicas of one service may listen at the same port, as behind a load balancer: calls go to them in turn. For anybody else the port
 *   is in use.
 */
export class HttpPorts {
  readonly #specs: readonly ProcessSpec[];
  readonly #world: World;
  readonly #listeners = new Map<number, Listener[]>();
  /** Whose turn it is, by port. */
  readonly #turns = new Map<number, number>();
  #nextAnyPort = anyPortFrom;
  /** The service that listened last, by port. */
  readonly #lastAt = new Map<number, string>();
  readonly #kept = new Map<Connection, Kept>();

  constructor(specs: readonly ProcessSpec[], world: World) {
    this.#specs = specs;
    this.#world = world;
  }

  listen(life: Life, port: number, host: string, accept: (call: ServerCall) => void): Listening | 'in use' {
    const at = port === 0 ? this.#anyPort() : port;
    const others = this.#listeners.get(at) ?? [];
    if (listeningAt(at) !== undefined || others.some((other) => !areReplicas(other.life.process, life.process)))
      return 'in use';
    const listener: Listener = { life, port: at, host, accept };
    this.#listeners.set(at, [...others, listener]);
    this.#lastAt.set(at, serviceOf(life.process));
    let holds = false;
    const hold = (wanted: boolean): void => {
      if (wanted === holds) return;
      holds = wanted;
      if (wanted) life.retain();
      else life.release();
    };
    hold(true);
    const { process } = life;
    this.#write(life, { type: 'port.opened', process, port: at, host });
    const leave = (): void => {
      this.#remove(listener);
      hold(false);
    };
    life.onRetire(() => {
      leave();
      for (const kept of [...this.#kept.values()]) if (kept.listener === listener) kept.connection.end();
    });
    const close = (): void => {
      if (this.isListening(listener)) this.#write(life, { type: 'port.closed', process, port: at });
      leave();
    };
    return { port: at, close, hold };
  }

  /** It keeps the process alive until what this returns is called. */
  keep(kept: Kept): () => void {
    const { connection, listener } = kept;
    this.#kept.set(connection, kept);
    const release = listener.life.hold();
    return () => {
      this.#kept.delete(connection);
      release();
    };
  }

  /** Who takes a call to this host and port now, or over this connection. */
  find(hostname: string, port: number, connection?: Connection): Destination | undefined {
    const kept = connection && this.#kept.get(connection)?.listener;
    const listeners = kept === undefined ? (this.#listeners.get(port) ?? []) : [kept];
    if (thisMachine.has(hostname)) {
      const at = hostname === '::1' ? '::1' : '127.0.0.1';
      return { address: at, listener: this.#inTurn(port, listeners), service: this.#lastAt.get(port) };
    }
    const index = this.#specs.findIndex((spec) => isNameOf(hostname, spec));
    const service = this.#specs[index]?.name;
    if (service === undefined) return undefined;
    const meant = listeners.filter((listener) => isMeant(listener, hostname, service));
    // As a network of containers gives addresses: the first one is the gateway's.
    return { address: `172.18.0.${String(index + 2)}`, listener: this.#inTurn(port, meant), service };
  }

  /** Whether anybody takes calls to this host and port now. */
  isTaken(hostname: string, port: number): boolean {
    const listeners = this.#listeners.get(port) ?? [];
    if (thisMachine.has(hostname)) return listeners.length > 0;
    const service = this.#specs.find((spec) => isNameOf(hostname, spec))?.name;
    return service !== undefined && listeners.some((listener) => isMeant(listener, hostname, service));
  }

  /** The service that this host and port mean, whether it listens or not. */
  serviceAt(hostname: string, port: number): string | undefined {
    if (thisMachine.has(hostname)) return this.#lastAt.get(port);
    return this.#specs.find((spec) => isNameOf(hostname, spec))?.name;
  }

  /** Lives that are over, with all that they listened for. */
  gone(isMeant: (life: Life | undefined) => boolean): void {
    for (const listeners of this.#listeners.values())
      for (const listener of listeners) if (isMeant(listener.life)) this.#remove(listener);
    for (const { connection, listener, client } of [...this.#kept.values()])
      if (isMeant(listener.life)) this.#kept.delete(connection);
      else if (isMeant(client)) connection.end();
  }

  isListening(listener: Listener): boolean {
    return this.#listeners.get(listener.port)?.includes(listener) === true;
  }

  #write(life: Life, fact: PortFact): void {
    this.#world.journal.append({ ...fact, cause: life.context.cause, where: this.#world.where() });
  }

  #inTurn(port: number, listeners: readonly Listener[]): Listener | undefined {
    if (listeners.length < 2) return listeners[0];
    const turn = this.#turns.get(port) ?? 0;
    this.#turns.set(port, turn + 1);
    return listeners[turn % listeners.length];
  }

  #remove(listener: Listener): void {
    const rest = (this.#listeners.get(listener.port) ?? []).filter((other) => other !== listener);
    if (rest.length > 0) this.#listeners.set(listener.port, rest);
    else this.#listeners.delete(listener.port);
  }

  #anyPort(): number {
    while (this.#listeners.has(this.#nextAnyPort)) this.#nextAnyPort++;
    return this.#nextAnyPort++;
  }
}

/** How the one who listens sees the caller. */
export function remoteAddress(host: string, address: string): string {
  if (host !== '::') return address;
  return address.includes(':') ? address : `::ffff:${address}`;
}

function areReplicas(one: string, other: string): boolean {
  return one !== other && serviceOf(one) === serviceOf(other);
}

function serviceOf(process: string): string {
  return process.replace(/#\d+$/, '');
}

function isNameOf(hostname: string, { name }: ProcessSpec): boolean {
  const service = hostName(name);
  return (
    hostname === service || (hostname.startsWith(`${service}-`) && /^\d+$/.test(hostname.slice(service.length + 1)))
  );
}

/** Whether a host name of this service means who listens there: any of its replicas, or the one that it names. */
function isMeant({ life: { process } }: Listener, hostname: string, service: string): boolean {
  return hostName(service) === hostname ? serviceOf(process) === service : hostName(process) === hostname;
}

/** A name as a host is called: in lower case, with hyphens for what no host name may hold. */
export function hostName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
}
