import { wholeMicroseconds } from '../../kernel/instant';
import type { DeathReason } from '../../log/entry';
import { accessRefused, named, resourceLocked } from './amqp-error';
import type { Binding } from './binding';
import type { Consumer } from './consumer';
import type { Held } from './held';
import { QueueConsumers } from './queue-consumers';
import { QueueLimits } from './queue-limits';
import type { QueueHost } from './queue-host';
import type { QueueSettings, QueueSpec } from './queue-settings';
import { readyMessages, type ReadyMessages } from './ready-messages';
import { StoredMessage, type Publication } from './stored-message';
import { countsTowardsLimit, freesTwiceAtLimit } from './version';

/**
 * A queue. A message in it is ready, or held unacked by a channel, and always exactly one of the two.
 *
 * Invariants
 * 1. When nothing is being done to the queue, nothing is ready that a consumer could take.
 * 2. A message whose time is over never stands first, unless it came to a classic queue with its time over and passed others by
 *    its priority: the queue does not look then.
 * 3. A message costs the same whatever waits behind it.
 */
export class Queue implements QueueSpec {
  readonly kind = 'queue';
  readonly name: string;
  readonly durable: boolean;
  readonly owner: object | undefined;
  readonly autoDelete: boolean;
  readonly arguments: QueueSpec['arguments'];
  #settings: QueueSettings;
  /** Bindings that lead here. */
  readonly incoming = new Set<Binding>();
  readonly consumers: QueueConsumers;
  readonly #host: QueueHost;
  readonly #ready: ReadyMessages;
  readonly #limits: QueueLimits;
  /** Number of the last routing that came by. */
  visit = 0;
  /** Deleted: what a channel still holds of it is of no account any more. */
  gone = false;
  #unacked = 0;
  #positions = 0;
  #expiry: { readonly atMs: number; cancel(): void } | undefined;
  #lease: { cancel(): void } | undefined;

  constructor(spec: QueueSpec, settings: QueueSettings, host: QueueHost) {
    this.name = spec.name;
    this.durable = spec.durable;
    this.owner = spec.owner;
    this.autoDelete = spec.autoDelete;
    this.arguments = spec.arguments;
    this.#settings = settings;
    this.#host = host;
    this.#limits = new QueueLimits(settings);
    this.consumers = new QueueConsumers(settings);
    this.#ready = readyMessages(settings, host.version);
    this.renewLease();
  }

  get settings(): QueueSettings {
    return this.#settings;
  }

  /**
   * Policies have changed. Limits count at once, and its time begins anew; how long a message lives was decided when it came
   * (rabbitmq.com/docs/policies).
   */
  set settings(settings: QueueSettings) {
    this.#settings = settings;
    this.#limits.settings = settings;
    this.#lease?.cancel();
    this.renewLease();
    this.#dropHead();
  }

  get ready(): number {
    return this.#ready.length;
  }

  get unacked(): number {
    return this.#unacked;
  }

  /** As the broker reports it: of a quorum queue also whoever no longer consumes but holds messages. */
  get consumerCount(): number {
    return this.consumers.size + (this.settings.type === 'quorum' ? this.consumers.lingering : 0);
  }

  /** As the answer to a declaration tells: of a quorum queue that has a single active one without those who wait (rabbit_fifo:query_stat). */
  get declaredConsumerCount(): number {
    const { type, singleActiveConsumer } = this.settings;
    if (type === 'classic' || !singleActiveConsumer) return this.consumerCount;
    return Math.min(this.consumers.size, 1) + this.consumers.lingering;
  }

  /** Refuses whoever is not the owner of an exclusive queue. */
  checkAccess(connection: object): void {
    if (this.owner !== undefined) this.checkOwner(connection);
  }

  /** Refuses a redeclaration that is not by its owner, or not exclusive as the first one was. */
  checkOwner(owner: object | undefined): void {
    if (this.owner === owner) return;
    throw resourceLocked(
      `cannot obtain exclusive access to locked ${named('queue', this.name)}. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration.`,
    );
  }

