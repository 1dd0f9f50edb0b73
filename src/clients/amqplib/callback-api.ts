import type { Frame } from '../../brokers/rabbitmq/protocol';
import type { EmitterClass } from '../node/event-emitter';
import type { WireEnvironment } from '../wire';
import { ChannelCore, messageOf, type Emitting } from './channel-core';
import { connect } from './connect';
import type { ConnectionCore } from './connection-core';
import * as methods from './methods';
import type { Unaddressed } from './methods';
import { argumentCounts, questions } from './questions';
import { channelOf, connectionOf, emitterWith, listenerName, register, setCore, unanswered } from './user-object';

type Classes = Readonly<Record<'Channel' | 'ConfirmChannel' | 'CallbackModel', new () => object>>;
type Callback = (error: Error | null, value?: unknown) => void;

/** `connect` of `amqplib/callback_api`: everything that is answered calls back, and gives the channel itself. */
export function createCallbackApi(environment: WireEnvironment, EventEmitter: EmitterClass) {
  const bound = (callback: unknown): Callback =>
    typeof callback === 'function' ? environment.node.bind(callback as Callback) : () => undefined;
  const asks = {
    ...Object.fromEntries(
      Object.entries(questions).map(([name, { method, answer }]) => [
        name,
        function ask(this: object, ...args: unknown[]): object {
          const count = argumentCounts[name] ?? 0;
          const given = args.slice(0, count);
          const shaped = ({ fields }: Frame): unknown => answer?.(...given) ?? fields;
          question(channelOf(this), method(...given), shaped, bound(args[count]));
          return this;
        },
      ]),
    ),
    ...consuming(environment, bound),
    ...chained(),
    close(this: object, done?: unknown): void {
      const callback = bound(done);
      channelOf(this).close(() => callback(null));
    },
  };
  const classes: Classes = {
    Channel: emitterWith(EventEmitter, 'Channel', unanswered, asks),
    ConfirmChannel: emitterWith(EventEmitter, 'ConfirmChannel', unanswered, asks, confirming(bound)),
    CallbackModel: emitterWith(
      EventEmitter,
      'CallbackModel',
      connectionMethods(bound, () => classes),
    ),
  };
  return (...args: readonly unknown[]): void => {
    const done = bound(args.find((arg) => typeof arg === 'function'));
    const url = typeof args[0] === 'function' ? undefined : args[0];
    const socketOptions = args.length > 2 ? args[1] : undefined;
    connect(environment, url, socketOptions, (error, connection) => {
      if (connection === undefined) return done(error);
      const model = new classes.CallbackModel();
      setCore(model, connection);
      connection.user = model as Emitting;
      done(null, model);
    });
  };
}

function question(channel: ChannelCore, method: Unaddressed, answer: (frame: Frame) => unknown, done: Callback): void {
  channel.rpc(method, (error, frame) => {
    if (frame === undefined) done(error);
    else done(null, answer(frame));
  });
}

function consuming(environment: WireEnvironment, bound: (callback: unknown) => Callback) {
  return {
    consume(this: object, queue: unknown, callback: unknown, options?: unknown, done?: unknown): object {
      const channel = channelOf(this);
      const method = methods.consume(queue, options, listenerName(callback), environment.where());
      const registered = ({ fields }: Frame): unknown => {
        register(channel, fields['consumerTag'], callback);
        return fields;
      };
      question(channel, method, registered, bound(done));
      return this;
    },
    cancel(this: object, consumerTag: unknown, done?: unknown): object {
      const channel = channelOf(this);
      const forgotten = ({ fields }: Frame): unknown => {
        channel.consumers.delete(String(consumerTag));
        return fields;
      };
      question(channel, methods.cancel(consumerTag), forgotten, bound(done));
      return this;
    },
    get(this: object, queue: unknown, options?: unknown, done?: unknown): object {
      const found = (frame: Frame): unknown => (frame.type === 'basic.get-ok' ? messageOf(frame) : false);
      question(channelOf(this), methods.get(queue, options), found, bound(done));
      return this;
    },
  };
}

/** Acks give the channel here, so that calls can be chained. */
function chained() {
  const acks = Object.entries(unanswered).filter(([name]) => /^(?:n?ack|reject)/.test(name));
  return Object.fromEntries(
    acks.map(([name, acknowledge]) => [
      name,
      function chain(this: object, ...args: unknown[]): object {
        Reflect.apply(acknowledge, this, args);
        return this;
      },
    ]),
  );
}

function confirming(bound: (callback: unknown) => Callback) {
  return {
    publish(
      this: object,
      exchange: unknown,
      key: unknown,
      content: unknown,
      options?: unknown,
      done?: unknown,
    ): boolean {
      const channel = channelOf(this);
      const hasSpace = channel.publish(exchange, key, content, options);
      channel.expectConfirm(bound(done));
      return hasSpace;
    },
    sendToQueue(this: object, queue: unknown, content: unknown, options?: unknown, done?: unknown): boolean {
      const channel = channelOf(this);
      const hasSpace = channel.publish('', queue, content, options);
      channel.expectConfirm(bound(done));
      return hasSpace;
    },
    waitForConfirms(this: object, done: unknown): void {
      const callback = bound(done) as (error?: Error) => void;
      channelOf(this).confirms.whenAll((error) => {
        if (error === null) callback();
        else callback(error);
      });
    },
  };
}

function connectionMethods(bound: (callback: unknown) => Callback, classes: () => Classes) {
  const opened = (
    connection: ConnectionCore,
    kind: 'Channel' | 'ConfirmChannel',
    given: readonly unknown[],
  ): object => {
    const done = bound(given.find((arg) => typeof arg === 'function'));
    const user = new (classes()[kind])();
    const channel = new ChannelCore(connection, user as Emitting);
    setCore(user, channel);
    const ready = (error: Error | null): void => (error === null ? done(null, user) : done(error));
    try {
      channel.open((error) => {
        channel.isConfirm = kind === 'ConfirmChannel';
        if (error === null && channel.isConfirm) channel.rpc({ type: 'confirm.select' }, ready);
        else ready(error);
      });
    } catch (error) {
      done(error as Error);
    }
    return user;
  };
  return {
    createChannel(this: object, ...args: unknown[]): object {
      return opened(connectionOf(this), 'Channel', args);
    },
    createConfirmChannel(this: object, ...args: unknown[]): object {
      return opened(connectionOf(this), 'ConfirmChannel', args);
    },
    close(this: object, done?: unknown): void {
      const callback = bound(done);
      connectionOf(this).close((error) => callback(error ?? null));
    },
  };
}
