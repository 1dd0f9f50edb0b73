import type { Method } from '../../brokers/rabbitmq/protocol';
import { encodeTable, requiredNumber, requiredText, shortText, type Options } from './encode';

/** A method without its channel, as the public functions make it of their arguments. Follows amqplib's `api_args`. */
export type Unaddressed = Method extends infer M ? (M extends Method ? Omit<M, 'channel'> : never) : never;

const none: Options = {};
const optionsOf = (given: unknown): Options => (given === undefined || given === null ? none : (given as Options));

/** The argument table with what the options name for it. */
function argumentsOf(options: Options, named: Readonly<Record<string, unknown>>) {
  const given = encodeTable(options['arguments'], true);
  return { ...given, ...encodeTable(named, true) };
}

export function assertQueue(queue: unknown, given: unknown): Unaddressed {
  const options = optionsOf(given);
  return {
    type: 'queue.declare',
    queue: shortText(queue || '', 'queue'),
    passive: false,
    durable: options['durable'] === undefined ? true : Boolean(options['durable']),
    exclusive: Boolean(options['exclusive']),
    autoDelete: Boolean(options['autoDelete']),
    arguments: argumentsOf(options, {
      'x-expires': options['expires'],
      'x-message-ttl': options['messageTtl'],
      'x-dead-letter-exchange': options['deadLetterExchange'],
      'x-dead-letter-routing-key': options['deadLetterRoutingKey'],
      'x-max-length': options['maxLength'],
      'x-max-priority': options['maxPriority'],
      'x-overflow': options['overflow'],
      'x-queue-mode': options['queueMode'],
    }),
  };
}

export function checkQueue(queue: unknown): Unaddressed {
  return {
    type: 'queue.declare',
    queue: shortText(queue, 'queue'),
    passive: true,
    durable: true,
    exclusive: false,
    autoDelete: false,
    arguments: {},
  };
}

export function deleteQueue(queue: unknown, given: unknown): Unaddressed {
  const options = optionsOf(given);
  const [ifUnused, ifEmpty] = [Boolean(options['ifUnused']), Boolean(options['ifEmpty'])];
  return { type: 'queue.delete', queue: shortText(queue, 'queue'), ifUnused, ifEmpty };
}

export function purgeQueue(queue: unknown): Unaddressed {
  return { type: 'queue.purge', queue: shortText(queue, 'queue') };
}

export function bindQueue(
  verb: 'bind' | 'unbind',
  queue: unknown,
  source: unknown,
  key: unknown,
  args: unknown,
): Unaddressed {
  return {
    type: `queue.${verb}`,
    destination: shortText(queue, 'queue'),
    source: requiredText(source, 'exchange'),
    routingKey: shortText(key, 'routingKey'),
    arguments: encodeTable(args, true),
  };
}

export function assertExchange(exchange: unknown, kind: unknown, given: unknown): Unaddressed {
  const options = optionsOf(given);
  return {
    type: 'exchange.declare',
    exchange: requiredText(exchange, 'exchange'),
    kind: kind === undefined ? 'direct' : shortText(kind, 'type'),
    passive: false,
    durable: options['durable'] === undefined ? true : Boolean(options['durable']),
    autoDelete: Boolean(options['autoDelete']),
    internal: Boolean(options['internal']),
    arguments: argumentsOf(options, { 'alternate-exchange': options['alternateExchange'] }),
  };
}

export function checkExchange(exchange: unknown): Unaddressed {
  return {
    type: 'exchange.declare',
    exchange: requiredText(exchange, 'exchange'),
    kind: '',
    passive: true,
    durable: true,
    autoDelete: false,
    internal: false,
    arguments: {},
  };
}

export function deleteExchange(exchange: unknown, given: unknown): Unaddressed {
  const ifUnused = Boolean(optionsOf(given)['ifUnused']);
  return { type: 'exchange.delete', exchange: requiredText(exchange, 'exchange'), ifUnused };
}

export function bindExchange(
  verb: 'bind' | 'unbind',
  to: unknown,
  source: unknown,
  key: unknown,
  args: unknown,
): Unaddressed {
  return {
    type: `exchange.${verb}`,
    destination: requiredText(to, 'destination'),
    source: requiredText(source, 'source'),
    routingKey: shortText(key, 'routingKey'),
    arguments: encodeTable(args, true),
  };
}

export function consume(queue: unknown, given: unknown, listener: string, where: string | undefined): Unaddressed {
  const options = optionsOf(given);
  return {
    type: 'basic.consume',
    queue: shortText(queue, 'queue'),
    consumerTag: shortText(options['consumerTag'] || '', 'consumerTag'),
    noAck: Boolean(options['noAck']),
    exclusive: Boolean(options['exclusive']),
    arguments: argumentsOf(options, { 'x-priority': options['priority'] }),
    listener,
    where,
  };
}

export function cancel(consumerTag: unknown): Unaddressed {
  return { type: 'basic.cancel', consumerTag: requiredText(consumerTag, 'consumerTag') };
}

export function get(queue: unknown, given: unknown): Unaddressed {
  return { type: 'basic.get', queue: shortText(queue, 'queue'), noAck: Boolean(optionsOf(given)['noAck']) };
}

export function prefetch(count: unknown, global: unknown): Unaddressed {
  return { type: 'basic.qos', prefetchCount: requiredNumber(count || 0, 'prefetchCount'), global: Boolean(global) };
}

export function ack(deliveryTag: number, allUpTo: unknown): Unaddressed {
  return { type: 'basic.ack', deliveryTag: requiredNumber(deliveryTag, 'deliveryTag'), multiple: Boolean(allUpTo) };
}

export function nack(deliveryTag: number, allUpTo: unknown, requeue: unknown): Unaddressed {
  return {
    type: 'basic.nack',
    deliveryTag: requiredNumber(deliveryTag, 'deliveryTag'),
    multiple: Boolean(allUpTo),
    requeue: requeue === undefined ? true : Boolean(requeue),
  };
}

export function reject(deliveryTag: number, requeue: unknown): Unaddressed {
  return {
    type: 'basic.reject',
    deliveryTag: requiredNumber(deliveryTag, 'deliveryTag'),
    requeue: requeue === undefined ? true : Boolean(requeue),
  };
}
