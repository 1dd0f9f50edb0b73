import type { DeathReason, ExchangeEnd, QueueEnd } from '../../log/entry';
import type { Resource } from '../../log/entry-fault';
import type { BrokerPort, Wake } from '../broker';
import { accessRefused, named, notFound, notImplemented, preconditionFailed } from './amqp-error';
import type { Binding, Destination } from './binding';
import type { Channel } from './channel';
import { deadMessage, isCycle } from './dead-letter';
import { Equivalence } from './equivalence';
import { checkExchangeType, Exchange, type ExchangeSpec } from './exchange';
import { checkHeadersBinding } from './headers-bindings';
import { Policies, type Target } from './policies';
import type { Table } from './protocol';
import { Queue } from './queue';
import type { QueueHost } from './queue-host';
import { checkQueue, comparedArguments, queueSettings, type QueueSpec } from './queue-settings';
import { RabbitLog } from './rabbit-log';
import { classicFirst, Router, type Routing } from './router';
import type { Session } from './session';
import type { Publication } from './stored-message';
import { TopologyLog, type Origin } from './topology-log';
import { typeOf } from './values';
import { readsPublishedDeaths, type Version } from './version';

const predeclared: readonly (readonly [name: string, type: string])[] = [
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
];

/** Why its messages are gone when a queue is; otherwise because it was deleted. */
const dropReasons: Partial<Record<QueueEnd, 'queue-expired' | 'broker-stopped'>> = {
  expired: 'queue-expired',
  'broker-stopped': 'broker-stopped',
};

/** A death that waits until what brought it about is done. */
interface PendingDeath {
  readonly from: Queue;
  readonly publication: Publication;
  readonly reason: DeathReason;
  readonly cause: number;
}

/** The exchanges, bindings and queues, and how a message gets from the ones to the others. */
export class VirtualHost implements QueueHost {
  readonly log: RabbitLog;
  readonly topology: TopologyLog;
  readonly version: Version;
  readonly exchanges = new Map<string, Exchange>();
  readonly queues = new Map<string, Queue>();
  /** Connections. */
  readonly sessions = new Set<Session>();
  /** Who waits for direct replies, by address. */
  readonly replies = new Map<string, Channel>();
  readonly #port: BrokerPort;
  readonly #router: Router;
  readonly #deaths: PendingDeath[] = [];
  #burying = false;
  #policies = new Policies();
  #connections = 0;
  #bindings = 0;
  readonly #epochMs: number;
  isStopped = false;
  /** What connections that publish are told while they are blocked; undefined: they are not. */
  alarmReason: string | undefined;

  constructor(name: string, version: Version, port: BrokerPort) {
    this.#port = port;
    this.version = version;
    this.log = new RabbitLog(name, port);
    this.topology = new TopologyLog(name, port);
    this.#router = new Router(this.exchanges);
    this.#epochMs = Date.parse(port.timeText(0));
    for (const [exchange, type] of predeclared)
      this.#addExchange({ name: exchange, type, durable: true, autoDelete: false, internal: false, arguments: {} });
  }

  get nowMs(): number {
    return this.#port.nowMs;
  }

