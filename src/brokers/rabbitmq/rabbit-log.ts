import type { Message } from '../../log/envelope';
import type { DeathReason, DropReason } from '../../log/entry';
import type { BrokerPort } from '../broker';

/** What the broker writes into the log. Each returns the entry's `seq`. */
export class RabbitLog {
  readonly #broker: string;
  readonly #port: BrokerPort;

  constructor(broker: string, port: BrokerPort) {
    this.#broker = broker;
    this.#port = port;
  }

  routed(message: Message, to: { queues: readonly string[]; subscriptions: readonly string[] }, cause: number): number {
    const port = this.#port;
    return port.write({
      seq: port.nextSeq,
      atMs: port.nowMs,
      type: 'message.routed',
      cause,
      message: message.id,
      broker: this.#broker,
      subscriptions: to.subscriptions,
      queues: to.queues,
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

  dropped({ id }: Message, queue: string | undefined, reason: DropReason, cause: number): number {
    const where = queue === undefined ? {} : { queue };
    return this.#port.append({ type: 'message.dropped', cause, message: id, broker: this.#broker, reason, ...where });
  }

  deadLettered({ id }: Message, from: { queue: string; to: string; reason: DeathReason }, cause: number): number {
    return this.#port.append({
      type: 'message.dead-lettered',
      cause,
      message: id,
      broker: this.#broker,
      queue: from.to,
      from: from.queue,
      listener: '',
      attempts: 0,
      reason: from.reason,
    });
  }

  subscribed(facts: {
    subscription: string;
    process: string;
    listener: string;
    queue: string;
    prefetch: number | undefined;
    cause: number;
    where: string | undefined;
  }): void {
    const { queue, prefetch, ...rest } = facts;
    this.#port.append({
      type: 'listener.subscribed',
      ...rest,
      broker: this.#broker,
      pattern: queue,
      queue,
      ...(prefetch === undefined ? {} : { prefetch }),
      attempts: 1,
    });
  }

  unsubscribed(facts: { subscription: string; process: string; listener: string; cause: number }): void {
    this.#port.append({ type: 'listener.unsubscribed', ...facts, broker: this.#broker });
  }
}
