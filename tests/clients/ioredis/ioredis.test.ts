import { describe, expect, it } from 'vitest';
import { runScenario, type Given } from '../../runtime/run-scenario';

/** What the processes printed, in order of time. */
const printed = async (given: Given): Promise<string[]> => (await runScenario(given)).printed();

const program = (body: string): string => `
  const Redis = require('ioredis');
  const redis = new Redis();
  (async () => {
    ${body}
  })();`;

describe('a client', () => {
  it('sends a pipeline at once, and a transaction as a whole', async () => {
    const lines = await printed({
      files: {
        'a.js': program(`
          console.log(await redis.pipeline().set('n', 1).incr('n').lpush('n', 'x').exec());
          console.log(await redis.multi().incr('n').get('n').exec());
          await redis.watch('n');
          await redis.duplicate().set('n', 9);
          console.log(await redis.multi().incr('n').exec());
          process.exit();`),
      },
      latencyMs: 1,
    });
    expect(lines.join('\n')).toContain("[ null, 'OK' ],\n  [ null, 2 ],\n  [\n    ReplyError: WRONGTYPE");
    expect(lines.slice(-2)).toEqual(["[ [ null, 3 ], [ null, '3' ] ]", 'null']);
  });

  it('puts its prefix in front of keys, and of nothing else', async () => {
    const lines = await printed({
      files: {
        'a.js': `
          import { Redis } from 'ioredis';
          const redis = new Redis('redis://localhost:6379/2', { keyPrefix: 'p:' });
          await redis.mset({ a: 1, b: 2 });
          await redis.xadd('s', '1-1', 'f', 'é');
          console.log((await redis.keys('*')).sort(), await redis.mget('a', 'b'));
          console.log(await redis.xread('COUNT', 1, 'STREAMS', 's', '0'));
          console.log(await redis.getBuffer('a'), await redis.exists(['a', 'c']));
          await redis.quit();`,
      },
    });
    expect(lines).toEqual(["[ 'p:a', 'p:b', 'p:s' ] [ '1', '2' ]", "[ [ 'p:s', [ [Array] ] ] ]", '<Buffer 31> 1']);
  });

  it('says what it may not while it listens, what is not there, and that nobody answers', async () => {
    const lines = await printed({
      files: {
        'a.js': program(`
          await redis.subscribe('news');
          console.log(await redis.get('k').catch((error) => error.message));
          try { redis.geoadd('g', 30.5, 50.4, 'Kyiv'); } catch (error) { console.log(error.code); }
          try { redis.call('GEOADD', 'g', 30.5, 50.4, 'Kyiv'); } catch (error) { console.log(error.message); }
          redis.disconnect();
          await new Promise((end) => redis.once('end', end));
          console.log(await redis.get('k').catch((error) => error.message));
          const other = new Redis({ port: 6380, retryStrategy: () => null });
          other.on('error', (error) => console.log(error.message));
          console.log(await other.get('k').catch((error) => error.message));`),
      },
    });
    expect(lines).toEqual([
      'Connection in subscriber mode, only subscriber commands may be used',
      'ERR_NOT_SIMULATED',
      "redis.call('GEOADD') is not simulated: Places on a map are not simulated. Keep them as fields of a hash.",
      'Connection is closed.',
      'connect ECONNREFUSED 127.0.0.1:6380',
      'Connection is closed.',
    ]);
  });
});

describe('what is published', () => {
  const listener = program(`
    redis.on('message', async function onNews(channel, text) {
      await new Promise((done) => setTimeout(done, 5));
      await other.xadd('archive', '*', 'text', text);
    });
    const other = new Redis();
    await redis.subscribe('news');`);
  const publisher = program(`await redis.publish('news', JSON.stringify({ n: 1 })); redis.disconnect();`);

  it('causes what its listener does, and its delivery lasts as long as that works', async () => {
    const log = await runScenario({
      files: { 'listener.js': listener, 'publisher.js': publisher },
      processes: [{ file: 'listener.js' }, { file: 'publisher.js', startAtMs: 10 }],
      latencyMs: 1,
      durationMs: 500,
    });
    const [news, archived] = log.of('message.published');
    expect(news?.message.data).toEqual({ n: 1 });
    expect(archived?.message).toMatchObject({
      type: 'archive',
      causationid: news?.message.id,
      data: { text: '{"n":1}' },
    });
    expect(log.of('listener.subscribed')).toMatchObject([
      { listener: 'onNews', pattern: 'news', where: 'listener.js:11' },
    ]);
    expect(log.of('message.enqueued')).toMatchObject([{ queue: 'archive', message: archived?.message.id }]);
    const [succeeded] = log.of('delivery.succeeded');
    expect(succeeded?.tookMs).toBeGreaterThanOrEqual(5);
  });

  it('is dropped when its listener has crashed', async () => {
    const log = await runScenario({
      files: { 'listener.js': listener, 'publisher.js': publisher },
      processes: [{ file: 'listener.js' }, { file: 'publisher.js', startAtMs: 10 }],
      interventions: [{ type: 'process.crash', atMs: 8, process: 'listener' }],
      durationMs: 500,
    });
    expect(log.of('message.dropped')).toMatchObject([{ reason: 'no-subscriber' }]);
  });
});
