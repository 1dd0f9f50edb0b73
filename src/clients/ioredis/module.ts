import type { EmitterClass } from '../node/event-emitter';
import { nodeError } from '../node/node-error';
import type { WireEnvironment } from '../wire';
import { createRedisClass } from './redis-class';
import { ReplyError } from './replies';

/** The package `ioredis`, made for one process: the class `Redis`, with itself as `default` and as `Redis`. */
export function createIoredis(environment: WireEnvironment, EventEmitter: EmitterClass): object {
  const Redis = createRedisClass(environment, EventEmitter);
  return Object.assign(Redis, { default: Redis, Redis, Cluster, ReplyError });
}

function Cluster(): never {
  throw nodeError(Error, 'ERR_NOT_SIMULATED', 'Redis.Cluster is not simulated: there is one server. Use new Redis().');
}
