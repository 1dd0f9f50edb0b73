import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import { applyEntry, createSystem } from '../../src/projections/system';
import type { FaultSpec } from '../../src/scenario/scenario';
import { runScenario, type Log } from '../runtime/run-scenario';
import { anyFaults } from './any-faults';
import { expectSound } from './sound-saga';

// Every fault is lifted in the end. What the patterns promise holds then, over whichever broker.

/**
 * `publish(type, id)` and `listen(listener)` over one broker, as user code that lives with lost connections. A payload that is no JSON
 * is put aside; a listener that throws gets its message again.
 */
const brokers = {
  work: `import { eventBus } from 'eventarium';
const bus = eventBus('work');
const publish = async (type, id) => void bus.emit(type, { id });
const listen = async (listener) => void bus.subscribe('#', ({ type, data }) => (typeof data === 'string' ? undefined : listener(type, data.id)), {
  queue: 'work', retry: { attempts: 100, initialMs: 20, backoff: 'fixed' },
});
`,
  rabbitmq: `import amqp from 'amqplib';
let channel;
let consume = async () => {};
await amqp.connect('amqp://localhost', { recovery: { initialDelay: 50, maxDelay: 50, setup: async (connection) => {
  const made = await connection.createConfirmChannel();
  made.on('error', () => {});
  await made.assertQueue('work', { durable: true });
  channel = made;
  await consume();
} } });
const publish = (type, id) => new Promise((resolve, reject) => {
  setTimeout(reject, 400, new Error('no confirm'));
  channel.sendToQueue('work', Buffer.from(JSON.stringify({ id })), { type, persistent: true }, (error) => (error ? reject(error) : resolve()));
});
// A consumer that cannot begin does so with the next connection.
const listen = (listener) => (consume = async () => {
  const mine = channel;
  await mine.consume('work', async (message) => {
    if (message === null) return;
    let settle = () => mine.ack(message);
    try {
      let data;
      try { data = JSON.parse(message.content.toString()); } catch {}
      if (data) await listener(message.properties.type, data.id);
    } catch { settle = () => mine.nack(message); }
    try { settle(); } catch {}
  });
})().catch(() => {});
`,
  redis: `import Redis from 'ioredis';
const connect = () => new Redis({ retryStrategy: () => 50, maxRetriesPerRequest: null }).on('error', () => {});
const [redis, reader] = [connect(), connect()];
await redis.xgroup('CREATE', 'work', 'all', '0', 'MKSTREAM').catch(() => {});
const publish = (type, id) => redis.xadd('work', '*', 'type', type, 'data', JSON.stringify({ id, note: 'no word of it is short' }));
const take = async (listener, from) => {
  const read = await reader.xreadgroup('GROUP', 'all', 'one', 'BLOCK', 100, 'STREAMS', 'work', from);
  for (const [entry, [, type, , text]] of read?.[0][1] ?? []) {
    let data;
    try { data = JSON.parse(text); } catch {}
    if (data) await listener(type, data.id);
    await redis.xack('work', 'all', entry);
  }
};
const listen = async (listener) => void (async () => {
  for (;;) try { await take(listener, '0'); await take(listener, '>'); } catch { await sleep(20); }
})();
`,
};
const head = `import { inbox, outbox, parallel, pivot, saga, sleep, step, store } from 'eventarium';\n`;
const seeds = fc.nat(4_294_967_295);

/** Keys of a process's table at the end: folded from what was committed. */
function keysOf(log: Log, process: string, table: string): string[] {
  const rows = new Set<string>();
  for (const entry of log.of('store.committed').filter((each) => each.process === process))
    for (const change of entry.changes.filter((each) => each.table === table))
      if (change.after === undefined) rows.delete(change.key);
      else rows.add(change.key);
  return [...rows].sort();
}

