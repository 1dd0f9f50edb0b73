import type { EmitterClass } from '../node/event-emitter';
import type { WireEnvironment } from '../wire';
import type { ConfirmCallback } from './confirms';
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

/** `connect` of the package `amqplib`: everything that is answered gives a promise. */
export function createPromiseApi(environment: WireEnvironment, EventEmitter: EmitterClass) {
  const asking = Object.fromEntries(
    Object.entries(questions).map(([name, question]) => [
      name,
      function (this: object, ...args: unknown[]): Promise<unknown> {
        const channel = channelOf(this);
        const asked = question.ask(channel, args, environment.where());
        return promised(environment, (done) => {
          ask(environment, channel, asked, done);
        });
      },
    ]),
  );
  const common = [publishing, settling(false), asking, { qos: asking['prefetch']! }, closing(environment)];
  const bound = (callback: unknown): ConfirmCallback | undefined =>
    typeof callback === 'function' ? environment.node.bind(callback as ConfirmCallback) : undefined;
  const Channel = emitterWith(EventEmitter, 'Channel', ...common);
  const confirms = [confirming(bound), waiting(environment)];
  const ConfirmChannel = emitterWith(EventEmitter, 'ConfirmChannel', ...common, ...confirms);
  const opening = connectionMethods(environment, Channel, ConfirmChannel);
  const ChannelModel = emitterWith(EventEmitter, 'ChannelModel', opening);
  const openInner = innerConnections(environment, EventEmitter);
  const open: Open = (url, socketOptions, done) => {
    connect(environment, url, socketOptions, (error, connection) => {
      if (connection === undefined) done(error);
      else done(null, modelOf(ChannelModel, connection, openInner));
    });
  };
  const recovering = recoveringMethods(environment, Channel, ConfirmChannel);
  const RecoveringPromiseModel = emitterWith(EventEmitter, 'RecoveringPromiseModel', recovering);
  return (url?: unknown, socketOptions?: unknown): Promise<object> => {
    const recovery = recoveryOf(socketOptions);
    if (recovery === undefined)
      return promised(environment, (done) => {
        open(url, socketOptions, done);
      });
    const user = recoveringModelOf(RecoveringPromiseModel, environment, recovery, (done) => {
      open(url, socketOptions, done);
    });
    return recovery.waitForConnect
      ? firstConnected(environment, user)
      : promised(environment, (done) => done(null, user));
  };
}

type Open = (url: unknown, socketOptions: unknown, done: (error: Error | null, model?: object) => void) => void;

/** Gives the connection that is made again and again, once it is there. */
function firstConnected(environment: WireEnvironment, user: object): Promise<object> {
  return promised(environment, (done) => {
    recoveryOfModel(user).whenFirst((error) => {
      if (error) done(error);
      else done(null, user);
    });
  });
}

/** A promise for what calls back. */
function promised<T>(
  environment: WireEnvironment,
  run: (done: (error: Error | null, value?: T) => void) => void,
): Promise<T> {
  return environment.promise((resolve, reject) => {
    run((error, value) => {
      if (error === null) resolve(value as T);
      else reject(error);
    });
  });
}

function closing(environment: WireEnvironment) {
  return {
    close(this: object): Promise<void> {
      return promised(environment, (done) => {
        channelOf(this).close(() => {
          done(null);
        });
      });
    },
  };
}

function waiting(environment: WireEnvironment) {
  return {
    waitForConfirms(this: object): Promise<undefined[]> {
      const { confirms } = channelOf(this);
      const awaited = confirms.unconfirmed.filter((callback) => callback !== null).map(() => undefined);
      return promised(environment, (done) => {
        confirms.whenAll((error) => {
          if (error === null) done(null, awaited);
          else done(error);
        });
      });
    },
  };
}

/** As `connectionMethods`, on whatever connection there is, or will be. */
function recoveringMethods(environment: WireEnvironment, Channel: UserClass, ConfirmChannel: UserClass) {
  const opened = (user: object, Class: UserClass, options: unknown): Promise<object> =>
    promised(environment, (done) => {
      whenConnected(user, done, (connection) => {
        openChannel(connection, { Class, confirms: Class === ConfirmChannel, options }, done);
      });
    });
  return {
    waitForConnect(this: object): Promise<object> {
      return firstConnected(environment, this);
    },
    createChannel(this: object, options?: unknown): Promise<object> {
      return opened(this, Channel, options);
    },
    createConfirmChannel(this: object, options?: unknown): Promise<object> {
      return opened(this, ConfirmChannel, options);
    },
    updateSecret(this: object, secret: unknown, reason: unknown): Promise<void> {
      return promised(environment, (done) => {
        whenConnected(this, done, (connection) => {
          connection.updateSecret(secret, reason, () => done(null));
        });
      });
    },
    close(this: object): Promise<void> {
      return promised(environment, (done) => {
        recoveryOfModel(this).close(() => done(null));
      });
    },
  };
}

function connectionMethods(environment: WireEnvironment, Channel: UserClass, ConfirmChannel: UserClass) {
  const opened = (model: object, Class: UserClass, options: unknown): Promise<object> =>
    promised(environment, (done) => {
      openChannel(connectionOf(model), { Class, confirms: Class === ConfirmChannel, options }, done);
    });
  return {
    createChannel(this: object, options?: unknown): Promise<object> {
      return opened(this, Channel, options);
    },
    createConfirmChannel(this: object, options?: unknown): Promise<object> {
      return opened(this, ConfirmChannel, options);
    },
    updateSecret(this: object, secret: unknown, reason: unknown): Promise<void> {
      return promised(environment, (done) => {
        connectionOf(this).updateSecret(secret, reason, () => done(null));
      });
    },
    close(this: object): Promise<void> {
      return promised(environment, (done) => {
        connectionOf(this).close((error) => {
          done(error ?? null);
        });
      });
    },
  };
}