  /** Takes a copy. `publisher`: the channel's; a dead letter has none. False when the queue is full and refuses it. */
  publish(publication: Publication, cause: number, publisher: object | undefined): boolean {
    const { log } = this.#host;
    if (this.#limits.refuses(publication.content.length, publisher)) {
      if (this.settings.overflow === 'reject-publish-dlx' && this.settings.deadLetterExchange !== undefined)
        this.#host.deadLetter(this, publication, 'maxlen', cause);
      else log.dropped(publication.message, this.name, 'queue-full', cause);
      return false;
    }
    const message = this.#store(publication, cause);
    const consumer = this.#ready.length === 0 ? this.consumers.next() : undefined;
    if (consumer) this.#deliver(message, consumer);
    else {
      this.#ready.push(message);
      this.#limits.entered(message);
      // A classic queue looks for what has expired only then (rabbit_amqqueue_process:deliver_or_enqueue).
      if (this.#dropHead() || this.#ready.length === 1 || this.settings.type === 'quorum') this.#dropExpired();
      if (this.settings.singleActiveConsumer) this.pump();
    }
    return true;
  }

  subscribe(consumer: Consumer): void {
    if (this.consumers.refuses(consumer)) throw accessRefused(`${named('queue', this.name)} in exclusive use`);
    this.#lease?.cancel();
    this.consumers.add(consumer);
  }

  /** Hands out what is ready to whoever has room. */
  pump(): void {
    if (this.settings.type === 'quorum') this.#dropExpired();
    while (this.#ready.length > 0) {
      const consumer = this.consumers.next();
      if (consumer === undefined) return;
      const message = this.#take() as StoredMessage;
      this.#deliver(message, consumer);
      this.#dropExpired();
    }
  }

  /** The consumer gets nothing more. An auto-delete queue goes with its last one. `cancelled`: it asked for that itself. */
  unsubscribe(consumer: Consumer, cancelled: boolean): void {
    if (this.gone || !this.consumers.remove(consumer)) return;
    if (this.consumers.size === 0) {
      if (this.autoDelete) {
        this.#host.remove(this, 'unused');
        return;
      }
      this.renewLease();
    }
    // The successor in a classic queue gets nothing before something else happens to the queue, as was recorded.
    if (cancelled && this.settings.type === 'quorum') this.pump();
  }

  /** The first message for `basic.get`, and how many are ready after it. */
  get(noAck: boolean): { readonly message: StoredMessage; readonly left: number } | undefined {
    const isQuorum = this.settings.type === 'quorum';
    this.renewLease();
    if (isQuorum) this.#dropExpired();
    const message = this.#take();
    if (message === undefined) return undefined;
    if (!noAck) {
      this.#unacked++;
      this.consumers.getsHeld++;
    }
    const { ready } = this;
    this.#dropExpired();
    // A quorum queue has answered before it looks for what has expired, unless an automatic ack makes it look (rabbit_fifo: dequeue).
    return { message, left: isQuorum && !noAck ? ready : this.ready };
  }

  /** What a channel held is settled for good. */
  acked(held: readonly Held[]): void {
    for (const each of held) this.#release(each);
    if (this.#mayMakeRoom(held)) this.pump();
  }

  /** A consumer refused it and it does not come back. */
  discarded(held: readonly Held[], cause: number): void {
    for (const each of held) this.#release(each);
    for (const { message } of held) this.#die(message, 'rejected', cause);
    if (this.#mayMakeRoom(held)) this.pump();
  }

  /** It comes back: a consumer asked for that, or went away without a word. */
  requeued(held: readonly Held[], how: 'nack' | 'reject' | 'lost', causeOf: (held: Held) => number): void {
    const { log, version } = this.#host;
    const { deliveryLimit = Infinity } = this.settings;
    for (const each of held) this.#release(each);
    const back: StoredMessage[] = [];
    for (const each of held) {
      const { message } = each;
      const cause = causeOf(each);
      message.redelivered = true;
      message.deliveries++;
      if (countsTowardsLimit(version, how)) message.strikes++;
      if (message.strikes > deliveryLimit) {
        this.#die(message, 'delivery_limit', cause);
        if (each.consumer && how !== 'lost' && freesTwiceAtLimit(version)) each.consumer.surplus++;
        continue;
      }
      message.cause = log.requeued(message, this.name, each.handed.id, cause);
      this.#limits.entered(message);
      back.push(message);
    }
    for (const part of this.#atOnce(back, how)) {
      this.#ready.giveBack(part, how === 'lost' ? 'dropped' : 'asked');
      // A quorum queue hands out before it looks at its limit (rabbit_fifo:checkout).
      if (this.settings.type === 'quorum') this.pump();
      this.#dropHead();
      this.#dropExpired();
      this.pump();
    }
  }

  /** A quorum queue without a delivery limit takes back one message after another (rabbit_fifo: requeue). */
  #atOnce(back: StoredMessage[], how: 'nack' | 'reject' | 'lost'): StoredMessage[][] {
    const { type, deliveryLimit } = this.settings;
    if (type === 'classic' || deliveryLimit !== undefined || how === 'lost') return [back];
    return back.map((message) => [message]);
  }

  /** Removes what is ready, and says how much that was. */
  purge(why: 'purged' | 'queue-deleted' | 'queue-expired' | 'broker-stopped', cause: number): number {
    const count = this.#ready.length;
    for (let message = this.#take(); message !== undefined; message = this.#take())
      this.#host.log.dropped(message.publication.message, this.name, why, cause);
    this.#dropExpired();
    return count;
  }

  /** A queue that expires was used: its time begins anew. */
  renewLease(): void {
    const { expiresMs } = this.settings;
    if (expiresMs === undefined || this.consumers.size > 0) return;
    this.#lease?.cancel();
    this.#lease = this.#host.wakeAt(this.#host.nowMs + expiresMs, () => {
      if (!this.gone && this.consumers.size === 0) this.#host.remove(this, 'expired');
    });
  }

  /**
   * The broker stops, and nobody holds a message any more. A classic queue has on disk what was published as persistent, a
   * quorum queue everything.
   */
  stop(cause: number): void {
    this.#lease?.cancel();
    this.#expiry?.cancel();
    this.#expiry = undefined;
    if (this.settings.type === 'quorum') return;
    const kept: StoredMessage[] = [];
    for (let message = this.#take(); message !== undefined; message = this.#take()) {
      const { publication } = message;
      if (publication.properties.deliveryMode === 2) kept.push(message);
      else this.#host.log.dropped(publication.message, this.name, 'broker-stopped', cause);
    }
    for (const message of kept) {
      this.#ready.push(message);
      this.#limits.entered(message);
    }
  }

  /** The broker is up again. */
  start(): void {
    this.renewLease();
    this.#dropExpired();
  }

  /** Takes what is meant out of what is ready; the rest stays in its order. */
  takeOut(isMeant: (publication: Publication) => boolean): Publication[] {
    this.#dropExpired();
    const all: StoredMessage[] = [];
    for (let message = this.#take(); message !== undefined; message = this.#take()) all.push(message);
    const rest = all.filter(({ publication }) => !isMeant(publication));
    for (const message of rest) this.#limits.entered(message);
    this.#ready.giveBack(rest, 'asked');
    this.#dropExpired();
    return all.filter(({ publication }) => isMeant(publication)).map(({ publication }) => publication);
  }

  /** Nothing of it happens any more. */
  end(): void {
    this.gone = true;
    this.#lease?.cancel();
    this.#expiry?.cancel();
  }

  #store(publication: Publication, cause: number): StoredMessage {
    const { expiration, priority = 0 } = publication.properties;
    const own = expiration === undefined ? Infinity : Number(expiration);
    const livesMs = Math.min(this.settings.messageTtlMs ?? Infinity, own);
    // As the agenda counts: a wake a moment before the time would find nothing expired, and ask for the same wake again.
    const expiresAtMs = wholeMicroseconds(this.#host.nowMs + livesMs);
    const stored = new StoredMessage(publication, this.#positions++, priority, expiresAtMs, cause);
    stored.cause = this.#host.log.enqueued(publication.message, this.name, cause);
    return stored;
  }

  #take(): StoredMessage | undefined {
    const message = this.#ready.shift();
    if (message) this.#limits.left(message);
    return message;
  }

  #deliver(message: StoredMessage, consumer: Consumer): void {
    if (!consumer.noAck) {
      consumer.unacked++;
      this.#unacked++;
    }
    consumer.channel.deliver(consumer, message);
    this.consumers.served(consumer);
  }

  /** Whether somebody who gets messages has settled some. */
  #mayMakeRoom(held: readonly Held[]): boolean {
    if (!this.settings.singleActiveConsumer) return true;
    return held.some(({ consumer }) => consumer?.cancelled === false);
  }

