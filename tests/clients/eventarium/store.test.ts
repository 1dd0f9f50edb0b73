import { describe, expect, it } from 'vitest';
import { runScenario } from '../../runtime/run-scenario';

const head = `import { store, sleep, outbox, inbox, idempotent, eventBus } from 'eventarium';`;
const run = (source: string, rest: Partial<Parameters<typeof runScenario>[0]> = {}) =>
  runScenario({ files: { 'a.ts': `${head}${source}` }, ...rest });

describe('a store', () => {
  it('gives rows out as copies, in order of insertion', async () => {
    const log = await run(`
      const t = store().table('people');
      const row = { name: 'Oksana', tags: [1] };
      t.put(2, row);
      t.insert('1', { name: 'Ivan', tags: [] });
      row.tags.push(2);
      t.get('2').tags.push(3);
      console.log(t.all(), t.keys(), t.find((p) => p.name === 'Ivan').length, t.get(3), t.delete(2), t.delete(2), t.keys());
    `);
    expect(log.printed().join(' ')).toBe(
      "[ { name: 'Oksana', tags: [ 1 ] }, { name: 'Ivan', tags: [] } ] [ '2', '1' ] 1 undefined true false [ '1' ]",
    );
    expect(log.of('store.committed').map(({ where, changes }) => [where, changes])).toEqual([
      ['a.ts:4', [{ table: 'people', key: '2', after: { name: 'Oksana', tags: [1] } }]],
      ['a.ts:5', [{ table: 'people', key: '1', after: { name: 'Ivan', tags: [] } }]],
      ['a.ts:8', [{ table: 'people', key: '2', before: { name: 'Oksana', tags: [1] } }]],
    ]);
  });

  it('commits a transaction whole, at its end, with what changed in it', async () => {
    const log = await run(`
      const db = store();
      const t = db.table('t');
      t.put('x', 1);
      db.transaction(async () => {
        t.put('x', 2);
        t.insert('y', 1);
        await sleep(10);
        t.put('x', t.get('x') + 1);
        t.put('z', 1);
        t.delete('z');
        return 'done';
      }).then((answer) => console.log(answer, t.keys(), t.get('x')));
      console.log('outside', t.get('x'), t.keys());
    `);
    expect(log.printed()).toEqual(["outside 1 [ 'x' ]", "done [ 'x', 'y' ] 3"]);
    expect(log.of('store.committed').at(-1)).toMatchObject({
      atMs: 10,
      where: 'a.ts:5',
      changes: [
        { table: 't', key: 'x', before: 1, after: 3 },
        { table: 't', key: 'y', after: 1 },
      ],
    });
  });

  it('takes nothing over of a transaction that throws, and says so', async () => {
    const log = await run(`
      const db = store();
      db.table('t').put('x', 1);
      await db.transaction(async () => {
        db.table('t').put('x', 2);
        await sleep(1);
        throw new Error('no money');
      }).catch((error) => console.log(error.message, db.table('t').get('x')));
      await db.transaction(() => { db.table('t').put('x', 3); throw new Error('at once'); }).catch((error) => console.log(error.message));
      console.log(db.table('t').get('x'));
    `);
    expect(log.printed()).toEqual(['no money 1', 'at once', '1']);
    expect(log.of('store.rolled-back')).toMatchObject([
      { atMs: 1, where: 'a.ts:4', changes: [{ before: 1, after: 2 }], failure: { message: 'no money' } },
      { where: 'a.ts:9', failure: { message: 'at once' } },
    ]);
  });

  it('runs transactions one after another, whatever they wait for', async () => {
    const log = await run(`
      const db = store();
      const t = db.table('t');
      t.put('n', 0);
      const add = (ms) => db.transaction(async () => {
        const n = t.get('n');
        await sleep(ms);
        t.put('n', n + 1);
      });
      await Promise.all([add(30), add(1), db.transaction(() => t.put('seen', t.get('n')))]);
      console.log(t.get('n'), t.get('seen'));
    `);
    expect(log.printedAt()).toEqual(['31 2 2']);
  });

  it('refuses a change outside of the transaction that is under way, at its line', async () => {
    const log = await run(`
      const db = store();
      const t = db.table('t');
      const open = db.transaction(async () => { await sleep(5); t.put('x', 1); });
      try {
        t.put('x', 2);
      } catch (error) {
        console.log(error.name, error.message);
      }
      await open;
      console.log(t.get('x'));
    `);
    expect(log.printed()).toEqual([
      'StoreBusyError A transaction of store is under way, begun at a.ts:4. Put this change into store.transaction(() => …), which waits for its turn.',
      '1',
    ]);
  });

  it('takes back what a transaction inside another one did, when that fails and is caught', async () => {
    const log = await run(`
      const db = store();
      const t = db.table('t');
      await db.transaction(async () => {
        t.put('x', 1);
        await db.transaction(async () => { t.put('x', 2); t.put('y', 2); await sleep(1); throw new Error('inner'); }).catch(() => {});
        t.put('z', 3);
      });
      console.log(t.keys(), t.get('x'));
    `);
    expect(log.printed()).toEqual(["[ 'x', 'z' ] 1"]);
  });

  it('says at the line of the call what is wrong with it', async () => {
    const log = await run(`
      const t = store('db').table('orders');
      t.insert(1, {});
      const tries = [() => t.insert(1, {}), () => t.put('', {}), () => t.put(2, undefined), () => t.put(2, 1n), () => store(''), () => t.find('x'), () => store().transaction()];
      for (const each of tries) try { each(); } catch (error) { console.log(error.name + ': ' + error.message); }
      t.insert(1, {});
    `);
    expect(log.printed('a').slice(0, 7)).toEqual([
      'UniqueViolationError: orders has a row with the key "1" already.',
      'TypeError: A key of orders must be a number or a text that is not empty; it is string "".',
      'TypeError: A row of orders must be a value that JSON has; it is undefined.',
      'PayloadError: The payload holds a BigInt (the value itself), and JSON has none. Send it as text.',
      'TypeError: store(name): the name must be a text that is not empty; it is string "".',
      'TypeError: find(matches): the condition must be a function; it is string "x".',
      'TypeError: transaction(run): what to run must be a function; it is undefined.',
    ]);
    expect(log.of('process.exited')).toMatchObject([
      { code: 1, where: 'a.ts:6', failure: { name: 'UniqueViolationError' } },
    ]);
  });

  it('outlives a crash with what was committed, and is each process’s own', async () => {
    const log = await run(
      `
      const db = store();
      const t = db.table('t');
      console.log(process.argv[2] ?? 'a', t.all());
      t.put('lives', (t.get('lives') ?? 0) + 1);
      await db.transaction(async () => { t.put('never', 1); await sleep(1_000); });
      `,
      {
        processes: [
          { name: 'a', file: 'a.ts' },
          { name: 'b', file: 'a.ts', args: ['b'] },
        ],
        interventions: [
          { type: 'process.crash', atMs: 500, process: 'a' },
          { type: 'process.restart', atMs: 600, process: 'a' },
        ],
      },
    );
    expect(log.printed()).toEqual(['a []', 'b []', 'a [ 1 ]']);
  });

  it('stops a transaction that goes round without an end, and is free again', async () => {
    const log = await run(`
      const db = store();
      const bus = eventBus();
      bus.subscribe('go', () => db.transaction(() => { db.table('t').put('y', 1); for (;;); }));
      bus.subscribe('then', () => { db.table('t').put('x', 1); console.log(db.table('t').all()); });
      bus.emit('go');
      bus.emit('then');
    `);
    expect(log.of('limit.reached')).toHaveLength(1);
    expect(log.printed()).toContain('[ 1 ]');
  });
});

