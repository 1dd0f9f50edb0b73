import type { Entry, EntryOf, Settings } from '../../log/entry';
import { routeOf } from '../../projections/call-route';
import type { RabbitMqSpec } from '../../scenario/scenario';
import { type DeadEnd, DeadEnds } from './dead-ends';

/**
 * What the stage is made of over the whole run: services, brokers and who talks to whom. The layout depends on this
 * alone, so that nothing moves while entities come and go; what does not exist yet at the playhead is dimmed.
 *
 * Invariants
 * 1. Only grows while one run is read, and the same entries give the same structure in the same order.
 * 2. A listener is known by what it is (service, broker, name, pattern, queue), not by its subscription's id, since
 *    each life of a process subscribes anew.
 */
export interface Structure {
  readonly services: ReadonlyMap<string, ServiceShape>;
  readonly brokers: ReadonlyMap<string, BrokerShape>;
  /** Who calls whom over HTTP, in order of the first call; also those whom nobody answers. */
  readonly calls: readonly CallShape[];
  /** Types of event published in the run, and what first went wrong: for what there is to try. */
  readonly eventTypes: ReadonlySet<string>;
  readonly firstFailure: { readonly atMs: number } | undefined;
  /** Bumped when something structural came. */
  readonly version: number;
}

export interface ServiceShape {
  readonly service: string;
  readonly processes: readonly string[];
  readonly listeners: readonly ListenerShape[];
  /** Brokers it publishes to. */
  readonly publishes: readonly string[];
  /** One of its processes has a circuit breaker at some time. */
  readonly hasBreakers?: true;
  /** One of its processes orchestrates sagas at some time. */
  readonly hasSagas?: true;
  /** Its rows tell what they take, since on the ways to it there is no room for that. */
  readonly keyed?: true;
}

/** Names of services; the caller may be a broker. */
export interface CallShape {
  readonly from: string;
  readonly to: string;
  /** What is asked for, at most `routesMax`: see `routeOf`. */
  readonly routes: readonly string[];
}

const routesMax = 8;

export interface ListenerShape {
  readonly key: string;
  readonly broker: string;
  readonly listener: string;
  readonly pattern: string;
  readonly queue?: string;
  /** It reads its queue, a stream, as one of this consumer group. */
  readonly group?: string;
  /** Its pattern is a channel of Pub/Sub, which stands in the broker as a box of its own. */
  readonly onChannel?: true;
  /** It is reached by a URL, and its queue is the endpoint: what it takes is a setting of the queue. */
  readonly isEndpoint?: true;
}

/** Channels of Pub/Sub that have a box: a program may make up a name for each message. */
export const channelBoxesMax = 12;

export interface BrokerShape {
  readonly broker: string;
  readonly kind: string;
  /** It works off one list with a number of workers, so its box has a line to scale them. */
  readonly pooled: boolean;
  /** Somebody listens to it without a queue in between. */
  readonly direct: boolean;
  readonly queues: readonly string[];
  /** Of its queues, those that somebody takes from. */
  readonly taken: readonly string[];
  readonly deadLetters: readonly string[];
  /** Channels of Pub/Sub, and patterns of them, that somebody listened to or published on. */
  readonly channels: readonly string[];
  /** In order of declaration; empty where the broker has none. */
  readonly exchanges: readonly ExchangeShape[];
  readonly bindings: readonly BindingShape[];
  /** Where a queue's dead letters go, by queue. */
  readonly deadTo: Readonly<Record<string, DeadEnd>>;
}

export interface ExchangeShape {
  readonly exchange: string;
  readonly kind: string;
  /** Somebody publishes to it from outside. */
  readonly entered: boolean;
}

/** What was bound: the same ends, key and arguments are one, however often it was taken away and added again. */
export interface BindingShape {
  /** Its ids in the log, the latest last. */
  readonly ids: readonly string[];
  readonly source: string;
  readonly destination: string;
  readonly to: 'queue' | 'exchange';
  readonly key: string;
  readonly arguments: Settings;
}

interface GrowingService {
  service: string;
  processes: string[];
  listeners: ListenerShape[];
  publishes: string[];
  hasBreakers?: true;
  hasSagas?: true;
}

interface GrowingBroker {
  broker: string;
  kind: string;
  pooled: boolean;
  direct: boolean;
  queues: string[];
  taken: string[];
  deadLetters: string[];
  channels: string[];
  exchanges: { exchange: string; kind: string; entered: boolean }[];
  bindings: (Omit<BindingShape, 'ids'> & { readonly ids: string[] })[];
  readonly deadEnds: DeadEnds;
  readonly deadTo: Readonly<Record<string, DeadEnd>>;
}

