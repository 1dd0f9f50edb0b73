import type { Message } from '../../../log/envelope';
import type { Method } from '../../../brokers/rabbitmq/protocol';
import type { CaseChannel } from './case-client';
import type { Step } from './recorded-case';

/** The method that a step of a case sends. */
export function methodOf(step: Extract<Step, { channel: string }>, on: CaseChannel): Method {
  const channel = on.number;
  switch (step.op) {
    case 'openChannel':
      return { type: 'channel.open', channel };
    case 'closeChannel':
      return { type: 'channel.close', channel };
    case 'publish':
      return publishOf(step, channel);
    case 'consume':
      return {
        type: 'basic.consume',
        channel,
        queue: step.queue,
        consumerTag: step.consumerTag,
        noAck: step.noAck,
        exclusive: step.exclusive,
        arguments: step.args,
        listener: step.consumerTag,
        where: undefined,
      };
    case 'cancel':
      return { type: 'basic.cancel', channel, consumerTag: step.consumerTag };
    case 'get':
      return { type: 'basic.get', channel, queue: step.queue, noAck: step.noAck };
    case 'ack':
      return { type: 'basic.ack', channel, deliveryTag: on.tagOf(step), multiple: step.multiple };
    case 'nack': {
      const { multiple, requeue } = step;
      return { type: 'basic.nack', channel, deliveryTag: on.tagOf(step), multiple, requeue };
    }
    case 'reject':
      return { type: 'basic.reject', channel, deliveryTag: on.tagOf(step), requeue: step.requeue };
    case 'recover':
      return { type: 'basic.recover', channel, requeue: step.requeue };
    case 'qos':
      return { type: 'basic.qos', channel, prefetchCount: step.count, global: step.global };
    default:
      return declarationOf(step, channel);
  }
}

type Declaration = Extract<
  Step,
  {
    op:
      | 'declareExchange'
      | 'declareQueue'
      | 'bindQueue'
      | 'unbindQueue'
      | 'bindExchange'
      | 'unbindExchange'
      | 'deleteQueue'
      | 'deleteExchange'
      | 'purge';
  }
>;

function declarationOf(step: Declaration, channel: number): Method {
  switch (step.op) {
    case 'declareExchange':
      return {
        type: 'exchange.declare',
        channel,
        exchange: step.name,
        kind: step.type ?? '',
        passive: step.passive === true,
        durable: step.durable === true,
        autoDelete: step.autoDelete === true,
        internal: step.internal === true,
        arguments: step.args ?? {},
      };
    case 'declareQueue':
      return {
        type: 'queue.declare',
        channel,
        queue: step.name,
        passive: step.passive === true,
        durable: step.durable === true,
        exclusive: step.exclusive === true,
        autoDelete: step.autoDelete === true,
        arguments: step.args ?? {},
      };
    case 'bindQueue':
    case 'unbindQueue': {
      const { queue: destination, exchange: source, routingKey, args } = step;
      const type = step.op === 'bindQueue' ? 'queue.bind' : 'queue.unbind';
      return { type, channel, destination, source, routingKey, arguments: args };
    }
    case 'bindExchange':
    case 'unbindExchange': {
      const { destination, source, routingKey, args } = step;
      const type = step.op === 'bindExchange' ? 'exchange.bind' : 'exchange.unbind';
      return { type, channel, destination, source, routingKey, arguments: args };
    }
    case 'deleteQueue': {
      const { queue, ifUnused, ifEmpty } = step;
      return { type: 'queue.delete', channel, queue, ifUnused, ifEmpty };
    }
    case 'deleteExchange':
      return { type: 'exchange.delete', channel, exchange: step.exchange, ifUnused: step.ifUnused };
    case 'purge':
      return { type: 'queue.purge', channel, queue: step.queue };
  }
}

function publishOf(step: Extract<Step, { op: 'publish' }>, channel: number): Method {
  const message: Message = {
    id: step.body,
    source: '/case',
    specversion: '1.0',
    type: step.routingKey,
    time: '2026-01-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    correlationid: step.body,
  };
  return {
    type: 'basic.publish',
    channel,
    exchange: step.exchange,
    routingKey: step.routingKey,
    mandatory: step.mandatory === true,
    properties: step.properties ?? {},
    content: new TextEncoder().encode(step.body),
    message,
  };
}
