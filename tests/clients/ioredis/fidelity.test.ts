import { describe, expect, it } from 'vitest';
import { typeProblems } from '../../gallery/check-types';
import { runScenario } from '../../runtime/run-scenario';

/** What a program prints, as ioredis 5 was seen to print it. */
async function printed(body: string): Promise<string[]> {
  const log = await runScenario({
    files: {
      'a.mjs': `
        import Redis from 'ioredis';
        const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
        const failure = (promise) => promise.then((value) => value, (error) => error.name + ': ' + error.message);
        ${body}`,
    },
    durationMs: 5_000,
  });
  return log.printed();
}

describe('a pipeline', () => {
  it('may hold a transaction, and shapes what each of its commands gives', async () => {
    const lines = await printed(`
      const redis = new Redis();
      console.log(JSON.stringify(await redis.multi().hset('h', { a: 1 }).hgetall('h').exec()));
      console.log(JSON.stringify(await redis.pipeline().multi().set('k', 1).get('k').exec().get('k').exec()));
      console.log(JSON.stringify(await redis.pipeline([['set', 'k', 2], ['get', 'k']]).exec()));
      try { redis.pipeline([['nope', 1]]); } catch (error) { console.log(error.name); }
      const refused = await redis.multi().set('k').get('k').exec().catch((error) => error);
      console.log(refused.message, refused.previousErrors.map(({ message }) => message));
      await redis.multi({ pipeline: false });
      await redis.set('k', 3);
      console.log(await redis.exec());
      redis.disconnect();`);
    expect(lines).toEqual([
      '[[null,1],[null,{"a":"1"}]]',
      '[[null,"OK"],[null,"QUEUED"],[null,"QUEUED"],[null,["OK","1"]],[null,"1"]]',
      '[[null,"OK"],[null,"2"]]',
      'TypeError',
      'EXECABORT Transaction discarded because of previous errors. [ "ERR wrong number of arguments for \'set\' command" ]',
      "[ [ null, 'OK' ] ]",
    ]);
  });
});

describe('a pipeline that is executed once more', () => {
  it('sends everything again, and gives what it gave the first time', async () => {
    const lines = await printed(`
      const redis = new Redis();
      const pipeline = redis.pipeline().incr('n');
      console.log(await pipeline.exec(), await pipeline.exec(), await redis.get('n'));
      pipeline.incr('n');
      console.log(pipeline.length, await pipeline.exec(), await redis.get('n'));
      const transaction = redis.multi().incr('n');
      console.log(JSON.stringify([await transaction.exec(), await transaction.exec(), await redis.get('n')]));
      redis.disconnect();`);
    expect(lines).toEqual([
      '[ [ null, 1 ] ] [ [ null, 1 ] ] 2',
      '2 [ [ null, 1 ] ] 4',
      '[[[null,5]],[[null,"OK"],[null,"QUEUED"],[null,[5]]],"6"]',
    ]);
  });
});

describe('a command by its name', () => {
  it('is sent as it was written', async () => {
    const lines = await printed(`
      const redis = new Redis();
      console.log(await redis.call('SET', 'k', 'v'), await redis.callBuffer('get', 'k'));
      const error = await redis.call('FOO', 'a').catch((thrown) => thrown);
      console.log(error.message, JSON.stringify(error.command));
      redis.disconnect();`);
    expect(lines).toEqual([
      'OK <Buffer 76>',
      'ERR unknown command \'FOO\', with args beginning with: \'a\'  {"name":"FOO","args":["a"]}',
    ]);
  });
});

describe('the database of a client', () => {
  it('is selected again after the connection was lost, and each command goes to the one it was asked in', async () => {
    const lines = await printed(`
      const redis = new Redis({ db: 1 });
      redis.on('select', (db) => console.log('select', db));
      redis.set('k', 'one');
      redis.select(2);
      await redis.set('k', 'two');
      redis.disconnect(true);
      console.log(await redis.get('k'));
      console.log(await redis.get('k'), (await redis.client('INFO')).match(/db=./)[0]);
      await redis.select(1);
      console.log(await redis.get('k'));
      redis.disconnect();`);
    expect(lines).toEqual(['select 2', 'select 1', 'select 2', 'select 2', 'two', 'two db=2', 'select 1', 'one']);
  });
});

