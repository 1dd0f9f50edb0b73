import type { Method } from '../../brokers/rabbitmq/protocol';
import { extended, numberField, requiredNumber, requiredText, shortText, tableField, type Options } from './encode';

/** A method without its channel. */
export type Unaddressed = Method extends infer M ? (M extends Method ? Omit<M, 'channel'> : never) : never;

/**
 * What a public function makes of its arguments, at once; what this returns is called when the method is sent, and only then
 * are the fields checked. Follows amqplib's `api_args` and the encoders of `defs`.
 */
export type Encode = () => Unaddressed;

/** As `Encode`, for a method that is not answered: it is written whole, since every message is settled by one. */
export type EncodeFor = (from: From) => Method;

export interface From {
  readonly channel: number;
  /** The line of user code that settles. */
  readonly where: string | undefined;
}

const none: Options = {};
const optionsOf = (given: unknown): Options => (given ? (given as Options) : none);
const durableOf = ({ durable }: Options): boolean => (durable === undefined ? true : Boolean(durable));

export function assertQueue(queue: unknown, given: unknown): Encode {
  const options = optionsOf(given);
  const table = extended(options['arguments'], {
    'x-expires': options['expires'],
    'x-message-ttl': options['messageTtl'],
    'x-dead-letter-exchange': options['deadLetterExchange'],
    'x-dead-letter-routing-key': options['deadLetterRoutingKey'],
    'x-max-length': options['maxLength'],
    'x-max-priority': options['maxPriority'],
    'x-overflow': options['overflow'],
    'x-queue-mode': options['queueMode'],
  });
  return () => ({
    type: 'queue.declare',
    queue: shortText(queue || '', 'queue'),
    passive: false,
    durable: durableOf(options),
    exclusive: Boolean(options['exclusive']),
    autoDelete: Boolean(options['autoDelete']),
    arguments: tableField(table, 'arguments'),
  });
}

export function checkQueue(queue: unknown): Encode {
  return () => ({
    type: 'queue.declare',
    queue: shortText(queue, 'queue'),
    passive: true,
    durable: true,
    exclusive: false,
    autoDelete: false,
    arguments: {},
  });
}

export function deleteQueue(queue: unknown, given: unknown): Encode {
  const options = optionsOf(given);
  const [ifUnused, ifEmpty] = [Boolean(options['ifUnused']), Boolean(options['ifEmpty'])];
  return () => ({ type: 'queue.delete', queue: shortText(queue, 'queue'), ifUnused, ifEmpty });
}

export function purgeQueue(queue: unknown): Encode {
  return () => ({ type: 'queue.purge', queue: shortText(queue, 'queue') });
}

export function bindQueue(
  verb: 'bind' | 'unbind',
  queue: unknown,
  source: unknown,
  key: unknown,
  args: unknown,
): Encode {
  return () => ({
    type: `queue.${verb}`,
    destination: shortText(queue, 'queue'),
    source: requiredText(source, 'exchange'),
    routingKey: shortText(key, 'routingKey'),
    arguments: tableField(args, 'arguments'),
  });
}

export function assertExchange(exchange: unknown, kind: unknown, given: unknown): Encode {
  const options = optionsOf(given);
  const table = extended(options['arguments'], { 'alternate-exchange': options['alternateExchange'] });
  return () => ({
    type: 'exchange.declare',
    exchange: requiredText(exchange, 'exchange'),
    kind: shortText(kind, 'type', 'direct'),
    passive: false,
    durable: durableOf(options),
    autoDelete: Boolean(options['autoDelete']),
    internal: Boolean(options['internal']),
    arguments: tableField(table, 'arguments'),
  });
}

export function checkExchange(exchange: unknown): Encode {
  return () => ({
    type: 'exchange.declare',
    exchange: requiredText(exchange, 'exchange'),
    kind: '',
    passive: true,
    durable: true,
    autoDelete: false,
    internal: false,
    arguments: {},
  });
}

export function deleteExchange(exchange: unknown, given: unknown): Encode {
  const ifUnused = Boolean(optionsOf(given)['ifUnused']);
  return () => ({ type: 'exchange.delete', exchange: requiredText(exchange, 'exchange'), ifUnused });
}

export function bindExchange(
  verb: 'bind' | 'unbind',
  to: unknown,
  source: unknown,
  key: unknown,
  args: unknown,
): Encode {
  return () => ({
    type: `exchange.${verb}`,
    destination: requiredText(to, 'destination'),
    source: requiredText(source, 'source'),
    routingKey: shortText(key, 'routingKey'),
    arguments: tableField(args, 'arguments'),
  });
}

export function consume(queue: unknown, given: unknown, listener: string, where: string | undefined): Encode {
  const options = optionsOf(given);
  const table = extended(options['arguments'], { 'x-priority': options['priority'] });
  return () => ({
    type: 'basic.consume',
    queue: shortText(queue, 'queue'),
    consumerTag: shortText(options['consumerTag'] || '', 'consumerTag'),
    noAck: Boolean(options['noAck']),
    exclusive: Boolean(options['exclusive']),
    arguments: tableField(table, 'arguments'),
    listener,
    where,
  });
}

export function cancel(consumerTag: unknown): Encode {
  return () => ({ type: 'basic.cancel', consumerTag: requiredText(consumerTag, 'consumerTag') });
}

export function get(queue: unknown, given: unknown): Encode {
  const noAck = Boolean(optionsOf(given)['noAck']);
  return () => ({ type: 'basic.get', queue: shortText(queue, 'queue'), noAck });
}

export function prefetch(count: unknown, global: unknown): Encode {
  return () => ({
    type: 'basic.qos',
    prefetchCount: numberField(count || 0, 'prefetchCount', 'UInt16BE'),
    global: Boolean(global),
  });
}

export function ack({ channel, where }: From, deliveryTag: unknown, allUpTo: unknown): Method {
  return {
    type: 'basic.ack',
    channel,
    where,
    deliveryTag: numberField(deliveryTag, 'deliveryTag', 'BigUInt64BE'),
    multiple: Boolean(allUpTo),
  };
}

export function nack({ channel, where }: From, deliveryTag: unknown, allUpTo: unknown, requeue: unknown): Method {
  return {
    type: 'basic.nack',
    channel,
    where,
    deliveryTag: numberField(deliveryTag, 'deliveryTag', 'BigUInt64BE'),
    multiple: Boolean(allUpTo),
    requeue: requeue === undefined ? true : Boolean(requeue),
  };
}

export function reject({ channel, where }: From, deliveryTag: unknown, requeue: unknown): Method {
  return {
    type: 'basic.reject',
    channel,
    where,
    deliveryTag: requiredNumber(deliveryTag, 'deliveryTag'),
    requeue: requeue === undefined ? true : Boolean(requeue),
  };
}