interface Growing {
  services: Map<string, GrowingService>;
  brokers: Map<string, GrowingBroker>;
  calls: { readonly from: string; readonly to: string; readonly routes: string[] }[];
  eventTypes: Set<string>;
  firstFailure: { readonly atMs: number } | undefined;
  version: number;
}

export class StructureReader {
  readonly structure: Structure;
  readonly #growing: Growing = {
    services: new Map(),
    brokers: new Map(),
    calls: [],
    eventTypes: new Set(),
    firstFailure: undefined,
    version: 0,
  };

  readonly #rabbitmq: RabbitMqSpec | undefined;

  constructor(
    processes: readonly { readonly name: string; readonly replicas: number }[] = [],
    rabbitmq?: RabbitMqSpec,
  ) {
    this.structure = this.#growing;
    this.#rabbitmq = rabbitmq;
    for (const spec of processes) {
      for (let n = 1; n <= spec.replicas; n++) {
        this.#addProcess(spec.name, spec.replicas === 1 ? spec.name : `${spec.name}#${n}`);
      }
    }
  }

  read(entry: Entry): void {
    switch (entry.type) {
      case 'process.started':
        this.#addProcess(entry.service, entry.process);
        return;
      case 'breaker.declared':
        return this.#marks(entry.process, 'hasBreakers');
      case 'saga.declared':
        return this.#marks(entry.process, 'hasSagas');
      case 'broker.declared':
        this.#declare(entry);
        return;
      case 'listener.subscribed':
        this.#subscribe(entry);
        return;
      case 'message.published':
        this.#broker(entry.broker);
        this.#know(entry.message.type);
        if (entry.process !== undefined) this.#push(this.#service(entry.process).publishes, entry.broker);
        return;
      case 'message.enqueued':
        // A bus in queue mode names its one list of events after itself: it is the bus's own tape, not a box in it.
        if (entry.queue !== entry.broker) this.#push(this.#broker(entry.broker).queues, entry.queue);
        return;
      case 'message.dead-lettered':
        // Where queues are declared, the one that gets it is like any other.
        if (entry.from === undefined) this.#deadLetter(entry.broker, entry.queue);
        return;
      case 'message.routed':
        if (entry.exchange !== undefined) this.#enter(entry.broker, entry.exchange);
        if (entry.channel !== undefined) this.#channel(this.#broker(entry.broker), entry.channel);
        return;
      case 'exchange.declared':
        return this.#exchange(entry);
      case 'queue.declared':
        return this.#queue(entry);
      case 'policy.set':
      case 'policy.cleared':
        return this.#rule(entry);
      case 'binding.added':
        return this.#bind(entry);
      case 'http.requested':
        return this.#call(entry);
      case 'http.completed':
        return entry.status >= 500 ? this.#fail(entry) : undefined;
      case 'http.failed':
      case 'delivery.failed':
      case 'process.crashed':
        return this.#fail(entry);
      case 'process.exited':
        return entry.failure === undefined ? undefined : this.#fail(entry);
      default:
        return;
    }
  }

  #fail({ atMs }: Entry): void {
    if (this.#growing.firstFailure !== undefined) return;
    this.#growing.firstFailure = { atMs };
    this.#growing.version++;
  }

  /** What calls itself needs no way to itself, and what hands over a delivery by a call goes the delivery's way. */
  #call({ process, to: listening, meant, method, path, delivery }: EntryOf<'http.requested'>): void {
    const [from, to] = [serviceOf(process ?? ''), serviceOf(listening ?? meant ?? '')];
    if (from === '' || to === '' || from === to) return;
    const { calls, brokers, services } = this.#growing;
    if (delivery !== undefined && services.get(to)?.listeners.some(({ broker }) => broker === from)) return;
    for (const name of [from, to]) if (!services.has(name) && !brokers.has(name)) this.#service(name);
    let call = calls.find((each) => each.from === from && each.to === to);
    if (call === undefined) calls.push((call = { from, to, routes: [] }));
    if (call.routes.length < routesMax) this.#push(call.routes, routeOf(method, path));
  }

  #declare(entry: Extract<Entry, { type: 'broker.declared' }>): void {
    const shape = this.#broker(entry.broker, entry.kind);
    const pooled = entry.settings['mode'] === 'queue';
    if (shape.pooled === pooled) return;
    shape.pooled = pooled;
    this.#growing.version++;
  }

  #subscribe(entry: Extract<Entry, { type: 'listener.subscribed' }>): void {
    const service = this.#service(entry.process);
    const broker = this.#broker(entry.broker);
    const onChannel = entry.queue === undefined && broker.kind === 'redis' && this.#channel(broker, entry.pattern);
    if (entry.queue !== undefined) for (const list of [broker.queues, broker.taken]) this.#push(list, entry.queue);
    else if (!onChannel) broker.direct = true;
    if (entry.deadLetter !== undefined) this.#deadLetter(entry.broker, entry.deadLetter);
    const key = listenerKey(entry.broker, entry.listener, entry.pattern, entry.queue);
    if (service.listeners.some((each) => each.key === key)) return;
    const { listener, pattern, queue, group, url } = entry;
    service.listeners.push({
      ...{ key, broker: entry.broker, listener, pattern },
      ...(url !== undefined && { isEndpoint: true }),
      ...(queue !== undefined && { queue }),
      ...(group !== undefined && { group }),
      ...(onChannel && { onChannel }),
    });
    this.#growing.version++;
  }

  /** Whether the channel has a box. */
  #channel({ channels }: GrowingBroker, channel: string): boolean {
    if (channels.length < channelBoxesMax) this.#push(channels, channel);
    return channels.includes(channel);
  }

  #exchange({ broker, exchange, kind }: Extract<Entry, { type: 'exchange.declared' }>): void {
    const { exchanges } = this.#broker(broker);
    if (exchanges.some((each) => each.exchange === exchange)) return;
    exchanges.push({ exchange, kind, entered: false });
    this.#growing.version++;
  }

  #enter(broker: string, name: string): void {
    const exchange = this.#broker(broker).exchanges.find((each) => each.exchange === name);
    if (exchange === undefined || exchange.entered) return;
    exchange.entered = true;
    this.#growing.version++;
  }

  #queue({ broker, queue, settings }: Extract<Entry, { type: 'queue.declared' }>): void {
    const { queues, deadEnds } = this.#broker(broker);
    this.#push(queues, queue);
    if (deadEnds.declare(queue, settings)) this.#growing.version++;
  }

  #rule(entry: Extract<Entry, { type: 'policy.set' | 'policy.cleared' }>): void {
    const { deadEnds } = this.#broker(entry.broker);
    const isNew = deadEnds.rule(entry.name, entry.type === 'policy.set' ? entry.policy : undefined);
    if (isNew) this.#growing.version++;
  }

  #bind(entry: Extract<Entry, { type: 'binding.added' }>): void {
    const { bindings } = this.#broker(entry.broker);
    const { binding, source, destination, to, key, arguments: args } = entry;
    const same = JSON.stringify([source, destination, to, key, args]);
    const known = bindings.find(
      (each) => same === JSON.stringify([each.source, each.destination, each.to, each.key, each.arguments]),
    );
    if (known) known.ids.push(binding);
    else bindings.push({ ids: [binding], source, destination, to, key, arguments: args });
    this.#growing.version++;
  }

  /** A dead-letter queue is first an unknown queue when messages reach it before its name is known as one. */
  #deadLetter(broker: string, queue: string): void {
    const shape = this.#broker(broker);
    shape.queues = shape.queues.filter((name) => name !== queue);
    this.#push(shape.deadLetters, queue);
  }

  #know(eventType: string): void {
    if (this.#growing.eventTypes.has(eventType)) return;
    this.#growing.eventTypes.add(eventType);
    this.#growing.version++;
  }

  #addProcess(service: string, process: string): void {
    const shape = this.#service(service);
    this.#push(shape.processes, process);
  }

  #marks(process: string, mark: 'hasBreakers' | 'hasSagas'): void {
    const shape = this.#service(process);
    if (shape[mark]) return;
    shape[mark] = true;
    this.#growing.version++;
  }

  #service(process: string): GrowingService {
    const name = serviceOf(process);
    let shape = this.#growing.services.get(name);
    if (shape === undefined) {
      shape = { service: name, processes: [], listeners: [], publishes: [] };
      this.#growing.services.set(name, shape);
      this.#growing.version++;
    }
    return shape;
  }

  #broker(name: string, kind = 'bus'): GrowingBroker {
    let shape = this.#growing.brokers.get(name);
    if (shape === undefined) {
      const deadEnds = new DeadEnds(this.#rabbitmq);
      shape = {
        broker: name,
        kind,
        pooled: false,
        direct: false,
        queues: [],
        taken: [],
        deadLetters: [],
        channels: [],
        exchanges: [],
        bindings: [],
        deadEnds,
        deadTo: deadEnds.ways,
      };
      this.#growing.brokers.set(name, shape);
      this.#growing.version++;
    }
    return shape;
  }

  #push(list: string[], value: string): void {
    if (list.includes(value)) return;
    list.push(value);
    this.#growing.version++;
  }
}

/** `worker` for `worker#2`. */
export function serviceOf(process: string): string {
  const at = process.lastIndexOf('#');
  return at > 0 ? process.slice(0, at) : process;
}

export function listenerKey(broker: string, listener: string, pattern: string, queue?: string): string {
  return JSON.stringify([broker, listener, pattern, queue ?? '']);
}
