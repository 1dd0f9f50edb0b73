import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import { runScenario, type Log } from '../runtime/run-scenario';

/** Restarts that follow crashes, so that what is left undone is done in the end. */
const crashes = (process: string): fc.Arbitrary<Intervention[]> =>
  fc.array(fc.tuple(fc.nat(900), fc.nat(200)), { maxLength: 5 }).map((all) =>
    all.flatMap(([atMs, downMs]): Intervention[] => [
      { type: 'process.crash', atMs, process },
      { type: 'process.restart', atMs: atMs + downMs, process },
    ]),
  );

/** Rows of a process's table at the end, by key: folded from what was committed. */
function rowsOf(log: Log, process: string, table: string): Map<string, unknown> {
  const rows = new Map<string, unknown>();
  for (const { process: of, changes } of log.of('store.committed')) {
    if (of !== process) continue;
    for (const change of changes) {
      if (change.table !== table) continue;
      expect(change.before).toEqual(rows.get(change.key));
      if (change.after === undefined) rows.delete(change.key);
      else rows.set(change.key, change.after);
    }
  }
  return rows;
}

const seeds = fc.nat({ max: 4_294_967_295 });

const shop = `import { store, outbox, eventBus, sleep } from 'eventarium';
const db = store();
const orders = db.table('orders');
const bus = eventBus('shop');
const events = outbox(db, async (event) => {
  await sleep(Math.random() * 20);
  if (Math.random() < 0.2) throw new Error('broker is away');
  bus.emit(event.type, event.data);
  await sleep(Math.random() * 20);
}, { everyMs: 10 });
for (let n = orders.all().length; n < 8; n++) {
  await sleep(Math.random() * 60);
  await db.transaction(async () => {
    orders.insert(n, { total: n });
    await sleep(Math.random() * 20);
    events.put('order.created', n);
    await sleep(Math.random() * 20);
    if (Math.random() < 0.2) throw new Error('no stock');
  }).catch(() => { n--; });
}`;

const points = `import { store, inbox, eventBus, sleep } from 'eventarium';
const db = store();
const total = db.table('total');
eventBus('shop').subscribe('order.created', inbox(db).deduplicate((e) => e.data, async function count(e) {
  await sleep(Math.random() * 10);
  total.put('orders', (total.get('orders') ?? 0) + 1);
  await sleep(Math.random() * 10);
  if (Math.random() < 0.2) throw new Error('no luck');
}), { queue: 'points', retry: { attempts: 100, initialMs: 5, backoff: 'fixed' } });`;

it('an outbox neither loses nor invents an event, and an inbox counts each once, whenever processes crash', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, crashes('shop'), crashes('points'), async (seed, ofShop, ofPoints) => {
      const log = await runScenario({
        files: { 'shop.ts': shop, 'points.ts': points },
        interventions: [...ofShop, ...ofPoints],
        latencyMs: 3,
        seed,
      });
      const orders = [...rowsOf(log, 'shop', 'orders').keys()];
      const published = log.of('message.published').map(({ message }) => String(message.data));
      expect(orders).toHaveLength(8);
      // Within one life nothing is published twice, and always in order.
      if (ofShop.length === 0) expect(published).toEqual(orders);
      expect(new Set(published)).toEqual(new Set(orders));
      expect(rowsOf(log, 'shop', 'outbox').size).toBe(0);
      expect(rowsOf(log, 'points', 'total').get('orders')).toBe(orders.length);
    }),
    { numRuns: 30 },
  );
}, 120_000);

const bank = `import { store, sleep } from 'eventarium';
const db = store();
const accounts = db.table('accounts');
if (accounts.all().length === 0) await db.transaction(() => { for (let n = 0; n < 4; n++) accounts.put(n, 100); });
const move = () => db.transaction(async () => {
  const [from, to] = [Math.floor(Math.random() * 4), Math.floor(Math.random() * 4)];
  const amount = Math.floor(Math.random() * 50);
  const [a, b] = [accounts.get(from), accounts.get(to)];
  if (from === to || a < amount) throw new Error('not that');
  accounts.put(from, a - amount);
  await sleep(Math.random() * 30);
  accounts.put(to, b + amount);
});
for (let n = 0; n < 40; n++) { move().catch(() => {}); await sleep(Math.random() * 30); }`;

it('a transaction is done whole or not at all, alone, whenever its process crashes', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, crashes('bank'), async (seed, planned) => {
      const log = await runScenario({ files: { 'bank.ts': bank }, interventions: planned, seed });
      const rows = new Map<string, number>();
      for (const { changes } of log.of('store.committed')) {
        for (const { key, before, after } of changes) {
          expect(before).toBe(rows.get(key));
          rows.set(key, Number(after));
        }
        expect([...rows.values()].reduce((sum, each) => sum + each, 0)).toBe(400);
      }
    }),
    { numRuns: 30 },
  );
}, 120_000);
