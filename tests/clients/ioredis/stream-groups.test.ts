import { describe, expect, it } from 'vitest';
import { runScenario, type Given } from '../../runtime/run-scenario';

const worker = (body: string): string => `
  const Redis = require('ioredis');
  const redis = new Redis();
  const read = (...ids) => redis.xreadgroup('GROUP', 'workers', process.argv[2], 'COUNT', 10, 'BLOCK', 100, 'STREAMS', 'orders', ...ids);
  (async () => {
    await redis.xgroup('CREATE', 'orders', 'workers', '0', 'MKSTREAM').catch(() => {});
    ${body}
  })();`;

const given: Given = {
  files: {
    'shop.js': `
      const Redis = require('ioredis');
      const redis = new Redis();
      (async () => {
        for (const id of ['a', 'b']) await redis.xadd('orders', '*', 'id', id);
        redis.disconnect();
      })();`,
    'first.js': worker(`
      const [[, [[id]]]] = await read('>');
      await redis.xack('orders', 'workers', id);`),
    'second.js': worker(`
      const [, entries] = await redis.xautoclaim('orders', 'workers', process.argv[2], 0, '0');
      for (const [id] of entries) await redis.xack('orders', 'workers', id);
      redis.disconnect();`),
  },
  processes: [
    { file: 'shop.js' },
    { file: 'first.js', args: ['one'], startAtMs: 20 },
    { file: 'second.js', args: ['two'], startAtMs: 100 },
  ],
  interventions: [{ type: 'process.crash', atMs: 50, process: 'first' }],
  durationMs: 500,
  latencyMs: 1,
};

describe('what a consumer group reads', () => {
  it('is delivered, acked, and given to another one when its consumer is gone', async () => {
    const log = await runScenario(given);
    const [a, b] = log.of('message.published').map(({ message }) => message.id);
    expect(log.of('message.dispatched')).toMatchObject([
      { message: a, queue: 'orders', process: 'first', listener: 'workers/one', attempt: 1, delivery: 'd_1' },
      { message: b, queue: 'orders', process: 'first', listener: 'workers/one', attempt: 1, delivery: 'd_2' },
      { message: b, queue: 'orders', process: 'second', listener: 'workers/two', attempt: 2, delivery: 'd_3' },
    ]);
    expect(log.of('delivery.started').map(({ delivery }) => delivery)).toEqual(['d_1', 'd_2', 'd_3']);
    expect(log.of('delivery.succeeded').map(({ delivery }) => delivery)).toEqual(['d_1', 'd_3']);
    expect(log.of('message.requeued')).toMatchObject([{ message: b, queue: 'orders', delivery: 'd_2' }]);
    expect(log.of('process.crashed')).toMatchObject([{ process: 'first', interrupted: 1 }]);
    expect(log.of('listener.subscribed')).toMatchObject([
      { process: 'first', listener: 'workers/one', pattern: 'orders', queue: 'orders', where: 'first.js:4' },
      { process: 'second', listener: 'workers/two', pattern: 'orders', queue: 'orders', where: 'second.js:8' },
    ]);
  });

  it('is caused by what put it there', async () => {
    const log = await runScenario(given);
    for (const { message, cause, attempt } of log.of('message.dispatched')) {
      const from = log.entries[cause ?? 0];
      expect(from).toMatchObject({ type: attempt === 1 ? 'message.enqueued' : 'message.requeued', message });
    }
  });

  it('is over at once without acks, and given up when its consumer is deleted', async () => {
    const log = await runScenario({
      ...given,
      files: {
        ...given.files,
        'first.js': worker(`
          await redis.xreadgroup('GROUP', 'workers', 'one', 'NOACK', 'COUNT', 1, 'STREAMS', 'orders', '>');
          await read('>');
          await redis.xgroup('DELCONSUMER', 'orders', 'workers', 'one');`),
        'second.js': '',
      },
    });
    const [a, b] = log.of('message.published').map(({ message }) => message.id);
    expect(log.of('delivery.succeeded')).toMatchObject([{ message: a, attempt: 1 }]);
    expect(log.of('message.dropped')).toMatchObject([{ message: b, queue: 'orders', reason: 'consumer-gone' }]);
  });
});

describe('what a client reads on its own', () => {
  it('is delivered to each that reads', async () => {
    const reader = `
      import Redis from 'ioredis';
      const redis = new Redis();
      const [[, entries]] = await redis.xread('BLOCK', 0, 'STREAMS', 'orders', '$');
      console.log(entries.length);
      redis.disconnect();`;
    const log = await runScenario({
      ...given,
      files: { ...given.files, 'first.mjs': reader, 'second.mjs': reader },
      processes: [{ file: 'shop.js', startAtMs: 50 }, { file: 'first.mjs' }, { file: 'second.mjs' }],
      interventions: [],
    });
    expect(log.of('message.dispatched').map(({ process, listener, queue }) => [process, listener, queue])).toEqual([
      ['second', 'xread', undefined],
      ['first', 'xread', undefined],
    ]);
    expect(log.of('delivery.succeeded')).toHaveLength(2);
  });
});

describe('what is published before the connection is ready', () => {
  it('keeps its line and its cause', async () => {
    const log = await runScenario({
      files: {
        'a.js': `
          const Redis = require('ioredis');
          const redis = new Redis();
          redis.publish('news', 'one');
          redis.xadd('orders', '*', 'id', 1);`,
      },
      latencyMs: 5,
      durationMs: 200,
    });
    const started = log.of('process.started')[0]?.seq;
    expect(log.of('message.published').map(({ where, cause }) => [where, cause])).toEqual([
      ['a.js:4', started],
      ['a.js:5', started],
    ]);
  });
});
