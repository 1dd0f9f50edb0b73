import type { Handed } from '../broker';
import type { Bytes } from './bytes';
import { PendingList } from './pending-list';
import type { StreamId } from './stream-id';

/** An entry that was delivered and not acknowledged. */
export interface Pending {
  readonly id: StreamId;
  consumer: Consumer;
  deliveredAtMs: number;
  deliveries: number;
  /** Its latest delivery, where the log knows of the message. */
  handed?: Handed | undefined;
}

export class Consumer {
  readonly name: Bytes;
  readonly pending = new PendingList<Pending>();
  seenAtMs: number;

  constructor(name: Bytes, nowMs: number) {
    this.name = name;
    this.seenAtMs = nowMs;
  }
}

/**
 * A consumer group: how far it has read, and what of it is pending, as a whole and by consumer. Both lists hold the same
 * things.
 */
export class ConsumerGroup {
  readonly name: Bytes;
  lastDelivered: StreamId;
  /** How many entries it has read since the stream began; undefined when that cannot be told. */
  entriesRead: number | undefined;
  readonly pending = new PendingList<Pending>();
  readonly #consumers = new Map<Bytes, Consumer>();

  constructor(name: Bytes, lastDelivered: StreamId, entriesRead: number | undefined) {
    this.name = name;
    this.lastDelivered = lastDelivered;
    this.entriesRead = entriesRead;
  }

  /** By name, in order. */
  get consumers(): readonly Consumer[] {
    return [...this.#consumers.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  get consumerCount(): number {
    return this.#consumers.size;
  }

  known(name: Bytes): Consumer | undefined {
    return this.#consumers.get(name);
  }

  /** Whoever acts as a consumer becomes one. */
  consumer(name: Bytes, nowMs: number): Consumer {
    let consumer = this.#consumers.get(name);
    if (consumer === undefined) this.#consumers.set(name, (consumer = new Consumer(name, nowMs)));
    consumer.seenAtMs = nowMs;
    return consumer;
  }

  /** What the consumer had pending is nobody's any more. Returns that. */
  removeConsumer(name: Bytes): readonly Pending[] {
    const consumer = this.#consumers.get(name);
    if (consumer === undefined) return [];
    this.#consumers.delete(name);
    const left = [...consumer.pending.from({ ms: 0, seq: 0 })];
    for (const { id } of left) this.pending.delete(id);
    return left;
  }

  /** Delivered for the first time, or again because the group was moved back: its counter starts again. */
  delivered(id: StreamId, consumer: Consumer, nowMs: number): Pending {
    const pending = this.pending.get(id);
    if (pending === undefined) {
      const first: Pending = { id, consumer, deliveredAtMs: nowMs, deliveries: 1 };
      this.#add(first);
      return first;
    }
    this.give(pending, consumer);
    pending.deliveredAtMs = nowMs;
    pending.deliveries = 1;
    return pending;
  }

  /** Another consumer has it from now on. */
  give(pending: Pending, consumer: Consumer): void {
    if (pending.consumer === consumer) return;
    pending.consumer.pending.delete(pending.id);
    pending.consumer = consumer;
    consumer.pending.add(pending);
  }

  /** It is not pending any more. Undefined when it was not. */
  settle(id: StreamId): Pending | undefined {
    const pending = this.pending.delete(id);
    pending?.consumer.pending.delete(id);
    return pending;
  }

  #add(pending: Pending): void {
    this.pending.add(pending);
    pending.consumer.pending.add(pending);
  }
}