describe('an outbox', () => {
  it('publishes what was committed, after the commit, caused by what stored it', async () => {
    const log = await run(`
      const db = store();
      const bus = eventBus('shop');
      const events = outbox(db, bus, { everyMs: 50 });
      bus.subscribe('#', (event) => console.log(event.type, event.data, event.correlationid, events.pending()), { name: 'all' });
      bus.subscribe('ask', async (event) => {
        await db.transaction(() => { db.table('orders').insert(event.data, {}); events.put('created', event.data); });
        await db.transaction(() => { events.put('never', 1); throw new Error('no'); }).catch(() => {});
      }, { name: 'order' });
      bus.emit('ask', 7);
    `);
    expect(log.printedAt()).toEqual(['0 ask 7 m_1 0', '50 created 7 m_1 0']);
    const [relayed] = log.of('outbox.relayed');
    expect(relayed).toMatchObject({ atMs: 50, event: 'a-1', eventType: 'created', attempt: 1 });
    expect(log.of('store.committed').map(({ changes }) => changes.map(({ table, key }) => `${table} ${key}`))).toEqual([
      ['orders 7', 'outbox a-1'],
      ['outbox a-1'],
    ]);
  });

  it('tries again what could not be published, and keeps the order', async () => {
    const log = await run(`
      let down = true;
      setTimeout(() => { down = false; }, 250);
      const events = outbox(store(), async (event) => {
        await sleep(1);
        if (down) throw new Error('broker is down');
        console.log(event.id, event.type);
      });
      events.put('a');
      events.put('b');
    `);
    expect(log.printedAt()).toEqual(['403 a-1 a', '404 a-2 b']);
    expect(log.of('outbox.relayed').map(({ atMs, attempt, failure }) => [atMs, attempt, failure?.message])).toEqual([
      [101, 1, 'broker is down'],
      [202, 2, 'broker is down'],
      [403, 3, undefined],
      [404, 1, undefined],
    ]);
  });

  it('publishes each once, however long that takes', async () => {
    const log = await run(`
      const events = outbox(store(), async (event) => { await sleep(70); console.log(event.data); }, { everyMs: 10 });
      for (const n of [1, 2, 3]) events.put('n', n);
    `);
    expect(log.printedAt()).toEqual(['80 1', '150 2', '220 3']);
  });

  it('says what a publisher may be', async () => {
    const log = await run(`\noutbox(store(), 'shop');`);
    expect(log.of('process.exited')[0]).toMatchObject({
      where: 'a.ts:2',
      failure: {
        message:
          'outbox(store, publish): the second argument must be an event bus, or a function that publishes; it is string "shop".',
      },
    });
  });
});

