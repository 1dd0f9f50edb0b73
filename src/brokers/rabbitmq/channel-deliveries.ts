import { named, notImplemented, preconditionFailed, resourceLocked } from './amqp-error';
import type { Channel } from './channel';
import type { Consumer } from './consumer';
import type { Held } from './held';
import type { MethodOf, Properties } from './protocol';
import type { Queue } from './queue';
import type { StoredMessage } from './stored-message';
import { byName } from './values';

type Settling = MethodOf<'basic.ack' | 'basic.nack' | 'basic.reject' | 'basic.recover'>;

/** What a channel has delivered, and what of it is not settled yet. Tags count over the whole channel. */
export class Deliveries {
  readonly #channel: Channel;
  /** By tag, in order. */
  readonly #held = new Map<number, Held>();
  #tags = 0;
  /** Limit for all consumers of the channel together, and what counts against it; 0 is none. */
  #limit = 0;
  #volume = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  get hasRoom(): boolean {
    return this.#limit === 0 || this.#volume < this.#limit;
  }

  get isLimited(): boolean {
    return this.#limit > 0;
  }

  /** What is out already counts once there is a limit, what `basic.get` took included. Source: rabbit_limiter. */
  set limit(limit: number) {
    if (limit === 0) this.#volume = 0;
    else if (this.#limit === 0) this.#volume = this.#held.size;
    this.#limit = limit;
  }

  /** The tag that the next delivery will have. */
  get comingTag(): number {
    return this.#tags + 1;
  }

  deliver(consumer: Consumer, message: StoredMessage): void {
    const { queue, noAck } = consumer;
    const { publication, redelivered } = message;
    const deliveryTag = ++this.#tags;
    const handed = this.#channel.session.line.deliver(
      {
        type: 'basic.deliver',
        channel: this.#channel.number,
        fields: {
          consumerTag: consumer.tag,
          deliveryTag,
          redelivered,
          exchange: publication.exchange,
          routingKey: publication.routingKeys[0] ?? '',
        },
        properties: shownProperties(message, queue, false),
        content: publication.content,
      },
      {
        message: publication.message,
        queue: queue.name,
        subscription: consumer.subscription,
        listener: consumer.listener,
        attempt: message.deliveries + 1,
        cause: message.cause,
        settledOnReturn: noAck,
      },
    );
    if (noAck) return;
    if (this.#limit > 0 && queue.settings.type === 'classic') this.#volume++;
    this.#held.set(deliveryTag, { tag: deliveryTag, queue, message, consumer, handed });
  }

  get({ queue: given, noAck }: MethodOf<'basic.get'>, cause: number): void {
    const channel = this.#channel;
    const name = channel.queueName(given);
    const queue = channel.host.queue(name);
    queue.checkAccess(channel.session);
    if (queue.settings.type === 'quorum' && queue.settings.singleActiveConsumer)
      throw resourceLocked(
        `cannot obtain access to locked ${named('queue', name)}. basic.get operations are not supported by quorum queues with single active consumer`,
      );
    const got = queue.get(noAck);
    if (got === undefined) return channel.send('basic.get-empty', {}, cause);
    const { message, left } = got;
    const { publication, redelivered } = message;
    const deliveryTag = ++this.#tags;
    const fields = {
      deliveryTag,
      redelivered,
      exchange: publication.exchange,
      routingKey: publication.routingKeys[0] ?? '',
      messageCount: left,
    };
    const properties = shownProperties(message, queue, true);
    const frame = { type: 'basic.get-ok', channel: channel.number, fields, properties, content: publication.content };
    const handed = channel.session.line.deliver(frame, {
      message: publication.message,
      queue: name,
      subscription: '',
      listener: 'get',
      attempt: message.deliveries + 1,
      cause: message.cause,
      settledOnReturn: noAck,
      part: frame,
    });
    if (!noAck) this.#held.set(deliveryTag, { tag: deliveryTag, queue, message, consumer: undefined, handed });
  }

  handle(method: Settling, cause: number): void {
    switch (method.type) {
      case 'basic.ack':
        return this.#settle(this.#take(method.deliveryTag, method.multiple), 'ack', cause);
      case 'basic.nack': {
        const held = this.#take(method.deliveryTag, method.multiple);
        return this.#settle(held, method.requeue ? 'nack' : 'discard', cause);
      }
      case 'basic.reject':
        return this.#settle(this.#take(method.deliveryTag, false), method.requeue ? 'reject' : 'discard', cause);
      case 'basic.recover':
        if (!method.requeue) throw notImplemented('requeue=false');
        this.#settle(this.#takeAll(), 'nack', cause);
        return this.#channel.send('basic.recover-ok', {}, cause);
    }
  }

  /** The channel is gone: what it held goes back to where it came from. */
  end(cause: number): void {
    this.#settle(this.#takeAll(), 'lost', cause);
  }

  /** Source: rabbit_channel:collect_acks. A tag that is not outstanding is refused, also as the end of a range. */
  #take(tag: number, multiple: boolean): Held[] {
    if (tag === 0 && multiple) return this.#takeAll();
    const held = this.#held.get(tag);
    if (held === undefined) throw preconditionFailed(`unknown delivery tag ${tag}`);
    if (!multiple) {
      this.#held.delete(tag);
      return [held];
    }
    const taken: Held[] = [];
    for (const each of this.#held.values()) {
      if (each.tag > tag) break;
      taken.push(each);
    }
    for (const each of taken) this.#held.delete(each.tag);
    return taken;
  }

  #takeAll(): Held[] {
    const taken = [...this.#held.values()];
    this.#held.clear();
    return taken;
  }

  #settle(held: readonly Held[], how: 'ack' | 'discard' | 'nack' | 'reject' | 'lost', cause: number): void {
    if (this.#volume > 0) this.#volume -= held.filter(({ consumer }) => consumer !== undefined).length;
    for (const part of how === 'lost' ? byQueueOfLost(held) : byConsumer(held)) settleIn(part, how, cause);
    if (this.#limit > 0) this.#channel.consumers.roomMade();
  }
}