describe('commandTimeout', () => {
  it('ends a command that is not answered in time, and those that wait behind it', async () => {
    const lines = await printed(`
      const redis = new Redis({ commandTimeout: 50 });
      console.log(await failure(redis.blpop('none', 1)), await failure(redis.ping()));
      await sleep(1000);
      console.log(await redis.ping());
      redis.disconnect();`);
    expect(lines).toEqual(['Error: Command timed out Error: Command timed out', 'PONG']);
  });
});

describe('a connection that is lost', () => {
  it('takes with it the pipelines of which something was answered, and all that was sent when it is not to be sent again', async () => {
    const lines = await printed(`
      const other = new Redis();
      const lost = async (options, ask) => {
        const redis = new Redis({ retryStrategy: () => 20, ...options });
        const id = await redis.client('ID');
        const asked = ask(redis);
        await sleep(10);
        await other.client('KILL', 'ID', id);
        await sleep(50);
        return { redis, asked };
      };
      const { asked } = await lost({}, (redis) => redis.pipeline().set('k', 1).blpop('none', 0).get('k').exec());
      console.log((await asked).map(([error, value]) => value ?? error.name + ': ' + error.message));
      let state = 'pending';
      const { redis } = await lost({ autoResendUnfulfilledCommands: false }, (redis) => {
        redis.blpop('none', 0).finally(() => (state = 'settled'));
      });
      console.log(await redis.ping(), state);
      process.exit();`);
    expect(lines).toEqual([
      '[',
      "  'OK',",
      "  'AbortError: Command aborted due to connection close',",
      "  'AbortError: Command aborted due to connection close'",
      ']',
      'PONG pending',
    ]);
  });
});

describe('reconnectOnError', () => {
  it.each([
    ['2', '1'],
    ['true', 'WRONGTYPE Operation against a key holding the wrong kind of value'],
    ['false', 'WRONGTYPE Operation against a key holding the wrong kind of value'],
  ])('with %s', async (answer, given) => {
    const lines = await printed(`
      const other = new Redis();
      const redis = new Redis({ reconnectOnError: () => ${answer}, retryStrategy: () => 20 });
      redis.on('reconnecting', () => console.log('reconnecting'));
      await redis.set('k', 'text');
      const pushed = redis.lpush('k', 1).catch((error) => error.message);
      await sleep(10);
      await other.del('k');
      console.log(await pushed);
      process.exit();`);
    expect(lines).toEqual([...(answer === 'false' ? [] : ['reconnecting']), given]);
  });
});

describe('stringNumbers', () => {
  it('makes text of every number', async () => {
    const lines = await printed(`
      const redis = new Redis({ stringNumbers: true });
      console.log([await redis.incr('n'), await redis.xpending('s', 'g').catch(() => 'none'), await redis.time()].flat().every((each) => typeof each === 'string'));
      redis.disconnect();`);
    expect(lines).toEqual(['true']);
  });
});

describe('a loop over a scan', () => {
  it('fails with the error of the scan', async () => {
    const lines = await printed(`
      const redis = new Redis();
      await redis.set('k', 'text');
      try {
        for await (const members of redis.sscanStream('k')) console.log(members);
      } catch (error) {
        console.log(error.message);
      }
      redis.disconnect();`);
    expect(lines).toEqual(['WRONGTYPE Operation against a key holding the wrong kind of value']);
  });
});

describe('an object for HSET or MSET', () => {
  it('has text for values, and stands where nothing follows', async () => {
    const lines = await printed(`
      const redis = new Redis();
      console.log(await redis.hset('h', { list: [1, 2], table: { a: 1 } }), await redis.hgetall('h'));
      console.log(await redis.hset('h', 'f', { a: 1 }), await redis.hget('h', 'f'));
      console.log(await redis.mset(['k', [3, 4]]), await redis.get('k'));
      redis.disconnect();`);
    expect(lines).toEqual(["2 { list: '1,2', table: '[object Object]' }", '1 [object Object]', 'OK 3,4']);
  });
});