describe('an idempotency key', () => {
  it('has its effect once, and everybody who comes with it the same answer', async () => {
    const log = await run(`
      const db = store();
      const pay = () => idempotent(db, 'key-1', async () => {
        await sleep(20);
        console.log('charged');
        db.table('payments').insert('p', 450);
        return { status: 'paid' };
      });
      console.log(await Promise.all([pay(), pay()]), await pay());
    `);
    expect(log.printed()).toEqual(['charged', "[ { status: 'paid' }, { status: 'paid' } ] { status: 'paid' }"]);
    expect(log.of('duplicate.recognized')).toMatchObject([
      { table: 'idempotency-keys', key: 'key-1', firstAtMs: 20, where: 'a.ts:3' },
      { key: 'key-1' },
    ]);
  });

  it('is not remembered when the work fails', async () => {
    const log = await run(`
      const db = store();
      let n = 0;
      const once = () => idempotent(db, 1, () => { db.table('t').put('x', ++n); if (n === 1) throw new Error('first'); return n; });
      await once().catch((error) => console.log(error.message, db.table('t').all()));
      console.log(await once(), await once());
    `);
    expect(log.printed()).toEqual(['first []', '2 2']);
  });
});

describe('an inbox', () => {
  it('hands a message that comes twice on once, under the listener’s own name', async () => {
    const log = await run(`
      const db = store();
      const bus = eventBus('shop');
      bus.subscribe('paid', inbox(db).deduplicate((event) => event.data.id, async function addPoints(event) {
        await sleep(5);
        console.log('points for', event.data.id);
      }));
      for (const id of [1, 2, 1]) bus.emit('paid', { id });
      await sleep(50);
      console.log(inbox(db).has(1), inbox(db).has(3));
    `);
    expect(log.printed()).toEqual(['points for 1', 'points for 2', 'true false']);
    expect(log.of('listener.subscribed')[0]?.listener).toBe('addPoints');
    expect(log.of('duplicate.recognized')).toMatchObject([{ table: 'inbox', key: '1' }]);
  });
});