describe.each(Object.entries(brokers))('over %s', (broker, code) => {
  const run = (files: Record<string, string>, faults: readonly FaultSpec[], seed: number): Promise<Log> =>
    runScenario({
      files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, head + code + text])),
      network: { default: { latencyMs: 2, jitterMs: 5, loss: 0, cut: false } },
      durationMs: 60_000,
      faults,
      seed,
    });
  const event = broker === 'work' ? '#' : 'work';

  it('an outbox neither loses nor invents, and an inbox counts each once', async () => {
    const files = {
      'shop.ts': `const db = store();
const orders = db.table('orders');
const box = outbox(db, ({ type, data }) => publish(type, data), { everyMs: 20 });
for (let n = orders.all().length; n < 6; n++) {
  await sleep(100 + Math.random() * 300);
  await db.transaction(() => { orders.put('o' + n, n); box.put('order.created', 'o' + n); });
}`,
      'points.ts': `const db = store();
const seen = db.table('seen');
const count = inbox(db).deduplicate((event) => event.id, ({ id }) => seen.put(id, (seen.get(id) ?? 0) + 1));
await listen((type, id) => count({ id }));`,
    };
    await fc.assert(
      fc.asyncProperty(anyFaults({ processes: ['shop', 'points'], broker, event }), seeds, async (faults, seed) => {
        const log = await run(files, faults, seed);
        const [orders, seen] = [keysOf(log, 'shop', 'orders'), keysOf(log, 'points', 'seen')];
        expect(orders).toHaveLength(6);
        expect(keysOf(log, 'shop', 'outbox')).toEqual([]);
        expect(orders).toEqual(expect.arrayContaining(seen));
        for (const { process, changes } of log.of('store.committed'))
          if (process === 'points') for (const { table, after } of changes) if (table === 'seen') expect(after).toBe(1);
        // A bus hears nothing of what a link has lost or what comes while it is stopped; what is broken is put aside.
        const onTheWay = [
          ...log.of('message.lost').filter(({ from }) => from === 'shop'),
          ...log.of('message.dropped'),
        ];
        const explained = log.of('fault.struck').filter(({ message }) => message !== undefined).length;
        const lost = broker === 'work' ? onTheWay.length : 0;
        expect(orders.length - seen.length).toBeLessThanOrEqual(explained + lost);
      }),
      { numRuns: 20 },
    );
  });

  it('a saga ends done, undone or stuck', async () => {
    const files = {
      'orders.ts': `const call = (name) => ({
  timeoutMs: 300, retry: { attempts: 2, initialMs: 20 },
  action: async ({ key }) => { await publish('do.' + name, key); await sleep(Math.random() * 100); if (Math.random() < 0.1) throw new Error('no'); },
});
const both = (name) => step(name, { ...call(name), compensationRetry: { attempts: 4, initialMs: 50 }, compensation: ({ key }) => publish('undo.' + name, key) });
const order = saga('order', { timeoutMs: 5000, steps: [both('reserve'), parallel(both('charge'), both('notify')), pivot('ship', call('ship')), step('thank', call('thank'))] });
for (const id of ['a', 'b', 'c']) { if (!order.state(id)) order.run(id); await sleep(300); }`,
      'services.ts': `await listen((type, id) => sleep(5));`,
    };
    await fc.assert(
      fc.asyncProperty(anyFaults({ processes: ['orders', 'services'], broker, event }), seeds, async (faults, seed) => {
        const { entries } = await run(files, faults, seed);
        for (const instance of ['a', 'b', 'c']) expectSound(entries, instance, { steps: 5, pivot: /^ship$/ });
      }),
      { numRuns: 20 },
    );
  });
});

it('RabbitMQ’s dead letters that are sent back end handled, or dead again', async () => {
  const connect = (setup: string): string => `import amqp from 'amqplib';
await amqp.connect('amqp://localhost', { recovery: { initialDelay: 50, maxDelay: 50, setup: async (connection) => {
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => {});
  await channel.assertQueue('dead', { durable: true });
  await channel.assertQueue('pay', { durable: true, arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'dead' } });
  ${setup}
} } });`;
  const files = {
    'worker.ts': connect(`await channel.consume('pay', (message) => setTimeout(() => {
    try { if (Math.random() < 0.6) channel.reject(message, false); else channel.ack(message); } catch {}
  }, 20));`),
    'shop.ts': connect(
      `for (let n = 1; n <= 3; n++) channel.sendToQueue('pay', Buffer.from('{"n":1}'), { persistent: true });`,
    ),
  };
  const redrives = fc
    .array(fc.integer({ min: 20, max: 6_000 }), { maxLength: 8 })
    .map((all) =>
      all.map((atMs): Intervention => ({ type: 'message.redrive', atMs, broker: 'rabbitmq', queue: 'dead' })),
    );
  const faulty = anyFaults({ processes: ['worker', 'shop'], broker: 'rabbitmq', event: 'pay' });
  await fc.assert(
    fc.asyncProperty(faulty, redrives, seeds, async (faults, interventions, seed) => {
      const log = await runScenario({ files, faults, interventions, seed, latencyMs: 3, durationMs: 20_000 });
      const state = createSystem();
      for (const entry of log.entries) applyEntry(state, entry);
      const lying = state.brokers.get('rabbitmq')?.queues.get('dead')?.ready ?? [];
      const died = log.of('message.dead-lettered');
      expect(lying.length + log.of('message.redriven').length).toBe(died.length);
      for (const message of new Set(log.of('message.enqueued').map((entry) => entry.message))) {
        const handled = log.of('delivery.succeeded').filter((entry) => entry.message === message).length;
        const waits = lying.filter((id) => id === message).length;
        expect([message, handled + waits]).toEqual([message, 1]);
      }
    }),
    { numRuns: 30 },
  );
});
