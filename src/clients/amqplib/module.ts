import type { EmitterClass } from '../node/event-emitter';
import { Buffer } from '../node/buffer';
import type { WireEnvironment } from '../wire';
import { createCallbackApi } from './callback-api';
import { IllegalOperationError } from './errors';
import { createPromiseApi } from './promise-api';

const credentials = {
  plain: (username: string, password: string) => ({
    mechanism: 'PLAIN',
    response: () => Buffer.from(['', username, password].join('\0')),
    username,
    password,
  }),
  amqplain: (username: string, password: string) => ({
    mechanism: 'AMQPLAIN',
    response: () => Buffer.from(`LOGIN ${username} PASSWORD ${password}`),
    username,
    password,
  }),
  external: () => ({ mechanism: 'EXTERNAL', response: () => Buffer.from('') }),
};

/** The modules of the package, by the name under which they are imported. Made for one process. */
export const amqplibModules: Readonly<
  Record<string, (environment: WireEnvironment, EventEmitter: EmitterClass) => object>
> = {
  amqplib: (environment, EventEmitter) => ({
    connect: createPromiseApi(environment, EventEmitter),
    credentials,
    IllegalOperationError,
  }),
  'amqplib/callback_api': (environment, EventEmitter) => ({
    connect: createCallbackApi(environment, EventEmitter),
    credentials,
    IllegalOperationError,
  }),
};