  #release({ consumer }: Held): void {
    this.#unacked--;
    if (consumer === undefined) this.consumers.getsHeld--;
    else {
      consumer.unacked--;
      this.consumers.released(consumer);
    }
  }

  /** Says whether it has dropped any. */
  #dropHead(): boolean {
    if (this.settings.overflow !== 'drop-head') return false;
    let hasDropped = false;
    while (this.#limits.isOver) {
      const message = this.#take();
      if (message === undefined) break;
      this.#die(message, 'maxlen', message.cause);
      hasDropped = true;
    }
    return hasDropped;
  }

  #dropExpired(): void {
    let first = this.#ready.first;
    while (first !== undefined && first.expiresAtMs <= this.#host.nowMs) {
      this.#take();
      this.#die(first, 'expired', first.cause);
      first = this.#ready.first;
    }
    const atMs = first?.expiresAtMs ?? Infinity;
    if (atMs === (this.#expiry?.atMs ?? Infinity)) return;
    this.#expiry?.cancel();
    this.#expiry = undefined;
    if (atMs === Infinity) return;
    const wake = this.#host.wakeAt(atMs, () => {
      this.#expiry = undefined;
      if (!this.gone) this.#dropExpired();
    });
    this.#expiry = { atMs, cancel: () => wake.cancel() };
  }

  #die({ publication }: StoredMessage, reason: DeathReason, cause: number): void {
    if (this.settings.deadLetterExchange !== undefined) this.#host.deadLetter(this, publication, reason, cause);
    else this.#host.log.dropped(publication.message, this.name, reason, cause);
  }
}
