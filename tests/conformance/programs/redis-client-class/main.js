// What a client is, how it is set up unless told otherwise, and what its errors carry.
const Redis = require('ioredis');
const { EventEmitter, once } = require('node:events');
const { inspect } = require('node:util');

const told = (error) => [error.name, error.constructor.name, error.message, Object.keys(error), error.command];

(async () => {
  console.log(Redis.default === Redis, Redis.Redis === Redis, Redis.name);
  for (const name of ['Cluster', 'Command', 'Pipeline', 'ReplyError', 'ScanStream']) console.log(name, typeof Redis[name]);
  const redis = new Redis();
  console.log(redis.constructor.name, redis instanceof Redis, redis instanceof EventEmitter, redis.isCluster);
  console.log(redis.status, redis.mode, inspect(redis, { depth: 0 }).split('\n')[0]);
  const { host, port, db, family, keepAlive, connectTimeout, enableReadyCheck, name, username, password } = redis.options;
  console.log({ host, port, db, family, keepAlive, connectTimeout, enableReadyCheck, name, username, password });
  const { reconnectOnError, connectionName, autoResendUnfulfilledCommands, stringNumbers, enableAutoPipelining } = redis.options;
  console.log({ reconnectOnError, connectionName, autoResendUnfulfilledCommands, stringNumbers, enableAutoPipelining });
  console.log(Redis.defaultOptions.maxRetriesPerRequest, redis.options.retryStrategy(1), redis.options.retryStrategy(100));
  await once(redis, 'ready');
  console.log(redis.status, redis.eventNames());

  await redis.set('word', 'one');
  await redis.incr('word').catch((error) => console.log(...told(error)));
  await redis.call('NOSUCH', 'a').catch((error) => console.log(...told(error)));
  const pipeline = redis.pipeline();
  console.log(pipeline.constructor.name, pipeline.isPipeline, pipeline.length, pipeline.get('word').incr('word').length);
  for (const [error, value] of await pipeline.exec()) console.log(error && told(error), value);

  const lost = new Redis({ port: 6391, maxRetriesPerRequest: 1, retryStrategy: (times) => (times > 2 ? null : 10) });
  lost.on('error', (error) => console.log('error', error.code, lost.status));
  await lost.get('x').catch((error) => console.log(...told(error)));
  await new Promise((over) => lost.once('end', over));
  await lost.get('x').catch((error) => console.log(...told(error)));
  console.log(await redis.quit());
})();
