import type { EmitterClass } from '../node/event-emitter';
import type { WireEnvironment } from '../wire';
import { ChannelCore, type ConsumerCallback, type Emitting, type Message } from './channel-core';
import type { ConfirmCallback } from './confirms';
import type { ConnectionCore } from './connection-core';
import type { OpenInner } from './inner-connection';
import * as methods from './methods';
import { Recovery, type Model, type Opening, type RecoveryOptions } from './recovery';

/** What is behind a channel or a connection that a user holds. */
const cores = new WeakMap<object, unknown>();

export function channelOf(object: object): ChannelCore {
  return cores.get(object) as ChannelCore;
}

export function connectionOf(object: object): ConnectionCore {
  return cores.get(object) as ConnectionCore;
}

type Methods = Readonly<Record<string, (this: object, ...args: never[]) => unknown>>;
export type UserClass = new () => object;

/** An emitter class of this process with methods that both APIs or one of them have. */
export function emitterWith(EventEmitter: EmitterClass, name: string, ...groups: readonly Methods[]): UserClass {
  const made = { [name]: class extends EventEmitter {} }[name] as unknown as UserClass;
  for (const group of groups)
    for (const [method, value] of Object.entries(group))
      Object.defineProperty(made.prototype, method, { value, writable: true, configurable: true });
  return made;
}

/** What the user holds of a connection. */
export function modelOf(Model: UserClass, core: ConnectionCore, openInner: OpenInner): object {
  const model = new Model();
  cores.set(model, core);
  const inner = openInner(core, model as Emitting);
  core.inner = inner;
  return Object.assign(model, { connection: inner });
}

/** What the user holds of a connection that is made again when it is lost. */
export function recoveringModelOf(
  Class: UserClass,
  environment: WireEnvironment,
  options: RecoveryOptions,
  open: (done: (error: Error | null, model?: object) => void) => void,
): object {
  const user = new Class();
  const opening: Opening = {
    open: (done) => {
      try {
        open((error, model) => {
          if (model === undefined) done(error);
          else done(null, model as Model);
        });
      } catch (error) {
        done(error as Error);
      }
    },
    close: (model, done) => {
      try {
        connectionOf(model).close(() => done());
      } catch {
        done();
      }
    },
  };
  cores.set(user, new Recovery(environment, options, opening, user as Emitting));
  return user;
}

export function recoveryOfModel(object: object): Recovery {
  return cores.get(object) as Recovery;
}

/** Does something with the connection that a recovering one has, now or later; what is thrown goes to `done`. */
export function whenConnected(
  user: object,
  done: (error: Error) => void,
  run: (connection: ConnectionCore) => void,
): void {
  recoveryOfModel(user).whenConnected((error, model) => {
    if (model === undefined) return done(error ?? new Error('Connection closed'));
    try {
      run(connectionOf(model));
    } catch (thrown) {
      done(thrown as Error);
    }
  });
}

/** Opens a channel; `done` gets what the user holds of it, which is returned as well. */
export function openChannel(
  connection: ConnectionCore,
  channel: { readonly Class: UserClass; readonly confirms: boolean; readonly options: unknown },
  done: (error: Error | null, user?: object) => void,
): object {
  const user = new channel.Class();
  const core = new ChannelCore(connection, user as Emitting, channel.options ?? {});
  cores.set(user, core);
  const ready = (error: Error | null): void => {
    if (error === null) done(null, user);
    else done(error);
  };
  core.isConfirm = channel.confirms;
  core.open((error) => {
    if (error === null && channel.confirms) core.rpc(() => ({ type: 'confirm.select' }), ready);
    else ready(error);
  });
  return withFields(user, core, channel.options);
}

/** What amqplib has as fields of a channel. */
function withFields(user: object, core: ChannelCore, options: unknown): object {
  const { confirms, consumers } = core;
  const getter = (get: () => unknown): PropertyDescriptor => ({ get, enumerable: true, configurable: true });
  Object.assign(user, { connection: core.connection.inner });
  Object.defineProperties(user, {
    reply: getter(() => core.reply ?? null),
    pending: getter(() => core.pending),
    lwm: getter(() => confirms.lwm),
    closedWithUnconfirmed: getter(() => confirms.closedWithUnconfirmed),
  });
  return Object.assign(user, { unconfirmed: confirms.unconfirmed, consumers, options, ch: core.number });
}

export function listenerName(callback: unknown): string {
  const name = typeof callback === 'function' ? callback.name : '';
  return name === '' ? 'consumer' : name;
}

/** Keeps the callback under the tag that the broker gave, before any message can arrive. */
export function register(channel: ChannelCore, consumerTag: unknown, callback: unknown): void {
  channel.consumers.set(String(consumerTag), callback as ConsumerCallback);
}

/** What needs no answer, and so is the same in both APIs. */
export const publishing = {
  publish(this: object, exchange: unknown, routingKey: unknown, content: unknown, options?: unknown): boolean {
    return channelOf(this).publish(exchange, routingKey, content, options);
  },
  sendToQueue(this: object, queue: unknown, content: unknown, options?: unknown): boolean {
    return channelOf(this).publish('', queue, content, options);
  },
};

/** On a confirm channel: the last argument hears whether the broker took the message. */
export function confirming(bound: (callback: unknown) => ConfirmCallback | undefined) {
  function publish(channel: ChannelCore, args: readonly unknown[]): boolean {
    const [exchange, routingKey, content, options, done] = args;
    const hasSpace = channel.publish(exchange, routingKey, content, options);
    const callback = bound(done);
    if (!channel.connection.isHeld()) channel.confirms.push(callback);
    // What is held back counts as confirmed.
    else if (callback !== undefined) channel.connection.later(() => callback(null));
    return hasSpace;
  }
  return {
    publish(this: object, ...args: unknown[]): boolean {
      return publish(channelOf(this), args);
    },
    sendToQueue(this: object, ...args: unknown[]): boolean {
      return publish(channelOf(this), ['', ...args]);
    },
  };
}

/** What settles deliveries: with promises it gives nothing, with callbacks the channel, so that calls can be chained. */
export function settling(isChained: boolean) {
  const settle = (user: object, encode: methods.EncodeFor): object | undefined => {
    const channel = channelOf(user);
    // Who really handles the message answers for it.
    if (!channel.connection.isHeld()) channel.send(encode);
    return isChained ? user : undefined;
  };
  return {
    ack(this: object, message: Message, allUpTo?: unknown) {
      const deliveryTag = message.fields['deliveryTag'];
      return settle(this, (from) => methods.ack(from, deliveryTag, allUpTo));
    },
    ackAll(this: object) {
      return settle(this, (from) => methods.ack(from, 0, true));
    },
    nack(this: object, message: Message, allUpTo?: unknown, requeue?: unknown) {
      const deliveryTag = message.fields['deliveryTag'];
      return settle(this, (from) => methods.nack(from, deliveryTag, allUpTo, requeue));
    },
    nackAll(this: object, requeue?: unknown) {
      return settle(this, (from) => methods.nack(from, 0, true, requeue));
    },
    reject(this: object, message: Message, requeue?: unknown) {
      const deliveryTag = message.fields['deliveryTag'];
      return settle(this, (from) => methods.reject(from, deliveryTag, requeue));
    },
  };
}
