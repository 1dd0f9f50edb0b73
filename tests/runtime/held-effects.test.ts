import { describe, expect, it } from 'vitest';
import { runScenario, type Log } from './run-scenario';

const replayAll = `
await sleep(10);
const replayed = await replay(bus, again, { suppressEffects: true });
console.log(JSON.stringify(replayed));`;
const head = `import { eventBus, eventStore, aggregate, idempotent, inbox, outbox, replay, sleep, store } from 'eventarium';
const bus = eventBus('shop');
bus.emit('order.placed', { id: 7 });
`;
/** Replays one event to the code of a listener, with its effects held back. */
const held = (listener: string, more: Record<string, string> = {}, before = ''): Promise<Log> =>
  runScenario({
    files: { 'shop.ts': `${head}${before}\nasync function again(event) {\n${listener}\n}\n${replayAll}`, ...more },
    latencyMs: 1,
  });
const effects = (log: Log) =>
  log.of('effect.held').map(({ effect, broker, event, place, data }) => [effect, broker, event, place, data]);

const api = `import express from 'express';
const app = express();
app.use(express.json());
app.all('/orders', (req, res) => { console.log(req.method); res.json({ n: 1 }); });
app.listen(3000);`;

describe('where effects are held back', () => {
  it('requests that change something are answered at once and sent nowhere; what only reads is asked', async () => {
    const log = await held(
      `const made = await fetch('http://api:3000/orders', { method: 'POST', body: JSON.stringify({ id: 7 }) });
       console.log(made.status, made.headers.get('x-effect-held'), JSON.stringify(await made.json()));
       console.log(JSON.stringify(await (await fetch('http://api:3000/orders')).json()));`,
      { 'api.ts': api },
    );
    expect(log.printed('api')).toEqual(['GET']);
    expect(log.printed('shop')).toEqual(['200 true {}', '{"n":1}', '{"events":1,"failed":0}']);
    expect(effects(log)).toEqual([['request', 'api:3000', 'POST /orders', undefined, '{"id":7}']]);
    expect(log.of('effect.held')[0]).toMatchObject({ process: 'shop', listener: 'again', where: 'shop.ts:6' });
    expect(log.of('http.requested')).toHaveLength(1);
  });

  it('so are those of node:http, whose body comes in pieces', async () => {
    const log = await held(
      `await new Promise((resolve) => {
         const request = http.request({ host: 'api', port: 3000, path: '/orders', method: 'PUT' }, (response) => {
           response.on('data', (piece) => console.log(response.statusCode, String(piece)));
           response.on('end', resolve);
         });
         request.write('one ');
         setTimeout(() => request.end('two'), 5);
       });`,
      { 'api.ts': api },
      `import http from 'node:http';`,
    );
    expect(log.printed('api')).toEqual([]);
    expect(log.printed('shop')).toEqual(['200 {}', '{"events":1,"failed":0}']);
    expect(effects(log)).toEqual([['request', 'api:3000', 'PUT /orders', undefined, 'one two']]);
  });

  it('Redis gets no writes, and answers them as an empty one would', async () => {
    const log = await held(
      `console.log(await redis.set('a', 2), await redis.incr('n'), await redis.get('a'), await redis.rpush('l', 1, 2));
       console.log(JSON.stringify(await redis.multi().set('x', 1).incr('x').get('x').exec()));
       console.log(await redis.publish('news', 'hello'), await redis.blpop('l', 0));
       console.log(JSON.stringify(await redis.pipeline().incr('p').get('a').exec()));`,
      {},
      `import Redis from 'ioredis';\nconst redis = new Redis();\nawait redis.set('a', 1);\nsetTimeout(() => redis.disconnect(), 1000);`,
    );
    expect(log.printed('shop')).toEqual([
      'OK 1 1 2',
      '[[null,"OK"],[null,2],[null,"2"]]',
      '0 null',
      '[[null,1],[null,"1"]]',
      '{"events":1,"failed":0}',
    ]);
    expect(effects(log)).toEqual([
      ['command', 'redis', 'SET', undefined, ['a', '2']],
      ['command', 'redis', 'INCR', undefined, ['n']],
      ['command', 'redis', 'RPUSH', undefined, ['l', '1', '2']],
      ['command', 'redis', 'SET', undefined, ['x', '1']],
      ['command', 'redis', 'INCR', undefined, ['x']],
      [undefined, 'redis', 'news', undefined, 'hello'],
      ['command', 'redis', 'BLPOP', undefined, ['l', '0']],
      ['command', 'redis', 'INCR', undefined, ['p']],
    ]);
  });

  it('a confirm channel confirms what nobody gets', async () => {
    const log = await held(
      `await new Promise((resolve) => channel.sendToQueue('mail', Buffer.from('held'), {}, resolve));
       await channel.waitForConfirms();
       console.log((await channel.checkQueue('mail')).messageCount);`,
      {},
      `import amqp from 'amqplib';
       const connection = await amqp.connect('amqp://localhost');
       const channel = await connection.createConfirmChannel();
       await channel.assertQueue('mail');
       channel.sendToQueue('mail', Buffer.from('sent'));
       setTimeout(() => connection.close(), 1000);`,
    );
    expect(log.printed('shop')).toEqual(['1', '{"events":1,"failed":0}']);
    expect(effects(log)).toEqual([[undefined, 'rabbitmq', 'mail', undefined, 'held']]);
  });

  it('an event store keeps nothing of it, and its conflicts are told', async () => {
    const log = await held(
      `const [appended] = await events.append('cart-1', { type: 'added', data: { n: 2 } }, { expectedVersion: 1 });
       console.log(appended.version, appended.position);
       await events.append('cart-1', { type: 'added' }, { expectedVersion: 0 }).catch((error) => console.log(error.name));
       const counted = await carts.handle('1', 5);
       console.log(counted.version, counted.state.n, (await carts.load('1')).state.n);`,
      {},
      `const events = eventStore('carts');
       const carts = aggregate(events, { name: 'cart', initial: { n: 0 }, snapshotEvery: 1,
         decide: (state, n) => ({ type: 'added', data: { n } }),
         evolve: (state, event) => ({ n: state.n + event.data.n }) });
       await events.append('cart-1', { type: 'added', data: { n: 1 } });`,
    );
    expect(log.printed('shop')).toEqual(['2 2', 'ConcurrencyError', '2 6 1', '{"events":1,"failed":0}']);
    expect(effects(log)).toEqual([
      ['append', 'carts', 'added', 'cart-1', { n: 2 }],
      ['append', 'carts', 'added', 'cart-1', { n: 5 }],
    ]);
    expect(log.of('stream.appended')).toHaveLength(1);
    expect(log.of('snapshot.taken')).toHaveLength(0);
    expect(log.of('aggregate.changed').map(({ version }) => version)).toEqual([1]);
  });

  it('a store commits nothing, while a transaction sees its own changes', async () => {
    const log = await held(
      `orders.put('7', { sum: 1 });
       await db.transaction(async () => {
         await sleep(5);
         orders.insert('8', { sum: 2 });
         orders.delete('1');
         console.log(orders.keys().join());
         box.put('order.stored', { id: 8 });
       });
       console.log(orders.keys().join(), box.pending());
       console.log(await idempotent(db, 'k', () => 'done'), await idempotent(db, 'k', () => 'again'));`,
      {},
      `const db = store('db');
       const orders = db.table('orders');
       const box = outbox(db, bus);
       orders.put('1', { sum: 0 });`,
    );
    expect(log.printed('shop')).toEqual(['8', '1 0', 'done again', '{"events":1,"failed":0}']);
    expect(effects(log).map(([effect, broker, event, place]) => [effect, broker, event, place])).toEqual([
      ['write', 'db', 'put', 'orders/7'],
      ['write', 'db', 'put', 'orders/8'],
      ['write', 'db', 'delete', 'orders/1'],
      ['write', 'db', 'put', 'outbox/shop-1'],
      ['write', 'db', 'put', 'idempotency-keys/k'],
      ['write', 'db', 'put', 'idempotency-keys/k'],
    ]);
    expect(log.of('store.committed')).toHaveLength(1);
    expect(log.of('message.published').map(({ message }) => message.type)).toEqual(['order.placed']);
  });

  it('the API of webhooks answers as if it had taken the message', async () => {
    const log = await held(
      `const made = await svix.message.create('app_1', { eventType: 'order.placed', payload: { id: 7 } });
       console.log(made.eventType, made.timestamp instanceof Date, (await svix.message.list('app_1')).data.length);`,
      {},
      `import { Svix } from 'svix';\nconst svix = new Svix('token');\nawait svix.application.create({ name: 'shop' });`,
    );
    expect(log.printed('shop')).toEqual(['order.placed true 0', '{"events":1,"failed":0}']);
    expect(effects(log)).toEqual([[undefined, 'webhooks', 'order.placed', undefined, { id: 7 }]]);
  });
});
