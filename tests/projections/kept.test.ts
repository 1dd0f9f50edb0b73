import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Difference } from '../../src/log/difference';
import { StateHistory } from '../../src/projections/history';
import { Kept } from '../../src/projections/kept';
import { runScenario, type Log } from '../runtime/run-scenario';

function keptOf(log: Log): Kept {
  const kept = new Kept();
  for (const entry of log.entries) kept.append(entry);
  return kept;
}

describe('what is kept, at any position of the log', () => {
  it('is the rows of tables in their order, and the transaction that changed them last', async () => {
    const log = await runScenario({
      files: {
        'shop.ts': `import { store, sleep } from 'eventarium';
const orders = store().table('orders');
orders.put('a', 1);
orders.put('b', 2);
await sleep(10);
orders.put('a', 3);
await sleep(10);
orders.delete('a');
await sleep(10);
orders.put('a', 4);`,
      },
    });
    const kept = keptOf(log);
    const commits = log.of('store.committed');
    const at = (seq: number): unknown[] =>
      kept.tablesAt('shop', seq).flatMap(({ rows }) => rows.map(({ key, row }) => [key, row]));
    expect(at(commits[0]!.seq)).toEqual([]);
    expect(commits.map(({ seq }) => at(seq + 1))).toEqual([
      [['a', 1]],
      [
        ['a', 1],
        ['b', 2],
      ],
      [
        ['a', 3],
        ['b', 2],
      ],
      [['b', 2]],
      [
        ['b', 2],
        ['a', 4],
      ],
    ]);
    expect(kept.tablesAt('shop', commits[2]!.seq + 1)[0]?.last).toMatchObject({ atMs: 10, seq: commits[2]!.seq });
    expect(kept.tablesAt('other', Infinity)).toEqual([]);
  });

  it('is streams with versions, the state at each, and projections with what they lag behind', async () => {
    const log = await runScenario({
      files: {
        'bank.ts': `import { eventStore, aggregate, projection, sleep } from 'eventarium';
const events = eventStore('bank');
const account = aggregate(events, {
  name: 'account', initial: { balance: 0 },
  decide: (_, amount) => ({ type: 'moved', data: amount }),
  evolve(state, { data }) { state.balance += data; },
});
projection('total', { from: events, state: { sum: 0 }, on: {
  async moved(state, { data }) { await sleep(100); if (data === 13) throw new Error('unlucky'); state.sum += data; },
} });
for (const amount of [5, 7, 13]) await account.handle(1, amount);
setTimeout(() => {}, 1_000);`,
      },
    });
    const kept = keptOf(log);
    const end = log.entries.length;
    const [stream] = kept.streamsAt('bank', end);
    expect(stream).toMatchObject({ stream: 'account-1', version: 3 });
    expect([0, 1, 2, 3].map((version) => stream?.history?.stateAfter(version))).toEqual([
      undefined,
      { balance: 5 },
      { balance: 12 },
      { balance: 25 },
    ]);
    const [at150] = kept.projectionsAt(
      'bank',
      log.entries.findIndex(({ atMs }) => atMs > 150),
      150,
    );
    expect(at150).toMatchObject({ projection: 'total', position: 1, head: 3, lagMs: 150, stopped: false });
    expect(at150?.history.stateAfter(at150.count)).toEqual({ sum: 5 });
    const [last] = kept.projectionsAt('bank', end, 1_000);
    expect(last).toMatchObject({ position: 2, head: 3, stopped: true, rebuiltTo: undefined });
    expect(kept.lagsUntil('bank', 'total', 400, 4)).toEqual([2, 1, 1, 1]);
    const [first] = log.of('stream.appended');
    expect(kept.changesBy(first!.message, end).map(({ kind, of, changes }) => [kind, of, changes])).toEqual([
      ['aggregate', 'account-1', [{ path: [], after: { balance: 5 } }]],
      ['projection', 'total', [{ path: ['sum'], before: 0, after: 5 }]],
    ]);
    expect(kept.changesBy(first!.message, first!.seq)).toEqual([]);
  });

  it('tells how far a rebuild has come, and keeps the old state until it has caught up', async () => {
    const log = await runScenario({
      files: {
        'reader.ts': `import { eventStore, projection, sleep } from 'eventarium';
const events = eventStore('bank');
const total = projection('total', { from: events, state: 0, on: { async moved(state, { data }) { await sleep(10); return state + data; } } });
const kept = await events.append('a', [1, 2, 3].map((data) => ({ type: 'moved', data })));
await total.waitFor(3);
await total.rebuild();`,
      },
    });
    const kept = keptOf(log);
    const at = (seq: number) => kept.projectionsAt('reader', seq, 0)[0];
    const again = log.of('projection.advanced').filter(({ rebuilding }) => rebuilding);
    expect(again.map(({ seq }) => at(seq + 1)).map((each) => [each?.rebuiltTo, each?.position])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(at(log.entries.length)?.rebuiltTo).toBeUndefined();
  });
});

it('a state is the same at every step, whichever was asked for before', () => {
  const step = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 400, size: 'max' }),
      fc.array(fc.nat(), { maxLength: 20 }),
      (all, asked) => {
        const history = new StateHistory();
        const states: unknown[] = [undefined];
        let now: Record<string, number> = {};
        all.forEach((value, at) => {
          now = { ...now, [`k${value % 4}`]: at };
          const changes: Difference[] =
            at === 0 ? [{ path: [], after: now }] : [{ path: [`k${value % 4}`], after: at }];
          history.append({ seq: at, atMs: at, message: undefined, place: at, changes });
          states.push(now);
        });
        for (const ask of asked) {
          const count = ask % states.length;
          expect(history.stateAfter(count)).toEqual(states[count]);
        }
      },
    ),
  );
});
