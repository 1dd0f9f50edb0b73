import type { EmitterClass } from '../node/event-emitter';
import { nodeError } from '../node/node-error';
import type { WireEnvironment } from '../wire';
import { defaultOptions } from './options';
import { createRedisClass } from './redis-class';
import { ReplyError } from './replies';

/** The package `ioredis`, made for one process: the class `Redis`, with itself as `default` and as `Redis`. */
export function createIoredis(environment: WireEnvironment, EventEmitter: EmitterClass): object {
  const Redis = createRedisClass(environment, EventEmitter);
  const createClient = (...args: unknown[]): object => Reflect.construct(Redis, args) as object;
  const print = (error: unknown, reply: unknown): void => {
    environment.node.write('stdout', error ? `Error: ${textOf(error)}\n` : `Reply: ${textOf(reply)}\n`);
  };
  const refused = Object.fromEntries(Object.entries(absent).map((each) => [each[0], absentClass(...each)]));
  return Object.assign(Redis, {
    ...refused,
    createClient,
    print,
    default: Redis,
    Redis,
    Cluster,
    ReplyError,
    defaultOptions,
  });
}

/** As when it is added to a text. */
const textOf = (value: unknown): string => ''.concat(value as string);

/** Classes that ioredis works with, and what there is for who would make one. */
const absent: Readonly<Record<string, string>> = {
  Command: 'Use the method of the command, or redis.call().',
  Pipeline: 'Use redis.pipeline().',
  ScanStream: 'Use redis.scan() or redis.keys().',
  AbstractConnector: 'There is one server. Use new Redis().',
  SentinelConnector: 'There is one server. Use new Redis().',
  SentinelIterator: 'There is one server. Use new Redis().',
};

function absentClass(name: string, sentence: string): unknown {
  return Object.defineProperty(
    function () {
      throw nodeError(Error, 'ERR_NOT_SIMULATED', `Redis.${name} is not simulated: ${sentence}`);
    },
    'name',
    { value: name },
  );
}

function Cluster(): never {
  throw nodeError(Error, 'ERR_NOT_SIMULATED', 'Redis.Cluster is not simulated: there is one server. Use new Redis().');
}
