import type { EmitterClass } from '../node/event-emitter';
import type { WireEnvironment } from '../wire';

import { connect } from './connect';
import { ask, questions } from './questions';
import {
  channelOf,
  confirming,
  connectionOf,
  emitterWith,
  modelOf,
  openChannel,
  publishing,
  settling,
  type UserClass,
} from './user-object';

type Callback = (error?: Error | null, value?: unknown) => void;
type Bind = (callback: unknown) => Callback;

/** `connect` of `amqplib/callback_api`: everything that is answered calls back, and gives the channel itself. */
export function createCallbackApi(environment: WireEnvironment, EventEmitter: EmitterClass) {
  const bound: Bind = (callback) =>
    typeof callback === 'function' ? environment.node.bind(callback as Callback) : () => undefined;
  const asking = Object.fromEntries(
    Object.entries(questions).map(([name, question]) => [
      name,
      function (this: object, ...args: unknown[]): object {
        const channel = channelOf(this);
        const asked = question.ask(channel, args.slice(0, question.count), environment.where());
        ask(channel, asked, bound(args[question.count]));
        return this;
      },
    ]),
  );
  const common = [publishing, settling(true), asking, closing(bound)];
  const Channel = emitterWith(EventEmitter, 'Channel', ...common);
  const confirms = [confirming(bound), waiting(bound)];
  const ConfirmChannel = emitterWith(EventEmitter, 'ConfirmChannel', ...common, ...confirms);
  const opening = connectionMethods(bound, Channel, ConfirmChannel);
  const CallbackModel = emitterWith(EventEmitter, 'CallbackModel', opening);
  /** `connect(url, options, callback)`, `connect(url, callback)` or `connect(callback)`. */
  return (...args: readonly unknown[]): void => {
    const at = args.findIndex((arg) => typeof arg === 'function');
    const done = bound(args[at]);
    const [url, socketOptions] = args.slice(0, at);
    connect(environment, url, socketOptions, (error, connection) => {
      if (connection === undefined) done(error);
      else done(null, modelOf(CallbackModel, connection));
    });
  };
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

function waiting(bound: Bind) {
  return {
    waitForConfirms(this: object, done: unknown): void {
      const callback = bound(done);
      channelOf(this).confirms.whenAll((error) => {
        if (error === null) callback();
        else callback(error);
      });
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
    close(this: object, done?: unknown): void {
      const callback = bound(done);
      connectionOf(this).close((error) => {
        callback(error ?? null);
      });
    },
  };
}
