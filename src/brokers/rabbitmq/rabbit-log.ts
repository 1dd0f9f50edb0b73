import type { Message } from '../../log/envelope';
import type { DeathReason, DropReason } from '../../log/entry';
import type { BrokerPort } from '../broker';
import { plainProperties } from './plain-values';
import type { Routing } from './router';
import type { Publication } from './stored-message';

/** What the broker writes into the log. Each returns the entry's `seq`. */
export class RabbitLog {
  readonly #broker: string;
  readonly #port: BrokerPort;

  constructor(broker: string, port: BrokerPort) {
    this.#broker = broker;
    this.#port = port;
  }

  /** It goes where the routing says. */
  routed(publication: Publication, { queues, bindings, alternates }: Routing, cause: number): number {
    const port = this.#port;
    const { message, exchange, routingKeys, properties } = publication;
    const names = queues.map(({ name }) => name);
    const shown = plainProperties(properties);
    // Literals with fields that may be undefined are written as JSON several times as fast as what a spread makes.
    if (exchange === '')
      return port.write({
        seq: port.nextSeq,
        atMs: port.nowMs,
        type: 'message.routed',
        cause,
        message: message.id,
        broker: this.#broker,
        subscriptions: [],
        queues: names,
        properties: shown,
      });
    return port.write({
      seq: port.nextSeq,
      atMs: port.nowMs,
      type: 'message.routed',
      cause,
      message: message.id,
      broker: this.#broker,
      subscriptions: [],
      queues: names,
      exchange,
      bindings,
      keys: keysBeside(message.type, routingKeys),
      alternates,
      properties: shown,
    });
  }

  enqueued(message: Message, queue: string, cause: number): number {
    const port = this.#port;
    return port.write({
      seq: port.nextSeq,
      atMs: port.nowMs,
      type: 'message.enqueued',
      cause,
      message: message.id,
      broker: this.#broker,
      queue,
    });
  }

  requeued(
    { publication }: { publication: { message: Message } },
    queue: string,
    delivery: string,
    cause: number,
  ): number {
    const message = publication.message.id;
    return this.#port.append({ type: 'message.requeued', cause, message, broker: this.#broker, queue, delivery });
  }

  dropped({ id }: Message, queue: string | undefined, reason: DropReason, cause: number, exchange?: string): number {
    const where = queue === undefined ? {} : { queue };
    const through = exchange === undefined ? {} : { exchange };
    const broker = this.#broker;
    return this.#port.append({ type: 'message.dropped', cause, message: id, broker, reason, ...where, ...through });
  }

  /** It was sent over a connection that ended before it was read. */
  lost({ id: message }: Message, from: string, cause: number): void {
    this.#port.append({ type: 'message.lost', cause, message, from, to: this.#broker });
  }

  /** It died in a queue, and is published again as `dead`; `to` is the first queue that it reaches. */
  deadLettered(
    dead: Publication,
    from: { queue: string; to: string; reason: DeathReason; routing: Routing },
    cause: number,
  ): number {
    const { message, exchange, routingKeys, properties } = dead;
    const { bindings, alternates } = from.routing;
    const keys = keysBeside(message.type, routingKeys);
    return this.#port.append({
      type: 'message.dead-lettered',
      cause,
      message: message.id,
      broker: this.#broker,
      queue: from.to,
      from: from.queue,
      listener: '',
      attempts: 0,
      reason: from.reason,
      ...(exchange !== '' && { exchange, bindings, keys, alternates }),
      properties: plainProperties(properties),
    });
  }

  redriven(
    { id }: Message,
    to: { from: string; queue: string; edited: { readonly data: unknown } | undefined },
    by: { cause: number; where: string | undefined },
  ): number {
    return this.#port.append({
      type: 'message.redriven',
      ...by,
      message: id,
      broker: this.#broker,
      queue: to.from,
      to: to.queue,
      listener: '',
      data: to.edited?.data,
    });
  }

  subscribed(facts: {
    subscription: string;
    process: string;
    listener: string;
    queue: string;
    prefetch: number | undefined;
    connection: string;
    channel: number;
    noAck: boolean;
    priority: number;
    cause: number;
    where: string | undefined;
  }): void {
    const { queue, prefetch, noAck, priority, ...rest } = facts;
    this.#port.append({
      type: 'listener.subscribed',
      ...rest,
      broker: this.#broker,
      pattern: queue,
      queue,
      ...(prefetch === undefined ? {} : { prefetch }),
      attempts: 1,
      ...(noAck && { noAck }),
      ...(priority !== 0 && { priority }),
    });
  }

  unsubscribed(facts: { subscription: string; process: string; listener: string; cause: number }): void {
    this.#port.append({ type: 'listener.unsubscribed', ...facts, broker: this.#broker });
  }
}

/** Undefined when the only key is what the message is called anyway. */
function keysBeside(type: string, keys: readonly string[]): readonly string[] | undefined {
  return keys.length === 1 && keys[0] === type ? undefined : keys;
}
