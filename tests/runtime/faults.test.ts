import { describe, expect, it } from 'vitest';
import { runScenario } from './run-scenario';

const shop = `
  import { eventBus, every } from 'eventarium';
  every(100, (n) => eventBus('shop').emit('order.created', { id: n, email: 'a@b.c' }), { times: 10 });
`;
const mail = `
  import { eventBus, sleep } from 'eventarium';
  eventBus('shop').subscribe('order.*', async function send(event, { attempt }) {
    await sleep(10);
    console.log(event.data.id, attempt);
  }, { queue: 'mails', name: 'send' });
`;
const files = { 'shop.ts': shop, 'mail.ts': mail };

describe('faults', () => {
  it('crash a process at every n-th message, which comes back once it has started again', async () => {
    const log = await runScenario({
      files,
      faults: [{ type: 'crash', process: 'mail', every: 4, restartAfterMs: 250 }],
    });
    expect(log.of('fault.struck').map(({ name, process }) => [name, process])).toEqual([
      ['crash mail', 'mail'],
      ['crash mail', 'mail'],
      ['crash mail', 'mail'],
    ]);
    expect(log.of('process.crashed')).toHaveLength(3);
    // Every order is done all the same, since the queue is durable.
    expect(log.printed('mail').map((line) => Number(line.split(' ')[0]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const [crashed] = log.of('process.crashed');
    expect(log.of('process.started').find(({ life }) => life === 2)?.atMs).toBe(crashed!.atMs + 250);
  });

  it('do not start a process again that was started and went down again meanwhile', async () => {
    const log = await runScenario({
      files: { 'app.ts': `import { every } from 'eventarium'; every(1_000, () => {});` },
      interventions: [
        { type: 'process.crash', atMs: 100, process: 'app', restartAfterMs: 1_000 },
        { type: 'process.restart', atMs: 300, process: 'app' },
        { type: 'process.crash', atMs: 500, process: 'app', restartAfterMs: 2_000 },
        { type: 'process.restart', atMs: 4_000, process: 'app' },
        { type: 'process.stop', atMs: 4_100, process: 'app' },
      ],
      durationMs: 10_000,
    });
    // The first crash would have had it back at 1100 ms, in the midst of the pause of the second.
    expect(log.of('process.started').map(({ atMs }) => atMs)).toEqual([0, 300, 2_500, 4_000]);
  });

  it('crash a process with a likelihood, from the stream of the fault', async () => {
    const faults = [{ type: 'crash', process: 'mail', chance: 0.3, restartAfterMs: 10 }] as const;
    const [one, same, other] = await Promise.all(
      [7, 7, 8].map((seed) => runScenario({ files, faults: [...faults], seed, durationMs: 5_000 })),
    );
    expect(one!.entries).toEqual(same!.entries);
    expect(one!.of('process.crashed').map(({ atMs }) => atMs)).not.toEqual(
      other!.of('process.crashed').map(({ atMs }) => atMs),
    );
  });

  it('slow what a process does with a message, and leave its own periods as they are', async () => {
    const log = await runScenario({
      files: {
        'app.ts': `
          import { eventBus, every, sleep } from 'eventarium';
          const bus = eventBus('shop');
          bus.subscribe('tick', async () => { await sleep(10); console.log('done'); });
          every(100, (n) => { console.log('period'); bus.emit('tick', n); }, { times: 2 });
        `,
      },
      faults: [{ type: 'slow', process: 'app', factor: 5 }],
    });
    expect(log.printedAt()).toEqual(['100 period', '150 done', '200 period', '250 done']);
  });

  it('make all that reaches a process, and its timers, late', async () => {
    const log = await runScenario({
      files,
      faults: [{ type: 'slow', process: 'mail', lagMs: 30, untilMs: 150 }],
    });
    expect(
      log
        .of('delivery.started')
        .slice(0, 2)
        .map(({ atMs }) => atMs),
    ).toEqual([130, 200]);
    expect(log.of('delivery.succeeded')[0]?.atMs).toBe(170);
  });

  it('set a clock wrong: Date and the time of messages, but no timer', async () => {
    const log = await runScenario({
      files: {
        'app.ts': `
          import { eventBus, every } from 'eventarium';
          every(1000, () => { eventBus('shop').emit('tick', new Date().toISOString()); }, { times: 2 });
        `,
      },
      interventions: [
        { type: 'fault.begin', atMs: 500, fault: { type: 'skew', process: 'app', skewMs: -60_000 }, forMs: 1_000 },
      ],
    });
    expect(log.of('message.published').map(({ atMs, message }) => [atMs, message.time, message.data])).toEqual([
      [1_000, '2025-12-31T23:59:01.000Z', '2025-12-31T23:59:01.000Z'],
      [2_000, '2026-01-01T00:00:02.000Z', '2026-01-01T00:00:02.000Z'],
    ]);
  });

  it('part groups of nodes, and heal', async () => {
    const log = await runScenario({
      files,
      faults: [{ type: 'partition', groups: [['shop.x', 'shop'], ['mail']], fromMs: 250, untilMs: 450 }],
      processes: [{ file: 'shop.ts', name: 'seller' }, { file: 'mail.ts' }],
    });
    // From the bus to the one consumer: what is lost comes again when the queue has waited for its ack.
    expect(log.of('message.lost').map(({ from, to, atMs }) => [from, to, atMs])).toEqual([
      ['shop', 'mail', 300],
      ['shop', 'mail', 400],
    ]);
    expect(log.printed('mail')).toHaveLength(10);
  });

  it('stop an event bus in full and start it again', async () => {
    const log = await runScenario({
      files,
      interventions: [
        { type: 'broker.stop', atMs: 250, broker: 'shop' },
        { type: 'broker.stop', atMs: 260, broker: 'shop' },
        { type: 'broker.start', atMs: 450, broker: 'shop' },
      ],
    });
    expect(log.of('message.dropped').map(({ message, reason }) => [message, reason])).toEqual([
      ['m_3', 'broker-stopped'],
      ['m_4', 'broker-stopped'],
    ]);
    expect(log.of('intervention.refused').map(({ reason }) => reason)).toEqual(['shop is stopped already.']);
    expect(log.printed('mail').map((line) => Number(line.split(' ')[0]))).toEqual([1, 2, 5, 6, 7, 8, 9, 10]);
  });

  it('keep a durable queue of a stopped bus', async () => {
    const log = await runScenario({
      files: {
        'shop.ts': `
          import { eventBus } from 'eventarium';
          for (let n = 1; n <= 3; n++) eventBus('shop').emit('order.created', { id: n });
        `,
        'mail.ts': mail,
      },
      processes: [{ file: 'mail.ts' }, { file: 'shop.ts' }],
      faults: [{ type: 'outage', broker: 'shop', fromMs: 5, untilMs: 1_000 }],
    });
    expect(log.printedAt()).toEqual(['10 1 1', '1010 2 1', '1020 3 1']);
    expect(log.of('message.dropped')).toEqual([]);
  });

  it('make RabbitMQ low on a resource until the last alarm for it is over, and lose what the end of a connection finds unread', async () => {
    const shop = `
      const amqp = require('amqplib');
      (async () => {
        const connection = await amqp.connect('amqp://localhost');
        connection.on('error', (error) => console.log(error.message));
        for (const event of ['blocked', 'unblocked', 'close']) connection.on(event, (what = '') => console.log(event, String(what)));
        const channel = await connection.createConfirmChannel();
        await channel.assertQueue('q');
        setInterval(() => channel.sendToQueue('q', Buffer.from('x')), 100);
      })();
    `;
    const alarm = { type: 'alarm', broker: 'rabbitmq', resource: 'memory' } as const;
    const log = await runScenario({
      files: { 'shop.js': shop },
      faults: [
        { ...alarm, fromMs: 150, untilMs: 350 },
        { ...alarm, name: 'longer', fromMs: 250, untilMs: 450 },
        { ...alarm, name: 'again', fromMs: 550 },
        { type: 'outage', broker: 'rabbitmq', fromMs: 750 },
      ],
      durationMs: 780,
    });
    expect(log.printedAt()).toEqual([
      '200 blocked low on memory',
      '450 unblocked',
      '600 blocked low on memory',
      `750 close Error: Connection closed: 320 (CONNECTION-FORCED) with message "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'"`,
    ]);
    const read = log.of('message.routed').map(({ atMs }) => atMs);
    expect(read).toEqual([100, 450, 450, 450, 500]);
    expect(log.of('message.lost')).toHaveLength(2);
  });

  it('double, delay and overtake messages on a link', async () => {
    const plain = { ...files, 'mail.ts': mail.replace("queue: 'mails', ", '') };
    const ids = async (link: object): Promise<string[]> => {
      const log = await runScenario({
        files: plain,
        network: { links: [{ from: 'shop', to: 'mail', latencyMs: 5, ...link }] },
        processes: [{ file: 'shop.ts', name: 'seller' }, { file: 'mail.ts' }],
      });
      return log.printed('mail').map((line) => line.split(' ')[0]!);
    };
    expect(await ids({ duplicated: 1 })).toEqual(Array.from({ length: 10 }, (_, n) => [`${n + 1}`, `${n + 1}`]).flat());
    const inOrder = Array.from({ length: 10 }, (_, n) => String(n + 1));
    expect(await ids({ delayed: 0.4, delayedMs: 500 })).toEqual(inOrder);
    const overtaken = await ids({ reordered: 0.4, delayedMs: 500 });
    expect(overtaken).not.toEqual(inOrder);
    expect([...overtaken].sort((a, b) => Number(a) - Number(b))).toEqual(inOrder);
  });

  it('break payloads: that of every n-th message, or of some that nobody wrote', async () => {
    const log = await runScenario({
      files,
      faults: [{ type: 'poison', broker: 'shop', event: 'order.#', every: 5 }],
      interventions: [
        { type: 'fault.begin', atMs: 50, fault: { type: 'poison', broker: 'shop', event: 'order.odd', times: 2 } },
      ],
      processes: [{ file: 'mail.ts' }, { file: 'shop.ts', name: 'seller', startAtMs: 10 }],
    });
    expect(log.of('intervention.refused')).toEqual([]);
    const broken = log.of('message.published').filter(({ message }) => typeof message.data === 'string');
    expect(broken.map(({ message }) => [message.type, message.source])).toEqual([
      ['order.odd', '/you'],
      ['order.odd', '/you'],
      ['order.created', '/seller'],
      ['order.created', '/seller'],
    ]);
    for (const { message } of broken) expect(() => JSON.parse(message.data as string) as unknown).toThrow();
    expect(log.of('fault.struck')).toHaveLength(4);
  });

  it.each([
    [
      'RabbitMQ, by routing key',
      { broker: 'rabbitmq', event: 'orders' },
      `import amqp from 'amqplib';
      const connection = await amqp.connect('amqp://localhost');
      const channel = await connection.createConfirmChannel();
      await channel.assertQueue('orders');
      await channel.consume('orders', ({ content }) => console.log(content.toString()), { noAck: true });
      const send = async (order) => { channel.sendToQueue('orders', Buffer.from(JSON.stringify(order))); await channel.waitForConfirms(); };`,
    ],
    [
      'Redis, by channel',
      { broker: 'redis', event: 'orders' },
      `import Redis from 'ioredis';
      const [redis, listener] = [new Redis(), new Redis()];
      listener.on('message', (channel, text) => console.log(text));
      await listener.subscribe('orders');
      const send = (order) => redis.publish('orders', JSON.stringify(order));`,
    ],
    [
      'Redis, by stream, the longest value of an entry',
      { broker: 'redis', event: 'orders' },
      `import Redis from 'ioredis';
      const redis = new Redis();
      const send = async (order) => {
        const id = await redis.xadd('orders', 'MAXLEN', '~', 100, '*', 'n', order.id, 'order', JSON.stringify(order));
        const [[, [, n, name, text]]] = await redis.xrange('orders', id, id);
        console.log(name === 'order' && n === String(order.id) ? text : name);
      };`,
    ],
    [
      'webhooks, by event type, signed as they are',
      { broker: 'webhooks', event: 'orders' },
      `import express from 'express';
      import { Svix, Webhook } from 'svix';
      const svix = new Svix('token');
      const { id } = await svix.application.create({ name: 'shop' });
      const endpoint = await svix.endpoint.create(id, { url: 'http://app:4000/' });
      const { key } = await svix.endpoint.getSecret(id, endpoint.id);
      const app = express();
      app.use(express.text({ type: '*/*' }));
      app.post('/', (req, res) => {
        console.log(req.body);
        try { new Webhook(key).verify(req.body, req.headers); } catch (error) { console.error(error.name); }
        res.sendStatus(204);
      });
      app.listen(4000);
      const send = async (order) => {
        const { payload } = await svix.message.create(id, { eventType: 'orders', payload: order });
        if (typeof payload === 'string') console.error('cut off');
      };`,
    ],
    [
      'an event store',
      { broker: 'bank', event: 'orders' },
      `import { eventStore } from 'eventarium';
      const events = eventStore('bank');
      const send = async (order) => {
        await events.append('all', [{ type: 'orders', data: order }]);
        const { data } = (await events.read('all')).at(-1);
        console.log(typeof data === 'string' ? data : JSON.stringify(data));
      };`,
    ],
  ])('break payloads on their way to %s', async (_, poison, code) => {
    const log = await runScenario({
      files: {
        'app.ts': `${code}\nfor (let n = 1; n <= 6; n++) await send({ id: n, total: 10 });\nsetTimeout(() => process.exit(), 1_000);`,
      },
      faults: [{ type: 'poison', ...poison, every: 3 }],
    });
    const published = log.of('message.published').map(({ message }) => message);
    const struck = log.of('fault.struck').map(({ message }) => message);
    expect(struck).toEqual([published[2]?.id, published[5]?.id]);
    const sound = (n: number): string => JSON.stringify({ id: n, total: 10 });
    const half = (n: number): string => `{"id":${String(n)},"`;
    const bodies = log.of('console.printed').filter(({ stream }) => stream === 'stdout');
    expect(bodies.map(({ text }) => text.trim())).toEqual([sound(1), sound(2), half(3), sound(4), sound(5), half(6)]);
    expect(JSON.stringify(published[2]?.data)).toContain(JSON.stringify(half(3)));
    expect(typeof published[3]?.data).toBe('object');
    // The signature holds, so that verifying fails at the JSON only.
    const refused = log.of('console.printed').filter(({ stream }) => stream === 'stderr');
    const cutOff = poison.broker === 'webhooks' ? ['SyntaxError', 'cut off'] : [];
    expect(refused.map(({ text }) => text.trim()).sort()).toEqual([...cutOff, ...cutOff].sort());
  });

  it('have broken messages arrive at RabbitMQ, Redis and endpoints as bytes that are no JSON', async () => {
    const poison = (broker: string, event: string) =>
      ({ type: 'fault.begin', atMs: 50, fault: { type: 'poison', broker, event, times: 1 }, forMs: 0 }) as const;
    const log = await runScenario({
      files: {
        'app.ts': `
          import amqp from 'amqplib';
          import Redis from 'ioredis';
          import express from 'express';
          import { Svix } from 'svix';
          const channel = await (await amqp.connect('amqp://localhost')).createChannel();
          await channel.assertQueue('orders');
          await channel.consume('orders', ({ content }) => console.log('queue', content.toString()));
          const redis = new Redis();
          redis.on('message', (_, text) => console.log('channel', text));
          await redis.subscribe('orders');
          const svix = new Svix('token');
          const { id } = await svix.application.create({ name: 'shop' });
          await svix.endpoint.create(id, { url: 'http://app:4000/' });
          const app = express();
          app.use(express.text({ type: '*/*' }));
          app.post('/', (req, res) => { console.log('endpoint', req.body); res.sendStatus(204); });
          app.listen(4000);
        `,
      },
      interventions: ['rabbitmq', 'redis', 'webhooks'].map((broker) => poison(broker, 'orders')),
      durationMs: 1_000,
    });
    expect(log.of('intervention.refused')).toEqual([]);
    const half = '{"id":1,"eve';
    expect(log.printed().sort()).toEqual([`channel ${half}`, `endpoint ${half}`, `queue ${half}`]);
  });

  it('refuse what cannot be, with the reason', async () => {
    const log = await runScenario({
      files,
      interventions: [
        { type: 'broker.stop', atMs: 10, broker: 'nobody' },
        { type: 'fault.begin', atMs: 10, fault: { type: 'outage', broker: 'nobody' } },
        { type: 'fault.begin', atMs: 10, fault: { type: 'alarm', broker: 'shop', resource: 'disk' } },
        { type: 'fault.end', atMs: 10, name: 'rain' },
      ],
    });
    expect(log.of('intervention.refused').map(({ reason }) => reason)).toEqual([
      'There is no broker nobody.',
      'There is no broker nobody.',
      'shop has no resource alarms: RabbitMQ has.',
      'There is no fault rain now.',
    ]);
  });
});
