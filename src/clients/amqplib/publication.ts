import type { Properties, Publish } from '../../brokers/rabbitmq/protocol';
import type { Message } from '../../log/envelope';
import type { Published } from '../wire';
import { eventDataOf } from './event-data';

/** Where a message goes, and with what. */
interface Envelope {
  readonly channel: number;
  readonly where: string | undefined;
  readonly exchange: string;
  readonly routingKey: string;
  readonly mandatory: boolean;
  readonly properties: Properties;
}

/** What a channel publishes. */
export class Publication implements Published {
  readonly type: string;
  readonly data: unknown;
  readonly isOwn = true;
  readonly where: string | undefined;
  readonly #envelope: Envelope;
  readonly #content: Uint8Array;

  constructor(envelope: Envelope, content: Uint8Array) {
    this.type = envelope.routingKey || envelope.exchange || 'message';
    this.data = eventDataOf(content);
    this.where = envelope.where;
    this.#envelope = envelope;
    this.#content = content;
  }

  frameOf(message: Message): Publish {
    const { channel, where, exchange, routingKey, mandatory, properties } = this.#envelope;
    const content = this.#content;
    return { type: 'basic.publish', channel, where, exchange, routingKey, mandatory, properties, content, message };
  }

  halved(): Publication {
    return new Publication(this.#envelope, this.#content.subarray(0, Math.max(1, this.#content.length >> 1)));
  }
}