function settleIn(held: readonly Held[], how: 'ack' | 'discard' | 'nack' | 'reject' | 'lost', cause: number): void {
  const queue = held[0]?.queue;
  if (queue === undefined) return;
  if (how === 'ack') for (const { handed } of held) handed.settle('acked', cause);
  else if (queue.gone || how === 'discard') {
    const settled = how === 'lost' ? 'taken back' : 'discarded';
    for (const { handed } of held) cause = handed.settle(settled, cause);
  }
  if (queue.gone) return;
  switch (how) {
    case 'ack':
      return queue.acked(held);
    case 'discard':
      return queue.discarded(held, cause);
    default: {
      const settled = how === 'lost' ? 'taken back' : 'requeued';
      queue.requeued(held, how, ({ handed }) => handed.settle(settled, cause));
    }
  }
}

/**
 * In the order in which the queues first occur; within one that of the tags, but a quorum queue takes back from one consumer
 * after the other (rabbit_fifo: down).
 */
function byQueueOfLost(held: readonly Held[]): (readonly Held[])[] {
  return byQueue(held).map((part) =>
    part[0]?.queue.settings.type === 'quorum'
      ? part.toSorted((one, other) => inOrder(one.consumer?.tag, other.consumer?.tag) || one.tag - other.tag)
      : part,
  );
}

/** In the order in which the queues first occur; within one, that of the tags. */
function byQueue(held: readonly Held[]): Held[][] {
  return grouped(held, ({ queue }) => queue);
}

/**
 * Each queue hears of what a consumer of the channel settled at once: by names of queues, and within one by those of the
 * consumers, what `basic.get` took first. Source: rabbit_channel:foreach_per_queue.
 */
function byConsumer(held: readonly Held[]): (readonly Held[])[] {
  if (held.length === 1) return [held];
  return byQueue(held)
    .sort(([one], [other]) => inOrder(one?.queue.name, other?.queue.name))
    .flatMap((part) =>
      grouped(part, ({ consumer }) => consumer).sort(([one], [other]) =>
        inOrder(one?.consumer?.tag, other?.consumer?.tag),
      ),
    );
}

/** By what `of` gives, in the order in which that first occurs. */
function grouped(held: readonly Held[], of: (held: Held) => unknown): Held[][] {
  const parts = new Map<unknown, Held[]>();
  for (const each of held) {
    const part = parts.get(of(each));
    if (part) part.push(each);
    else parts.set(of(each), [each]);
  }
  return [...parts.values()];
}

function inOrder(one = '', other = ''): number {
  return one < other ? -1 : Number(one > other);
}

/**
 * A quorum queue tells how often a message came back, `basic.get` also when it never did.
 * As RabbitMQ 3.10 was recorded.
 */
function shownProperties({ publication, deliveries }: StoredMessage, queue: Queue, always: boolean): Properties {
  const { properties } = publication;
  if (queue.settings.type !== 'quorum' || (deliveries === 0 && !always)) return properties;
  return { ...properties, headers: byName({ ...properties.headers, 'x-delivery-count': deliveries }) };
}
