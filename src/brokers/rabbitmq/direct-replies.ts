import { preconditionFailed } from './amqp-error';
import type { Channel } from './channel';
import type { MethodOf } from './protocol';
import type { Publication } from './stored-message';

/** The name under which a client waits for replies without a queue of its own. */
export const replyQueue = 'amq.rabbitmq.reply-to';

/**
 * Direct reply-to: the channel consumes from a name that is no queue, and whoever answers publishes to an address that leads
 * straight to it. Source: rabbitmq.com/docs/direct-reply-to.
 */
export class DirectReplies {
  readonly #channel: Channel;
  #consumer: { readonly tag: string; readonly address: string; readonly method: MethodOf<'basic.consume'> } | undefined;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** What a request's `reply-to` becomes; refused when nobody consumes. */
  get address(): string {
    if (this.#consumer === undefined) throw preconditionFailed('fast reply consumer does not exist');
    return this.#consumer.address;
  }

  consume(method: MethodOf<'basic.consume'>, tag: string, cause: number): void {
    if (!method.noAck) throw preconditionFailed('reply consumer cannot acknowledge');
    if (this.#consumer !== undefined) throw preconditionFailed('reply consumer already set');
    const { host } = this.#channel;
    const address = host.generate(`${replyQueue}.`);
    this.#consumer = { tag, address, method };
    host.replies.set(address, this.#channel);
    this.#channel.send('basic.consume-ok', { consumerTag: tag }, cause);
  }

  cancel(tag: string): void {
    if (this.#consumer?.tag === tag) this.end();
  }

  deliver({ message, exchange, routingKeys, properties, content }: Publication, cause: number): void {
    const consumer = this.#consumer;
    if (consumer === undefined) return;
    const fields = {
      consumerTag: consumer.tag,
      // Replies do not count: each has the tag of the next delivery (rabbit_channel: deliver_reply).
      deliveryTag: this.#channel.deliveries.comingTag,
      redelivered: false,
      exchange,
      routingKey: routingKeys[0] ?? '',
    };
    this.#channel.session.line.deliver(
      { type: 'basic.deliver', channel: this.#channel.number, fields, properties, content },
      {
        message,
        queue: undefined,
        subscription: '',
        listener: consumer.method.listener,
        attempt: 1,
        cause,
        settledOnReturn: true,
      },
    );
  }

  end(): void {
    if (this.#consumer) this.#channel.host.replies.delete(this.#consumer.address);
    this.#consumer = undefined;
  }
}
