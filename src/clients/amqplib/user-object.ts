import type { EmitterClass } from '../node/event-emitter';
import type { ChannelCore, ConsumerCallback, Message } from './channel-core';
import type { ConnectionCore } from './connection-core';
import * as methods from './methods';

/** What is behind a channel or a connection that a user holds. */
const cores = new WeakMap<object, unknown>();

export function setCore(object: object, core: ChannelCore | ConnectionCore): void {
  cores.set(object, core);
}

export function channelOf(object: object): ChannelCore {
  return cores.get(object) as ChannelCore;
}

export function connectionOf(object: object): ConnectionCore {
  return cores.get(object) as ConnectionCore;
}

type Methods = Readonly<Record<string, (this: object, ...args: never[]) => unknown>>;

/** An emitter class of this process with methods that both APIs or one of them have. */
export function emitterWith(EventEmitter: EmitterClass, name: string, ...groups: readonly Methods[]): new () => object {
  const made = { [name]: class extends EventEmitter {} }[name] as unknown as new () => object;
  for (const group of groups)
    for (const [method, value] of Object.entries(group))
      Object.defineProperty(made.prototype, method, { value, writable: true, configurable: true });
  return made;
}

export function listenerName(callback: unknown): string {
  const name = typeof callback === 'function' ? callback.name : '';
  return name === '' ? 'consumer' : name;
}

/** Keeps the callback under the tag that the broker gave, before any message can arrive. */
export function register(channel: ChannelCore, consumerTag: unknown, callback: unknown): void {
  channel.consumers.set(String(consumerTag), callback as ConsumerCallback);
}

const tagOf = (message: Message): number => message.fields['deliveryTag'] as number;

/** What needs no answer, and so is the same in both APIs. */
export const unanswered = {
  publish(this: object, exchange: unknown, routingKey: unknown, content: unknown, options?: unknown): boolean {
    return channelOf(this).publish(exchange, routingKey, content, options);
  },
  sendToQueue(this: object, queue: unknown, content: unknown, options?: unknown): boolean {
    return channelOf(this).publish('', queue, content, options);
  },
  ack(this: object, message: Message, allUpTo?: unknown): void {
    channelOf(this).send(methods.ack(tagOf(message), allUpTo));
  },
  ackAll(this: object): void {
    channelOf(this).send(methods.ack(0, true));
  },
  nack(this: object, message: Message, allUpTo?: unknown, requeue?: unknown): void {
    channelOf(this).send(methods.nack(tagOf(message), allUpTo, requeue));
  },
  nackAll(this: object, requeue?: unknown): void {
    channelOf(this).send(methods.nack(0, true, requeue));
  },
  reject(this: object, message: Message, requeue?: unknown): void {
    channelOf(this).send(methods.reject(tagOf(message), requeue));
  },
};
