import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import { runScenario, type Log } from './run-scenario';

// Each pattern does its work over each broker: user code hands it what the broker brought, and publishes with what the broker has.

/** `publish(type, data, id)` and `listen(listener)` over one broker, in user code. A listener that throws gets the message again. */
const brokers = {
  bus: `import { eventBus } from 'eventarium';
const shop = eventBus('shop');
const publish = async (type, data, id) => void shop.emit(type, { ...data, id });
const listen = async (listener) => void shop.subscribe('#', async (event) => listener({ id: event.data.id, type: event.type, data: event.data }), { queue: 'work', retry: 3 });
`,
  rabbitmq: `import amqp from 'amqplib';
const connection = await amqp.connect('amqp://localhost');
const channel = await connection.createConfirmChannel();
await channel.assertQueue('work', { durable: true });
const publish = (type, data, id) => new Promise((resolve, reject) =>
  channel.sendToQueue('work', Buffer.from(JSON.stringify(data)), { type, messageId: String(id), persistent: true }, (error) => (error ? reject(error) : resolve())));
const listen = (listener) => channel.consume('work', async (message) => {
  const { type, messageId: id } = message.properties;
  try {
    await listener({ id, type, data: JSON.parse(message.content.toString()) });
    channel.ack(message);
  } catch { channel.nack(message); }
});
`,
  redis: `import Redis from 'ioredis';
const [redis, reader] = [new Redis(), new Redis()];
await redis.xgroup('CREATE', 'work', 'all', '0', 'MKSTREAM').catch(() => {});
const publish = (type, data, id) => redis.xadd('work', '*', 'id', id, 'type', type, 'data', JSON.stringify(data));
const take = async (listener, from) => {
  const read = await reader.xreadgroup('GROUP', 'all', 'one', 'BLOCK', 50, 'STREAMS', 'work', from);
  for (const [entry, [, id, , type, , data]] of read?.[0][1] ?? [])
    try { await listener({ id, type, data: JSON.parse(data) }); await redis.xack('work', 'all', entry); } catch {}
};
const listen = async (listener) => { (async () => { for (;;) { await take(listener, '0'); await take(listener, '>'); } })(); };
`,
};
const patterns = `import { aggregate, eventStore, experiment, idempotent, inbox, outbox, projection, saga, sleep, step, store } from 'eventarium';\n`;

describe.each(Object.entries(brokers))('over %s', (_, broker) => {
  const run = (files: Record<string, string>, interventions: readonly Intervention[] = []): Promise<Log> =>
    runScenario({
      files: Object.fromEntries(Object.entries(files).map(([name, code]) => [name, patterns + broker + code])),
      interventions,
      latencyMs: 1,
      durationMs: 20_000,
    });

  it('a saga goes through with its steps, and undoes them', async () => {
    const log = await run({
      'orders.ts': `const orders = saga('order', { steps: [
  step('charge', { action: ({ data }) => publish('charged', data, 'c' + data.n), compensation: ({ data }) => publish('refunded', data, 'r' + data.n) }),
  step('ship', { action: ({ data }) => { if (data.n === 2) throw new Error('no courier'); return publish('shipped', data, 's' + data.n); } }),
] });
await orders.run('1', { n: 1 });
await orders.run('2', { n: 2 });`,
      'ledger.ts': `await listen(({ type, data }) => console.log(type, data.n));`,
    });
    expect(log.of('saga.ended').map(({ instance, outcome }) => [instance, outcome])).toEqual([
      ['1', 'completed'],
      ['2', 'compensated'],
    ]);
    expect(log.printed('ledger')).toEqual(['charged 1', 'shipped 1', 'charged 2', 'refunded 2']);
  });

  it('an outbox loses nothing when its process crashes, and an inbox takes each event once', async () => {
    const log = await run(
      {
        'shop.ts': `const db = store();
const box = outbox(db, ({ id, type, data }) => publish(type, data, id), { everyMs: 10 });
if (db.table('orders').keys().length === 0)
  for (let n = 1; n <= 5; n++) await db.transaction(async () => { await sleep(20); db.table('orders').put(n, { n }); box.put('placed', { n }); });`,
        'mail.ts': `const db = store();
const seen = db.table('seen');
await listen(inbox(db).deduplicate((event) => event.id, (event) => seen.put(event.id, event.data)));
setTimeout(() => console.log(seen.all().map(({ n }) => n).join()), 15_000);`,
      },
      [{ type: 'process.crash', atMs: 113, process: 'shop', restartAfterMs: 500 }],
    );
    const stored = log
      .of('store.committed')
      .filter(({ process, changes }) => process === 'shop' && changes.some(({ table }) => table === 'orders'));
    expect(stored.length).toBeGreaterThan(2);
    expect(log.printed('mail')).toEqual([Array.from(stored, (_, n) => n + 1).join()]);
  });

  it('an idempotency key holds against the message that comes twice, and a failure is tried again', async () => {
    const log = await run({
      'bank.ts': `const db = store();
let failures = 1;
await listen(({ id, data }) => idempotent(db, id, () => {
  if (failures-- > 0) throw new Error('down');
  console.log('charge', data.sum);
}));
await publish('pay', { sum: 5 }, 'p-1');
await publish('pay', { sum: 5 }, 'p-1');
await publish('pay', { sum: 7 }, 'p-2');`,
    });
    expect(log.printed('bank').toSorted()).toEqual(['charge 5', 'charge 7']);
    expect(log.of('duplicate.recognized').map(({ key }) => key)).toEqual(['p-1']);
  });

  it('an experiment shares messages out by key, and holds back what a shadow publishes', async () => {
    const log = await run({
      'prices.ts': `const version = (by) => async ({ type, data }) => { if (type === 'ask') await publish('priced', { n: data.n, by }, by + data.n); };
const byKey = experiment('by-key', { versions: { a: () => {}, b: () => {} }, split: { key: ({ data }) => data.n % 4 } });
const shadowed = experiment('shadowed', { versions: { a: version('a'), b: version('b') }, split: 'shadow' });
await listen(async (event) => { await byKey(event); await shadowed(event); });
for (let n = 0; n < 8; n++) await publish('ask', { n }, 'ask-' + n);`,
    });
    const own = log.of('experiment.version-started').filter(({ experiment }) => experiment === 'by-key');
    const byKey = new Map<string, Set<string>>();
    for (const { key = '', version } of own) byKey.set(key, (byKey.get(key) ?? new Set()).add(version));
    expect([...byKey.values()].every(({ size }) => size === 1)).toBe(true);
    const shadows = log.of('experiment.version-succeeded').filter(({ shadow }) => shadow === true);
    expect(shadows.length).toBeGreaterThanOrEqual(8);
    expect(log.of('effect.held')).toHaveLength(8);
  });

  it('a projection follows what a listener appends to an event store', async () => {
    const log = await run({
      'view.ts': `const events = eventStore('log');
const totals = projection('totals', { from: events, state: { sum: 0 }, on: { paid: (state, { data }) => ({ sum: state.sum + data.sum }) } });
const known = inbox(store());
await listen(known.deduplicate((event) => event.id, ({ type, data }) => events.append('payments', { type, data })));
for (const sum of [1, 2, 3]) await publish('paid', { sum }, 'p-' + sum);
await publish('paid', { sum: 3 }, 'p-3');
setTimeout(() => console.log(totals.position, totals.state.sum), 10_000);`,
    });
    expect(log.printed('view')).toEqual(['3 6']);
  });
});
