import type { EmitterClass } from '../node/event-emitter';
import type { WireEnvironment } from '../wire';

import { connect } from './connect';
import { innerConnections } from './inner-connection';
import { recoveryOf } from './recovery';
import { ask, questions } from './questions';
import {
  channelOf,
  confirming,
  connectionOf,
  emitterWith,
  modelOf,
  openChannel,
  publishing,
  recoveringModelOf,
  recoveryOfModel,
  settling,
  type UserClass,
  whenConnected,
} from './user-object';

type Callback = (error?: Error | null, value?: unknown) => void;
type Bind = (callback: unknown) => Callback;

/** As amqplib learns of it: when it calls. */
function noFunction(): never {
  throw new TypeError('cb is not a function');
}

/** `connect` of `amqplib/callback_api`: everything that is answered calls back, and gives the channel itself. */
export function createCallbackApi(environment: WireEnvironment, EventEmitter: EmitterClass) {
  const bound: Bind = (callback) =>
    typeof callback === 'function'
      ? environment.node.bind(callback as Callback)
      : callback
        ? noFunction
        : () => undefined;
  const asking = Object.fromEntries(
    Object.entries(questions).map(([name, question]) => [
      name,
      function (this: object, ...args: unknown[]): object {
        const channel = channelOf(this);
        const asked = question.ask(channel, args.slice(0, question.count), environment.where());
        ask(environment, channel, asked, bound(args[question.count]));
        return this;
      },
    ]),
  );
  const common = [publishing, settling(true), asking, closing(bound)];
  const Channel = emitterWith(EventEmitter, 'Channel', ...common);
  const confirms = [confirming(bound), waiting(environment, bound)];
  const ConfirmChannel = emitterWith(EventEmitter, 'ConfirmChannel', ...common, ...confirms);
  const opening = connectionMethods(bound, Channel, ConfirmChannel);
  const CallbackModel = emitterWith(EventEmitter, 'CallbackModel', opening);
  const RecoveringCallbackModel = emitterWith(
    EventEmitter,
    'RecoveringCallbackModel',
    recoveringMethods(bound, Channel, ConfirmChannel),
  );
  const openInner = innerConnections(environment, EventEmitter);
  /** `connect(url, options, callback)`, `connect(url, callback)` or `connect(callback)`. */
  return (...args: readonly unknown[]): unknown => {
    const at = args.findIndex((arg) => typeof arg === 'function');
    const done = bound(args[at]);
    const [url, socketOptions] = at < 0 ? args : args.slice(0, at);
    const open = (opened: Callback): void => {
      connect(environment, url, socketOptions, (error, connection) => {
        if (connection === undefined) opened(error);
        else opened(null, modelOf(CallbackModel, connection, openInner));
      });
    };
    const recovery = recoveryOf(socketOptions);
    if (recovery === undefined) {
      open(done);
      return undefined;
    }
    const user = recoveringModelOf(RecoveringCallbackModel, environment, recovery, open as OpenModel);
    if (recovery.waitForConnect) waitForFirst(user, done);
    else environment.node.later(() => done(null, user));
    return user;
  };
}

type OpenModel = Parameters<typeof recoveringModelOf>[3];

function waitForFirst(user: object, done: Callback): void {
  recoveryOfModel(user).whenFirst((error) => {
    if (error) done(error);
    else done(null, user);
  });
}

function closing(bound: Bind) {
  return {
    close(this: object, done?: unknown): void {
      const callback = bound(done);
      channelOf(this).close(() => {
        callback(null);
      });
    },
  };
}

/** As in amqplib, it tells by way of a promise: what its callback throws is a rejection that nobody handles. */
function waiting(environment: WireEnvironment, bound: Bind) {
  return {
    waitForConfirms(this: object, done: unknown): void {
      const callback = bound(done);
      const all = environment.promise<undefined>((resolve, reject) => {
        channelOf(this).confirms.whenAll((error) => {
          if (error === null) resolve(undefined);
          else reject(error);
        });
      });
      void all.then(
        () => {
          callback();
        },
        (error: unknown) => {
          callback(error as Error);
        },
      );
    },
  };
}

/** As `connectionMethods`, on whatever connection there is, or will be. */
function recoveringMethods(bound: Bind, Channel: UserClass, ConfirmChannel: UserClass) {
  const opened = (user: object, Class: UserClass, args: readonly unknown[]): object => {
    const [options, callback] = typeof args[0] === 'function' ? [undefined, args[0]] : args;
    const done = bound(callback);
    whenConnected(user, done, (connection) => {
      openChannel(connection, { Class, confirms: Class === ConfirmChannel, options }, done);
    });
    return user;
  };
  return {
    waitForConnect(this: object, done?: unknown): object {
      waitForFirst(this, bound(done));
      return this;
    },
    createChannel(this: object, ...args: unknown[]): object {
      return opened(this, Channel, args);
    },
    createConfirmChannel(this: object, ...args: unknown[]): object {
      return opened(this, ConfirmChannel, args);
    },
    updateSecret(this: object, secret: unknown, reason: unknown, done?: unknown): object {
      const callback = bound(done);
      whenConnected(this, callback, (connection) => {
        connection.updateSecret(secret, reason, () => callback(null));
      });
      return this;
    },
    close(this: object, done?: unknown): object {
      const callback = bound(done);
      recoveryOfModel(this).close(() => callback(null));
      return this;
    },
  };
}

function connectionMethods(bound: Bind, Channel: UserClass, ConfirmChannel: UserClass) {
  /** The options may be left out. */
  const opened = (model: object, Class: UserClass, args: readonly unknown[]): object => {
    const [options, callback] = args[1] === undefined ? [undefined, args[0]] : args;
    return openChannel(connectionOf(model), { Class, confirms: Class === ConfirmChannel, options }, bound(callback));
  };
  return {
    createChannel(this: object, ...args: unknown[]): object {
      return opened(this, Channel, args);
    },
    createConfirmChannel(this: object, ...args: unknown[]): object {
      return opened(this, ConfirmChannel, args);
    },
    updateSecret(this: object, secret: unknown, reason: unknown, done?: unknown): object {
      const callback = bound(done);
      connectionOf(this).updateSecret(secret, reason, () => callback());
      return this;
    },
    close(this: object, done?: unknown): void {
      const callback = bound(done);
      connectionOf(this).close((error) => {
        callback(error ?? null);
      });
    },
  };
}