describe('the end of a connection', () => {
  it('comes at once when nothing was asked yet, and not to who waits to connect again', async () => {
    const lines = await printed(`
      const early = new Redis();
      for (const event of ['close', 'end']) early.on(event, () => console.log('early', event));
      console.log(await early.quit());
      await sleep(10);
      const lazy = new Redis({ lazyConnect: true });
      for (const event of ['wait', 'connecting', 'connect', 'ready', 'close', 'end']) lazy.on(event, () => console.log('lazy', event));
      await lazy.connect();
      console.log(await failure(lazy.connect()));
      await lazy.quit();
      await sleep(10);
      const lost = new Redis({ port: 6399, retryStrategy: () => 100 });
      lost.on('error', () => {});
      await sleep(10);
      lost.disconnect();
      console.log(lost.status, await Promise.race([failure(lost.get('k')), sleep(500)]));
      process.exit();`);
    expect(lines).toEqual([
      'OK',
      'early end',
      'lazy wait',
      'lazy connecting',
      'lazy connect',
      'lazy ready',
      'Error: Redis is already connecting/connected',
      'lazy close',
      'lazy end',
      'reconnecting undefined',
    ]);
  });
});

describe('unsubscribing from everything', () => {
  it('is answered only when nothing at all is listened to any more', async () => {
    const lines = await printed(`
      const redis = new Redis();
      await redis.subscribe('a', 'b');
      await redis.psubscribe('c*');
      const all = redis.unsubscribe();
      console.log(await Promise.race([all, sleep(20)]), redis.mode);
      console.log(await redis.punsubscribe('c*'), redis.mode);
      redis.disconnect();`);
    expect(lines[0]).toBe('undefined subscriber');
  });
});

describe('options', () => {
  it('have ioredis’s defaults, and come from the address too', async () => {
    const lines = await printed(`
      const shown = ({ host, port, db, keyPrefix }) => console.log(host, port, db, keyPrefix);
      for (const args of [[], ['6379'], [6379, { db: 1 }], ['redis://127.0.0.1/3'], ['redis://127.0.0.1?db=4&keyPrefix=a']]) {
        const redis = new Redis(...args);
        shown(redis.options);
        redis.disconnect();
      }
      const prefixed = new Redis({ keyPrefix: 'p:' });
      await prefixed.xadd('s', '*', 'a', 1);
      console.log(await failure(prefixed.xgroup('CREATE', 's', 'g', '0')).then((text) => text.slice(0, 40)));
      console.log(await prefixed.xgroup('CREATE', 'p:s', 'g', '0'));
      prefixed.disconnect();`);
    expect(lines).toEqual([
      'localhost 6379 0 ',
      'localhost 6379 0 ',
      'localhost 6379 1 ',
      '127.0.0.1 6379 3 ',
      '127.0.0.1 6379 4 a',
      'ReplyError: ERR The XGROUP subcommand re',
      'OK',
    ]);
  });
});

it('code written against the published types is not red', { timeout: 60_000 }, () => {
  const problems = typeProblems({
    'a.ts': `
      import Redis, { Redis as Named, type RedisOptions, type ChainableCommander, type Callback, type RedisKey, type RedisValue } from 'ioredis';
      const options: RedisOptions = { host: 'localhost', port: 6379, password: 'x', maxRetriesPerRequest: null, retryStrategy: (times) => Math.min(times * 50, 2000), enableReadyCheck: true, connectTimeout: 1000, commandTimeout: 100, reconnectOnError: () => false };
      const redis = new Redis(options);
      const other: Named = redis.duplicate();
      redis.on('error', (error) => console.log(error.message));
      redis.on('message', (channel, message) => console.log(channel.length, message.length));
      redis.once('ready', () => console.log(redis.status));
      const key: RedisKey = 'k';
      const value: RedisValue = 1;
      const set: 'OK' | null = await redis.set(key, value, 'EX', 10, 'NX');
      const get: string | null = await redis.get(key);
      const all: Record<string, string> = await redis.hgetall('h');
      const count: number = await redis.incr('n');
      const done: Callback<string | null> = (error, result) => console.log(error, result);
      redis.get('k', done);
      const pipeline: ChainableCommander = redis.pipeline();
      const results = await pipeline.set('k', 1).get('k').exec();
      for (const [error, result] of results ?? []) console.log(error, result);
      const id: string | null = await redis.xadd('s', '*', 'a', 1);
      const read = await redis.xreadgroup('GROUP', 'g', 'c', 'COUNT', 1, 'BLOCK', 100, 'STREAMS', 's', '>');
      for (const [stream, entries] of (read ?? []) as [string, [string, string[]][]][]) console.log(stream, entries.length);
      const buffer: Buffer | null = await redis.getBuffer('k');
      await other.quit();
      console.log(set, get, all, count, id, buffer, await redis.callBuffer('GET', 'k'), redis.mode);`,
  });
  expect(problems).toEqual([]);
});
