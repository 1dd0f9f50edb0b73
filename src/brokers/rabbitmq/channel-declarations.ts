import { named, notFound, preconditionFailed } from './amqp-error';
import type { Channel } from './channel';
import { replyQueue } from './direct-replies';
import type { Method, MethodOf } from './protocol';
import type { Queue } from './queue';
import type { Origin } from './topology-log';
import { checkName, checkNotDefault } from './virtual-host';

/** What a channel is asked to declare, bind, purge and delete. */
export class ChannelDeclarations {
  readonly #channel: Channel;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  handle(method: Method, cause: number): void {
    switch (method.type) {
      case 'exchange.declare':
        return this.#declareExchange(method, cause);
      case 'exchange.delete':
        this.#channel.host.deleteExchange(method.exchange, method.ifUnused, originOf(method, cause));
        return this.#answer(method, {}, cause);
      case 'exchange.bind':
      case 'exchange.unbind':
        return this.#bindExchange(method, cause);
      case 'queue.declare':
        return this.#declareQueue(method, cause);
      case 'queue.bind':
      case 'queue.unbind':
        return this.#bindQueue(method, cause);
      case 'queue.purge': {
        const queue = this.#channel.host.queue(this.#channel.queueName(method.queue));
        queue.checkAccess(this.#channel.session);
        return this.#answer(method, { messageCount: queue.purge('purged', cause) }, cause);
      }
      case 'queue.delete':
        return this.#deleteQueue(method, cause);
      default:
        // The rest is about channels and connections: the session's.
        return;
    }
  }

  #answer({ type }: Method, fields: Readonly<Record<string, unknown>>, cause: number): void {
    this.#channel.send(`${type}-ok`, fields, cause);
  }

  #declareExchange(method: MethodOf<'exchange.declare'>, cause: number): void {
    const { host } = this.#channel;
    if (method.passive) {
      checkNotDefault(method.exchange);
      host.exchange(method.exchange, originOf(method, cause));
    } else {
      const spec = { ...method, name: method.exchange, type: method.kind };
      host.declareExchange(spec, originOf(method, cause));
    }
    this.#answer(method, {}, cause);
  }

  #bindExchange(method: MethodOf<'exchange.bind' | 'exchange.unbind'>, cause: number): void {
    const { host } = this.#channel;
    const { source, destination, routingKey, arguments: args } = method;
    checkNotDefault(source);
    checkNotDefault(destination);
    const to = host.exchanges.get(destination);
    const binding = { to, key: routingKey, args };
    const by = originOf(method, cause);
    if (method.type === 'exchange.unbind') host.unbind(source, binding, by);
    else
      host.bind(source, binding, by, {
        missing: () => {
          throw notFound(`no ${named('exchange', destination)}`);
        },
      });
    this.#answer(method, {}, cause);
  }

  #declareQueue(method: MethodOf<'queue.declare'>, cause: number): void {
    const { host, session } = this.#channel;
    if (method.queue.startsWith(replyQueue)) return this.#declareReplies(method, cause);
    const queue = method.passive ? host.queue(method.queue) : this.#declared(method, cause);
    queue.checkAccess(session);
    if (method.passive) queue.renewLease();
    session.declared(queue);
    this.#channel.lastQueue = queue.name;
    const { name, ready, declaredConsumerCount: consumerCount } = queue;
    this.#answer(method, { queue: name, messageCount: ready, consumerCount }, cause);
  }

  /** Direct replies look like a queue that is there, and somebody's like one while it waits. */
  #declareReplies(method: MethodOf<'queue.declare'>, cause: number): void {
    const { queue } = method;
    if (queue !== replyQueue && !this.#channel.host.replies.has(queue)) throw notFound(`no ${named('queue', queue)}`);
    this.#answer(method, { queue, messageCount: 0, consumerCount: 1 }, cause);
  }

  #declared(method: MethodOf<'queue.declare'>, cause: number): Queue {
    const { queue, durable, exclusive, autoDelete, arguments: args } = method;
    const { host, session } = this.#channel;
    if (queue !== '') checkName('queue', queue);
    if (queue === '' && args['x-queue-type'] === 'quorum')
      throw preconditionFailed('Cannot declare a server-named queue for type rabbit_quorum_queue');
    const name = queue === '' ? host.generate('amq.gen-') : queue;
    const owner = exclusive ? session : undefined;
    // An exclusive queue never outlives the broker, whatever it asks for (rabbit_channel: queue.declare).
    const spec = { name, durable: durable && !exclusive, autoDelete, owner, arguments: args };
    return host.declareQueue(spec, originOf(method, cause));
  }

  #bindQueue(method: MethodOf<'queue.bind' | 'queue.unbind'>, cause: number): void {
    const { host, session } = this.#channel;
    const { source, arguments: args } = method;
    const destination = this.#channel.queueName(method.destination);
    const routingKey = method.destination === '' && method.routingKey === '' ? destination : method.routingKey;
    checkNotDefault(source);
    const to = host.queues.get(destination);
    const binding = { to, key: routingKey, args };
    const by = originOf(method, cause);
    // Whoever may not bind an exclusive queue may unbind it, as RabbitMQ 3.10 was seen to let them.
    if (method.type === 'queue.unbind') host.unbind(source, binding, by);
    else
      host.bind(source, binding, by, {
        missing: () => {
          throw notFound(`no ${named('queue', destination)}`);
        },
        check: () => to?.checkAccess(session),
      });
    this.#answer(method, {}, cause);
  }

  /** Deleting what does not exist succeeds. */
  #deleteQueue(method: MethodOf<'queue.delete'>, cause: number): void {
    const { host, session } = this.#channel;
    const queue = host.queues.get(this.#channel.queueName(method.queue));
    queue?.checkAccess(session);
    const messageCount = queue === undefined ? 0 : host.deleteQueue(queue, method, originOf(method, cause));
    this.#answer(method, { messageCount }, cause);
  }
}

const originOf = ({ where }: Method, cause: number): Origin => ({ cause, where });
