import { AmqpError, notFound } from './amqp-error';
import type { Consumer } from './consumer';
import { ChannelDeclarations } from './channel-declarations';
import { ChannelConsumers } from './channel-consumers';
import { Deliveries } from './channel-deliveries';
import { numbersOf, type CloseFields, type Method } from './protocol';
import { Publisher } from './publisher';
import type { Queue } from './queue';
import type { Session } from './session';
import type { StoredMessage } from './stored-message';
import type { ChannelName } from './topology-log';
import type { VirtualHost } from './virtual-host';

/** A channel: its consumers, what was delivered on it and is not settled, and whether it confirms what is published. */
export class Channel {
  readonly number: number;
  readonly session: Session;
  readonly host: VirtualHost;
  readonly deliveries: Deliveries;
  readonly consumers: ChannelConsumers;
  readonly publisher: Publisher;
  readonly #declarations: ChannelDeclarations;
  /** The queue that was declared last, which an empty name stands for. */
  lastQueue = '';
  /** Closed, by whoever. */
  isEnded = false;
  /** Consumers whose queue has gone with what the channel does now: their client is told once it is answered. */
  #gone: Consumer[] | undefined;

  constructor(number: number, session: Session, host: VirtualHost) {
    this.number = number;
    this.session = session;
    this.host = host;
    this.deliveries = new Deliveries(this);
    this.consumers = new ChannelConsumers(this);
    this.publisher = new Publisher(this);
    this.#declarations = new ChannelDeclarations(this);
  }

  /** Whether the limit that all consumers of the channel share leaves room for one more. */
  get hasRoom(): boolean {
    return this.deliveries.hasRoom;
  }

  queueName(given: string): string {
    const name = given === '' ? this.lastQueue : given;
    if (name === '') throw notFound('no previously declared queue');
    return name;
  }

  /** Does what the client asks for. A refusal ends the channel, or the whole connection. */
  handle(method: Method, cause: number): void {
    this.#gone = [];
    try {
      this.#do(method, cause);
      for (const consumer of this.#gone) this.consumers.cancelled(consumer, cause);
    } catch (error) {
      if (!(error instanceof AmqpError)) throw error;
      this.publisher.flush();
      const [classId, methodId] = numbersOf(method.type);
      const fields: CloseFields = { replyCode: error.code, replyText: error.message, classId, methodId };
      const by = { cause, where: method.where };
      // What it held goes back first, so that also other channels of a connection that ends get it (rabbit_channel:handle_exception).
      this.end(cause);
      if (error.scope === 'connection') this.session.fail(fields, by);
      else this.session.channelFailed(this, fields, by);
    } finally {
      this.#gone = undefined;
    }
  }

  get inLog(): ChannelName {
    return { connection: this.session.name, channel: this.number };
  }

  deliver(consumer: Consumer, message: StoredMessage): void {
    this.deliveries.deliver(consumer, message);
  }

  queueGone(consumer: Consumer, cause: number): void {
    this.consumers.queueGone(consumer, cause);
    if (this.#gone) this.#gone.push(consumer);
    else this.consumers.cancelled(consumer, cause);
  }

  send(type: string, fields: Readonly<Record<string, unknown>>, cause: number): void {
    this.session.send({ type, channel: this.number, fields }, cause);
  }

  /** It is closed: its consumers are gone, and what it held goes back. */
  end(cause: number): void {
    const left = this.leave(cause);
    this.giveBack(cause);
    for (const queue of left) if (!queue.gone) queue.pump();
  }

  /** Its consumers are gone. Returns the queues that they had. */
  leave(cause: number): readonly Queue[] {
    this.isEnded = true;
    return this.consumers.end(cause);
  }

  giveBack(cause: number): void {
    this.deliveries.end(cause);
  }

  #do(method: Method, cause: number): void {
    switch (method.type) {
      case 'basic.publish':
        return this.publisher.publish(method, cause);
      case 'basic.ack':
      case 'basic.nack':
      case 'basic.reject':
      case 'basic.recover':
        return this.deliveries.handle(method, cause);
      case 'basic.consume':
        return this.consumers.consume(method, cause);
      case 'basic.cancel':
        return this.consumers.cancel(method, cause);
      case 'basic.qos':
        return this.consumers.qos(method, cause);
      case 'basic.get':
        return this.deliveries.get(method, cause);
      case 'confirm.select':
        this.publisher.confirms = true;
        return this.send('confirm.select-ok', {}, cause);
      default:
        return this.#declarations.handle(method, cause);
    }
  }
}
