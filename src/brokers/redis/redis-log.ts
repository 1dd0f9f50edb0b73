import type { Message } from '../../log/envelope';
import type { BrokerPort } from '../broker';
import { textOf, type Bytes } from './bytes';
import type { ConsumerGroup } from './consumer-group';
import type { SubscriptionSpace } from './pub-sub';
import type { Stream } from './stream';
import { textOfId } from './stream-id';

/** Trimmed, deleted, gone with its stream, or pending for a consumer that was deleted. */
export type RemovalReason = 'maxlen' | 'purged' | 'queue-deleted' | 'consumer-gone';

/** What the broker writes into the log. What is returned is the `seq` of the last entry. */
export class RedisLog {
  readonly #broker: string;
  readonly #port: BrokerPort;

  constructor(broker: string, port: BrokerPort) {
    this.#broker = broker;
    this.#port = port;
  }

  /** To subscribers at once, or nobody hears it and it is lost. */
  published({ id }: Message, to: { channel: Bytes; subscriptions: readonly string[] }, cause: number): number {
    const { subscriptions } = to;
    const seq = this.#routed(id, { subscriptions, queues: [], channel: textOf(to.channel) }, cause);
    if (subscriptions.length > 0) return seq;
    return this.#port.append({
      type: 'message.dropped',
      cause: seq,
      message: id,
      broker: this.#broker,
      reason: 'no-subscriber',
    });
  }

  /** Nobody was there to take it. */
  stopped({ id }: Message, cause: number): void {
    this.#port.append({ type: 'message.dropped', cause, message: id, broker: this.#broker, reason: 'broker-stopped' });
  }

  /** Into a stream, which keeps it. */
  added({ id }: Message, stream: string, cause: number): number {
    const port = this.#port;
    const routed = this.#routed(id, { subscriptions: [], queues: [stream], channel: undefined }, cause);
    return port.write({
      seq: port.nextSeq,
      atMs: port.nowMs,
      type: 'message.enqueued',
      cause: routed,
      message: id,
      broker: this.#broker,
      queue: stream,
    });
  }

  /** Out of a stream: trimmed, deleted, or gone with it. */
  removed({ id }: Message, queue: string, reason: RemovalReason, cause: number): void {
    this.#port.append({ type: 'message.dropped', cause, message: id, broker: this.#broker, queue, reason });
  }

  /** What a consumer had is given to one again. */
  requeued({ id }: Message, queue: string, delivery: string, cause: number): number {
    return this.#port.append({ type: 'message.requeued', cause, message: id, broker: this.#broker, queue, delivery });
  }

  /** `queue`: the stream that a consumer group reads. */
  subscribed(facts: {
    subscription: string;
    process: string;
    listener: string;
    pattern: string;
    queue?: string;
    group?: string;
    space?: SubscriptionSpace;
    cause: number;
    where: string | undefined;
  }): void {
    const { space = 'channel', ...rest } = facts;
    const kind = space === 'channel' ? {} : { space };
    this.#port.append({ type: 'listener.subscribed', ...rest, broker: this.#broker, attempts: 1, ...kind });
  }

  groupCreated(stream: Bytes, group: ConsumerGroup, cause: number): void {
    this.#port.append({
      type: 'group.created',
      cause,
      broker: this.#broker,
      queue: textOf(stream),
      group: textOf(group.name),
      lastId: textOfId(group.lastDelivered),
    });
  }

  /** A consumer has read, claimed, acknowledged, come or gone. */
  groupMoved(key: Bytes, stream: Stream, group: ConsumerGroup, cause: number): void {
    const lag = stream.lagOf(group);
    this.#port.append({
      type: 'group.moved',
      cause,
      broker: this.#broker,
      queue: textOf(key),
      group: textOf(group.name),
      lastId: textOfId(group.lastDelivered),
      pending: Object.fromEntries(group.consumers.map(({ name, pending }) => [textOf(name), pending.size])),
      ...(lag !== undefined && { lag: Math.max(0, lag) }),
    });
  }

  groupDestroyed(stream: Bytes, group: Bytes, cause: number): void {
    this.#port.append({
      type: 'group.destroyed',
      cause,
      broker: this.#broker,
      queue: textOf(stream),
      group: textOf(group),
    });
  }

  unsubscribed(facts: { subscription: string; process: string; listener: string; cause: number }): void {
    this.#port.append({ type: 'listener.unsubscribed', ...facts, broker: this.#broker });
  }

  #routed(
    message: string,
    to: { subscriptions: readonly string[]; queues: readonly string[]; channel: string | undefined },
    cause: number,
  ): number {
    const port = this.#port;
    return port.write({
      seq: port.nextSeq,
      atMs: port.nowMs,
      type: 'message.routed',
      cause,
      message,
      broker: this.#broker,
      subscriptions: to.subscriptions,
      queues: to.queues,
      channel: to.channel,
    });
  }
}
