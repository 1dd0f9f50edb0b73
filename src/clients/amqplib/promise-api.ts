import type { Frame } from '../../brokers/rabbitmq/protocol';
import type { EmitterClass } from '../node/event-emitter';
import type { WireEnvironment } from '../wire';
import { ChannelCore, messageOf, type Emitting } from './channel-core';
import type { ConfirmCallback } from './confirms';
import { connect } from './connect';
import type { ConnectionCore } from './connection-core';
import * as methods from './methods';
import type { Unaddressed } from './methods';
import { questions } from './questions';
import { channelOf, connectionOf, emitterWith, listenerName, register, setCore, unanswered } from './user-object';

type Classes = Readonly<Record<'Channel' | 'ConfirmChannel' | 'ChannelModel', new () => object>>;

/** `connect` of the package `amqplib`: everything that is answered gives a promise. */
export function createPromiseApi(environment: WireEnvironment, EventEmitter: EmitterClass) {
  const asked = Object.fromEntries(
    Object.entries(questions).map(([name, { method, answer }]) => [
      name,
      function ask(this: object, ...args: unknown[]): Promise<unknown> {
        const shaped = ({ fields }: Frame): unknown => answer?.(...args) ?? fields;
        return question(environment, channelOf(this), () => method(...args), shaped);
      },
    ]),
  );
  const asks = { ...asked, ...consuming(environment) };
  const qos = { qos: asked['prefetch'] as () => Promise<unknown> };
  const classes: Classes = {
    Channel: emitterWith(EventEmitter, 'Channel', unanswered, asks, qos, closing(environment)),
    ConfirmChannel: emitterWith(
      EventEmitter,
      'ConfirmChannel',
      unanswered,
      asks,
      qos,
      closing(environment),
      confirming(environment),
    ),
    ChannelModel: emitterWith(
      EventEmitter,
      'ChannelModel',
      connectionMethods(environment, () => classes),
    ),
  };
  return (url?: unknown, socketOptions?: unknown): Promise<object> =>
    environment.promise((resolve, reject) => {
      connect(environment, url, socketOptions, (error, connection) => {
        if (connection === undefined) return reject(error);
        const model = new classes.ChannelModel();
        setCore(model, connection);
        connection.user = model as Emitting;
        resolve(model);
      });
    });
}

/** Asks the broker. What is wrong with the arguments rejects, as everything does. */
function question<T>(
  environment: WireEnvironment,
  channel: ChannelCore,
  method: () => Unaddressed,
  answer: (frame: Frame) => T,
): Promise<T> {
  return environment.promise((resolve, reject) => {
    channel.rpc(method(), (error, frame) => {
      if (frame === undefined) reject(error);
      else resolve(answer(frame));
    });
  });
}

function consuming(environment: WireEnvironment) {
  return {
    consume(this: object, queue: unknown, callback: unknown, options?: unknown): Promise<unknown> {
      const channel = channelOf(this);
      const method = methods.consume(queue, options, listenerName(callback), environment.where());
      return question(
        environment,
        channel,
        () => method,
        ({ fields }) => {
          register(channel, fields['consumerTag'], callback);
          return fields;
        },
      );
    },
    cancel(this: object, consumerTag: unknown): Promise<unknown> {
      const channel = channelOf(this);
      return question(
        environment,
        channel,
        () => methods.cancel(consumerTag),
        ({ fields }) => {
          channel.consumers.delete(String(consumerTag));
          return fields;
        },
      );
    },
    get(this: object, queue: unknown, options?: unknown): Promise<unknown> {
      return question(
        environment,
        channelOf(this),
        () => methods.get(queue, options),
        (frame) => (frame.type === 'basic.get-ok' ? messageOf(frame) : false),
      );
    },
  };
}

function closing(environment: WireEnvironment) {
  return {
    close(this: object): Promise<void> {
      return environment.promise((resolve) => {
        channelOf(this).close(() => resolve());
      });
    },
  };
}

function confirming(environment: WireEnvironment) {
  const bound = (callback: unknown): ConfirmCallback | undefined =>
    typeof callback === 'function' ? environment.node.bind(callback as ConfirmCallback) : undefined;
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
    waitForConfirms(this: object): Promise<undefined[]> {
      return environment.promise((resolve, reject) => {
        const { confirms } = channelOf(this);
        const awaited = Array.from({ length: confirms.unconfirmed }, () => undefined);
        confirms.whenAll((error) => {
          if (error === null) resolve(awaited);
          else reject(error);
        });
      });
    },
  };
}

function connectionMethods(environment: WireEnvironment, classes: () => Classes) {
  const opened = (connection: ConnectionCore, kind: 'Channel' | 'ConfirmChannel'): Promise<object> =>
    environment.promise((resolve, reject) => {
      const user = new (classes()[kind])();
      const channel = new ChannelCore(connection, user as Emitting);
      setCore(user, channel);
      const ready = (error: Error | null): void => (error === null ? resolve(user) : reject(error));
      channel.open((error) => {
        channel.isConfirm = kind === 'ConfirmChannel';
        if (error === null && channel.isConfirm) channel.rpc({ type: 'confirm.select' }, ready);
        else ready(error);
      });
    });
  return {
    createChannel(this: object): Promise<object> {
      return opened(connectionOf(this), 'Channel');
    },
    createConfirmChannel(this: object): Promise<object> {
      return opened(connectionOf(this), 'ConfirmChannel');
    },
    close(this: object): Promise<void> {
      return environment.promise((resolve, reject) => {
        connectionOf(this).close((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
      });
    },
  };
}