  wakeAt(atMs: number, wake: () => void): Wake {
    return this.#port.wakeAt(atMs, () => {
      wake();
      this.bury();
    });
  }

  /** All connections have ended. What is durable stays. */
  stop(cause: number): void {
    this.bury();
    this.isStopped = true;
    const by = { cause };
    for (const queue of [...this.queues.values()])
      if (queue.durable) queue.stop(cause);
      else this.remove(queue, 'broker-stopped', by);
    for (const exchange of [...this.exchanges.values()])
      if (!exchange.durable && this.exchanges.has(exchange.name)) this.#removeExchange(exchange, 'broker-stopped', by);
  }

  start(): void {
    this.isStopped = false;
    for (const queue of this.queues.values()) queue.start();
    this.bury();
  }

  /** Whoever is blocked goes on once no resource is low. */
  alarm(lowOn: ReadonlySet<Resource>, cause: number): void {
    // In this order, whichever came first, as was recorded.
    this.alarmReason = lowOn.size === 0 ? undefined : `low on ${[...lowOn].sort().join(' & ')}`;
    if (this.alarmReason === undefined) for (const session of [...this.sessions]) session.unblock(cause);
  }

  /** From now on these are the policies, also for what is there already. */
  set policies(policies: Policies) {
    this.#policies = policies;
    this.#router.forget();
    for (const exchange of this.exchanges.values()) exchange.policy = policies.of('exchange', exchange.name);
    for (const queue of this.queues.values())
      queue.settings = queueSettings(queue, this.version, policies.of(targetOf(queue), queue.name));
    this.bury();
  }

  /** A name that nobody else has: `amq.gen-…`. */
  generate(prefix: string): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    let name = prefix;
    for (let at = 0; at < 22; at++) name += letters[Math.floor(this.#port.chance() * letters.length)] ?? '';
    return name;
  }

  nextSubscription(): string {
    return this.#port.nextId('subscription');
  }

  nextConnection(): string {
    return `c_${String(++this.#connections)}`;
  }

  exchange(name: string, by: Origin): Exchange {
    const exchange = this.exchanges.get(name);
    if (exchange === undefined) throw notFound(`no ${named('exchange', name)}`);
    // Those that are there from the beginning are told of when somebody first names them.
    if (!exchange.isKnown) this.#tell(exchange, by);
    return exchange;
  }

  queue(name: string): Queue {
    const queue = this.queues.get(name);
    if (queue === undefined) throw notFound(`no ${named('queue', name)}`);
    return queue;
  }

  declareExchange(spec: ExchangeSpec, by: Origin): void {
    checkExchangeType(spec.type);
    checkNotDefault(spec.name);
    const known = this.exchanges.get(spec.name);
    if (known === undefined) {
      checkName('exchange', spec.name);
      const alternate = spec.arguments['alternate-exchange'];
      if (alternate !== undefined && typeof alternate !== 'string')
        throw preconditionFailed(
          `invalid type '${typeOf(alternate)}' for arg 'alternate-exchange' in ${named('exchange', spec.name)}`,
        );
      this.#tell(this.#addExchange(spec), by);
      return;
    }
    if (!known.isKnown) this.#tell(known, by);
    const same = new Equivalence('exchange', spec.name);
    same.field('type', known.type, spec.type);
    same.field('durable', known.durable, spec.durable);
    same.field('auto_delete', known.autoDelete, spec.autoDelete);
    same.field('internal', known.internal, spec.internal);
    same.arguments(['alternate-exchange'], known.arguments, spec.arguments);
  }

  deleteExchange(name: string, ifUnused: boolean, by: Origin): void {
    checkNotDefault(name);
    if (name.startsWith('amq.')) throw accessRefused(`deletion of system ${named('exchange', name)} not allowed`);
    const exchange = this.exchanges.get(name);
    if (exchange === undefined) return;
    if (ifUnused && exchange.hasBindings) throw preconditionFailed(`${named('exchange', name)} in use`);
    this.#removeExchange(exchange, 'asked', by);
  }

  declareQueue(spec: QueueSpec, by: Origin): Queue {
    const known = this.queues.get(spec.name);
    if (known === undefined) {
      checkQueue(spec, this.version);
      const policy = this.#policies.of(targetOf(spec), spec.name);
      const queue = new Queue(spec, queueSettings(spec, this.version, policy), this);
      this.queues.set(spec.name, queue);
      this.topology.queueDeclared(queue, by);
      return queue;
    }
    known.checkOwner(spec.owner);
    const same = new Equivalence('queue', spec.name);
    same.field('durable', known.durable, spec.durable);
    same.field('auto_delete', known.autoDelete, spec.autoDelete);
    same.arguments(
      comparedArguments(known.settings.type, known.arguments, spec.arguments),
      known.arguments,
      spec.arguments,
    );
    known.renewLease();
    return known;
  }

  deleteQueue(queue: Queue, conditions: { ifUnused: boolean; ifEmpty: boolean }, by: Origin): number {
    if (queue.settings.type === 'quorum') refuseConditions(queue.name, conditions);
    if (conditions.ifUnused && queue.consumers.size > 0)
      throw preconditionFailed(`${named('queue', queue.name)} in use`);
    if (conditions.ifEmpty && queue.ready > 0) throw preconditionFailed(`${named('queue', queue.name)} not empty`);
    return this.remove(queue, 'asked', by);
  }

  /** Returns how many messages were ready in it. */
  remove(queue: Queue, why: QueueEnd, by: Origin = { cause: 0 }): number {
    if (queue.gone) return 0;
    this.queues.delete(queue.name);
    queue.end();
    for (const consumer of queue.consumers.all) consumer.channel.queueGone(consumer, by.cause);
    this.#unbindAll(queue.incoming, by);
    const ready = queue.purge(dropReasons[why] ?? 'queue-deleted', by.cause);
    this.topology.queueDeleted(queue.name, why, by);
    return ready;
  }

  bind(
    from: string,
    { to, key, args }: { to: Destination | undefined; key: string; args: Table },
    by: Origin,
    { missing, check }: { missing: () => never; check?: () => void },
  ): void {
    const source = this.exchange(from, by);
    if (to === undefined) return missing();
    if (source.type === 'headers') checkHeadersBinding(args);
    // Whose queue it is, is asked last (rabbit_binding:add).
    check?.();
    const added = source.bind(to, key, args, () => `b_${String(++this.#bindings)}`);
    this.#router.forget();
    if (added) this.topology.bindingAdded(added, by);
  }

  /** What does not exist need not be unbound. */
  unbind(from: string, { to, key, args }: { to: Destination | undefined; key: string; args: Table }, by: Origin): void {
    const source = this.exchanges.get(from);
    const removed = to && source?.unbind(to, key, args);
    if (source === undefined || removed === undefined) return;
    this.#router.forget();
    this.topology.bindingRemoved(removed, by);
    this.#autoDelete(source, by);
  }

  /** Where a publication goes; undefined is the default exchange. */
  route(exchange: Exchange | undefined, publication: Publication): Routing {
    if (exchange) {
      const { routingKeys, properties } = publication;
      return this.#router.route(exchange, { routingKeys, headers: properties.headers });
    }
    // The default exchange: every queue is bound to it by its own name.
    const queues: Queue[] = [];
    for (const key of publication.routingKeys) {
      const queue = this.queues.get(key);
      if (queue && !queues.includes(queue)) queues.push(queue);
    }
    return { queues: classicFirst(queues), bindings: [], alternates: undefined };
  }

  deadLetter(from: Queue, publication: Publication, reason: DeathReason, cause: number): void {
    this.#deaths.push({ from, publication, reason, cause });
  }

  /** Publishes what has died, which may make more die. Called when a method or a timer is done. */
  bury(): void {
    if (this.#burying || this.#deaths.length === 0) return;
    this.#burying = true;
    for (let death = this.#deaths.shift(); death !== undefined; death = this.#deaths.shift()) this.#bury(death);
    this.#burying = false;
  }

  /** A dead letter exchange that is missing, or routes nowhere, drops without a word. */
  #bury({ from, publication, reason, cause }: PendingDeath): void {
    const exchange = from.settings.deadLetterExchange ?? '';
    const time = Math.floor((this.#epochMs + this.nowMs) / 1_000);
    const dead = deadMessage(publication, {
      queue: from,
      reason,
      exchange,
      readsPublished: readsPublishedDeaths(this.version),
      time,
    });
    const through = exchange === '' ? undefined : this.exchanges.get(exchange);
    const routing = exchange !== '' && through === undefined ? undefined : this.route(through, dead);
    const { queues: reached = [] } = routing ?? {};
    const { headers } = dead.properties;
    const queues = reason === 'rejected' ? reached : reached.filter(({ name }) => !isCycle(headers, name));
    const [first] = queues;
    if (first === undefined || routing === undefined) {
      this.log.dropped(publication.message, from.name, reason, cause, exchange);
      return;
    }
    const seq = this.log.deadLettered(dead, { queue: from.name, to: first.name, reason, routing }, cause);
    for (const queue of queues) queue.publish(dead, seq, undefined);
  }

  #addExchange(spec: ExchangeSpec): Exchange {
    const exchange = new Exchange(spec);
    exchange.policy = this.#policies.of('exchange', spec.name);
    this.exchanges.set(spec.name, exchange);
    this.#router.forget();
    return exchange;
  }

  #tell(exchange: Exchange, by: Origin): void {
    exchange.isKnown = true;
    this.topology.exchangeDeclared(exchange, by);
  }

  #removeExchange(exchange: Exchange, why: ExchangeEnd, by: Origin): void {
    this.exchanges.delete(exchange.name);
    this.#router.forget();
    this.topology.exchangeDeleted(exchange.name, why, by);
    for (const { destination, key, arguments: args } of exchange.outgoing) exchange.unbind(destination, key, args);
    this.#unbindAll(exchange.incoming, by);
  }

  #unbindAll(bindings: ReadonlySet<Binding>, by: Origin): void {
    this.#router.forget();
    for (const { source, destination, key, arguments: args } of [...bindings])
      if (source.unbind(destination, key, args)) this.#autoDelete(source, by);
  }

  /** An auto-delete exchange goes with its last binding. */
  #autoDelete(exchange: Exchange, by: Origin): void {
    if (exchange.autoDelete && !exchange.hasBindings && this.exchanges.has(exchange.name))
      this.#removeExchange(exchange, 'unused', by);
  }
}

/** Source: rabbit_quorum_queue:delete. */
function refuseConditions(name: string, { ifUnused, ifEmpty }: { ifUnused: boolean; ifEmpty: boolean }): void {
  const flag = ifUnused ? 'if-unused' : ifEmpty ? 'if-empty' : undefined;
  if (flag !== undefined)
    throw notImplemented(
      `cannot delete ${named('queue', name)}. queue.delete operations with ${flag} flag set are not supported by quorum queues`,
    );
}

export function checkNotDefault(name: string): void {
  if (name === '') throw accessRefused('operation not permitted on the default exchange');
}

export function checkName(kind: 'queue' | 'exchange', name: string): void {
  if (name.startsWith('amq.')) throw accessRefused(`${kind} name '${name}' contains reserved prefix 'amq.*'`);
}

function targetOf({ arguments: args }: QueueSpec): Target {
  return args['x-queue-type'] === 'quorum' ? 'quorum' : 'classic';
}
