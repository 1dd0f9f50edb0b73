import type { Channel } from './channel';
import type { Consumer } from './consumer';
import type { QueueSettings } from './queue-settings';
import { Rotation } from './rotation';

/** Who consumes from a queue, and who gets the next message. */
export class QueueConsumers {
  readonly #settings: QueueSettings;
  readonly #rotation: Rotation;
  /** In order of arrival. */
  readonly #all = new Set<Consumer>();
  /** With `x-single-active-consumer`: the one that gets messages. */
  #active: Consumer | undefined;
  /** Cancelled, but they hold messages still. */
  readonly #cancelled = new Set<Consumer>();
  /** Messages that `basic.get` took and nobody acked. */
  getsHeld = 0;

  constructor(settings: QueueSettings) {
    this.#settings = settings;
    this.#rotation = new Rotation(settings.type);
  }

  get size(): number {
    return this.#all.size;
  }

  get lingering(): number {
    return this.#cancelled.size + this.getsHeld;
  }

  get all(): readonly Consumer[] {
    return [...this.#all];
  }

  /**
   * An exclusive consumer is alone; a queue with a single active one has no exclusive ones. Quorum queues take no notice of
   * the wish.
   */
  refuses({ exclusive }: Consumer): boolean {
    if (this.#settings.type === 'quorum') return false;
    const isTaken = [...this.#all].some((other) => other.exclusive);
    return isTaken || (exclusive && (this.#all.size > 0 || this.#settings.singleActiveConsumer));
  }

  add(consumer: Consumer): void {
    this.#all.add(consumer);
    this.#rotation.add(consumer);
    this.#active ??= consumer;
  }

  /** False when it was none. */
  remove(consumer: Consumer): boolean {
    if (!this.#all.delete(consumer)) return false;
    this.#rotation.remove(consumer);
    if (consumer.unacked > 0) this.#cancelled.add(consumer);
    if (consumer === this.#active) this.#active = this.#successor();
    return true;
  }

  /** Takes whoever has room and whose turn it is. */
  next(): Consumer | undefined {
    if (!this.#settings.singleActiveConsumer) return this.#rotation.next();
    return this.#active?.hasRoom === true ? this.#active : undefined;
  }

  served(consumer: Consumer): void {
    if (!this.#settings.singleActiveConsumer) this.#rotation.served(consumer);
  }

  /** It holds one message less. Where a channel shares a limit, the queue hears that it may have more only later: `recallAll`. */
  released(consumer: Consumer): void {
    if (consumer.unacked === 0) this.#cancelled.delete(consumer);
    if (this.#settings.type === 'quorum' || !consumer.channel.deliveries.isLimited) this.#rotation.recall(consumer);
  }

  /** The limit that the consumers of a channel share may leave room again. */
  recallAll(channel: Channel): void {
    this.#rotation.recallAll(channel);
  }

  /**
   * Who becomes active: in a classic queue the highest priority and among equals the oldest, in a quorum queue the oldest.
   * As RabbitMQ 3.10 was recorded.
   */
  #successor(): Consumer | undefined {
    const waiting = [...this.#all];
    if (this.#settings.type === 'quorum') return waiting[0];
    return waiting.reduce<Consumer | undefined>(
      (best, each) => (best === undefined || each.priority > best.priority ? each : best),
      undefined,
    );
  }
}
