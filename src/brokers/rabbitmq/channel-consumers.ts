import { deprecated, notAllowed, notImplemented, named, preconditionFailed } from './amqp-error';
import type { Channel } from './channel';
import { Consumer } from './consumer';
import { DirectReplies, replyQueue } from './direct-replies';
import type { MethodOf } from './protocol';
import type { Queue } from './queue';
import { isInteger, plainOf, typeOf } from './values';
import { permitsGlobalQos } from './version';

/** The consumers of a channel, and how much the next ones may have at once. */
export class ChannelConsumers {
  readonly #channel: Channel;
  readonly #byTag = new Map<string, Consumer>();
  readonly replies: DirectReplies;
  #prefetch = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
    this.replies = new DirectReplies(channel);
  }

  /**
   * With `global` the limit is shared by the channel from now on; otherwise it is that of each consumer to come, and one that
   * was shared is lifted. Source: rabbit_channel:handle_method(#'basic.qos').
   */
  qos({ prefetchCount, global, where }: MethodOf<'basic.qos'>, cause: number): void {
    const { deliveries, host, inLog } = this.#channel;
    if (global && !permitsGlobalQos(host.version)) throw deprecated('global_qos');
    if (!global) this.#prefetch = prefetchCount;
    const limit = global ? prefetchCount : 0;
    if (limit > 0 || deliveries.isLimited) host.topology.channelLimited(inLog, limit, { cause, where });
    deliveries.limit = limit;
    this.roomMade();
    this.#channel.send('basic.qos-ok', {}, cause);
  }

  consume(method: MethodOf<'basic.consume'>, cause: number): void {
    const { host, session } = this.#channel;
    const tag = method.consumerTag === '' ? host.generate('amq.ctag-') : method.consumerTag;
    if (method.queue === replyQueue) return this.replies.consume(method, tag, cause);
    if (this.#byTag.has(tag)) throw notAllowed(`attempt to reuse consumer tag '${tag}'`);
    const queue = host.queue(this.#channel.queueName(method.queue));
    queue.checkAccess(session);
    checkArguments(method, queue.settings.type);
    if (queue.settings.type === 'quorum' && this.#channel.deliveries.isLimited)
      throw notImplemented(`${named('queue', queue.name)} does not support global qos`);
    const consumer = new Consumer({
      tag,
      channel: this.#channel,
      queue,
      noAck: method.noAck,
      exclusive: method.exclusive,
      priority: priorityOf(method),
      prefetch: this.#prefetch,
      listener: method.listener,
      subscription: host.nextSubscription(),
    });
    queue.subscribe(consumer);
    this.#byTag.set(tag, consumer);
    host.log.subscribed({
      subscription: consumer.subscription,
      process: session.line.process,
      listener: consumer.listener,
      queue: queue.name,
      prefetch: this.#prefetch === 0 ? undefined : this.#prefetch,
      ...this.#channel.inLog,
      noAck: consumer.noAck,
      priority: consumer.priority,
      cause,
      where: method.where,
    });
    this.#channel.send('basic.consume-ok', { consumerTag: tag }, cause);
    queue.pump();
  }

  /** A tag that nobody has may be cancelled too. */
  cancel({ consumerTag }: MethodOf<'basic.cancel'>, cause: number): void {
    const consumer = this.#byTag.get(consumerTag);
    if (consumer) this.#remove(consumer, true, cause);
    else this.replies.cancel(consumerTag);
    this.#channel.send('basic.cancel-ok', { consumerTag }, cause);
  }

  /** The queue was deleted. */
  queueGone(consumer: Consumer, cause: number): void {
    this.#forget(consumer, cause);
  }

  /** The client is told that its consumer is gone. */
  cancelled(consumer: Consumer, cause: number): void {
    this.#channel.send('basic.cancel', { consumerTag: consumer.tag, nowait: true }, cause);
  }

  /** The limit that all share leaves room again. */
  roomMade(): void {
    const queues = new Set([...this.#byTag.values()].map(({ queue }) => queue));
    for (const queue of queues) {
      queue.consumers.recallAll(this.#channel);
      queue.pump();
    }
  }

  /** The channel is gone. Returns the queues that were consumed from. */
  end(cause: number): readonly Queue[] {
    this.replies.end();
    const consumers = [...this.#byTag.values()];
    for (const consumer of consumers) this.#remove(consumer, false, cause);
    return consumers.map(({ queue }) => queue);
  }

  #remove(consumer: Consumer, cancelled: boolean, cause: number): void {
    this.#forget(consumer, cause);
    consumer.queue.unsubscribe(consumer, cancelled);
  }

  #forget(consumer: Consumer, cause: number): void {
    this.#byTag.delete(consumer.tag);
    consumer.cancelled = true;
    const { subscription, listener } = consumer;
    const { process } = this.#channel.session.line;
    this.#channel.host.log.unsubscribed({ subscription, process, listener, cause });
  }
}

/**
 * What a consumer may ask for. Source: rabbit_amqqueue:check_consume_arguments, and `capabilities` of rabbit_classic_queue and
 * rabbit_quorum_queue.
 */
function checkArguments({ queue, arguments: args }: MethodOf<'basic.consume'>, type: 'classic' | 'quorum'): void {
  const cancels = args['x-cancel-on-ha-failover'];
  if (cancels !== undefined && typeof cancels !== 'boolean')
    throw preconditionFailed(
      `invalid arg 'x-cancel-on-ha-failover' for ${named('queue', queue)}: {unacceptable_type,${typeOf(cancels)}}`,
    );
  const foreign = type === 'classic' ? ['x-stream-offset'] : ['x-stream-offset', 'x-cancel-on-ha-failover'];
  const name = Object.keys(args).find((argument) => foreign.includes(argument) && args[argument] !== undefined);
  if (name !== undefined)
    throw preconditionFailed(`invalid arg '${name}' for ${named('queue', queue)} of queue type rabbit_${type}_queue`);
}

function priorityOf({ queue, arguments: args }: MethodOf<'basic.consume'>): number {
  const priority = args['x-priority'];
  if (priority === undefined) return 0;
  if (!isInteger(priority))
    throw preconditionFailed(
      `invalid arg 'x-priority' for ${named('queue', queue)}: "expected integer, got ${typeOf(priority)}"`,
    );
  return Number(plainOf(priority));
}
