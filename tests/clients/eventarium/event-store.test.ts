import { describe, expect, it } from 'vitest';
import { Causes } from '../../../src/projections/causes';
import { runScenario } from '../../runtime/run-scenario';

const head = `import { eventStore, aggregate, projection, sleep } from 'eventarium';`;
const account = `
const account = aggregate(eventStore('bank'), {
  name: 'account',
  initial: { balance: 0 },
  snapshotEvery: 3,
  decide(state, command) {
    if (state.balance + command < 0) throw new Error('not enough');
    return { type: command > 0 ? 'deposited' : 'withdrawn', data: { amount: command } };
  },
  evolve(state, event) { return { balance: state.balance + event.data.amount }; },
});`;
const run = (source: string, rest: Partial<Parameters<typeof runScenario>[0]> = {}) =>
  runScenario({ files: { 'a.ts': `${head}${source}` }, ...rest });

describe('an event store', () => {
  it('keeps what is appended, with version and position, beyond a link', async () => {
    const log = await run(
      `
      const events = eventStore('bank');
      const [event] = await events.append('a', [{ type: 'x', data: 1 }]);
      await events.append('b', { type: 'y' });
      await events.append('a', { type: 'z', data: 2 }, { expectedVersion: 1 });
      console.log(JSON.stringify(event), (await events.read('a')).map((e) => e.type), (await events.read('a', { from: 2 })).length, (await events.read('a', { toMs: 5 })).length);
      `,
      { latencyMs: 5 },
    );
    expect(log.printed().join(' ')).toBe(
      '{"id":"m_1","type":"x","data":1,"stream":"a","version":1,"position":1,"atMs":5} [ \'x\', \'z\' ] 1 1',
    );
    expect(
      log.of('stream.appended').map(({ atMs, stream, version, position }) => [atMs, stream, version, position]),
    ).toEqual([
      [5, 'a', 1, 1],
      [15, 'b', 1, 2],
      [25, 'a', 2, 3],
    ]);
    expect(log.of('message.dropped')).toEqual([]);
    // Nobody follows, and that is no loss.
    expect(log.of('message.routed').map(({ kept }) => kept)).toEqual([true, true, true]);
    const causes = new Causes((seq) => log.entries[seq]!);
    for (const entry of log.entries) causes.append(entry);
    expect(causes.messageAt('m_1', log.entries.length)?.fate).toBe('delivered');
    expect(causes.messageAt('m_1', log.of('stream.appended')[0]!.seq)?.fate).toBe('flight');
  });

  it('refuses what was decided on an older version, as an error one can handle', async () => {
    const log = await run(`
      const events = eventStore('bank');
      const go = (n) => events.append('a', { type: 'x', data: n }, { expectedVersion: 0 });
      const [one, two] = await Promise.allSettled([go(1), go(2)]);
      console.log(one.status, two.reason.name, two.reason.actualVersion, two.reason.message);
      await go(3);
    `);
    expect(log.printed()[0]).toBe(
      'fulfilled ConcurrencyError 1 a is at version 1, not 0: somebody has appended meanwhile. Read it again and decide anew.',
    );
    expect(log.of('process.exited')[0]?.failure).toMatchObject({ name: 'ConcurrencyError' });
    expect(log.of('stream.conflicted')[0]).toMatchObject({ process: 'a', expected: 0, actual: 1, messages: ['m_2'] });
    const causes = new Causes((seq) => log.entries[seq]!);
    for (const entry of log.entries) causes.append(entry);
    expect(causes.messageAt('m_2', log.entries.length)?.fate).toBe('dropped');
    expect(log.of('message.dropped').map(({ reason }) => reason)).toEqual(['refused', 'refused']);
  });

  it('takes in what a process has sent before it crashed', async () => {
    const log = await run(`eventStore('bank').append('a', { type: 'x' }).then(() => console.log('never'));`, {
      latencyMs: 10,
      interventions: [{ type: 'process.crash', atMs: 5, process: 'a' }],
    });
    expect(log.of('stream.appended')).toHaveLength(1);
    expect(log.printed()).toEqual([]);
  });

  it('says at the line of the call what is wrong with it', async () => {
    const log = await run(`
      const events = eventStore('bank');
      const tries = [() => events.append('', {}), () => events.append('a', []), () => events.append('a', { data: 1 }), () => events.append('a', { type: 'x' }, { expectedVersion: -1 }), () => projection('p', {}), () => aggregate({}, {}), () => projection('p', { from: events, on: { x: 1 } })];
      for (const each of tries) try { each(); } catch (error) { console.log(error.message); }
      await events.read('a', { toVersion: 2 });
    `);
    expect(log.printed('a').slice(0, 7)).toEqual([
      'append(stream, events): the stream must be a text that is not empty; it is string "".',
      'append(stream, events): there must be one event at least.',
      'append(stream, events): the type of an event must be a text that is not empty; it is undefined.',
      'append(stream, events, { expectedVersion }): it must be a whole number from 0; it is number -1.',
      'projection(name, { from }): it must be an event store; it is undefined.',
      'aggregate(events, options): the first argument must be an event store; it is an object.',
      'projection(name, { on }): what follows x must be a function; it is number 1.',
    ]);
    expect(log.of('process.exited')[0]).toMatchObject({
      where: 'a.ts:5',
      failure: { name: 'RangeError', message: 'a has no events: there is no version 2.' },
    });
  });
});

describe('an aggregate', () => {
  it('ends at the line that threw when its own code cannot read an old event', async () => {
    const log = await run(`
      const events = eventStore('bank', { upcast: { paid: ({ data }) => {
        throw new Error('no currency');
      } } });
      const wallet = aggregate(events, { name: 'wallet', decide: () => [], evolve: (state) => state });
      await events.append('wallet-1', { type: 'paid', data: 5 });

      await wallet.load(1);
    `);
    expect(log.of('process.exited')).toMatchObject([{ where: 'a.ts:3', failure: { message: 'no currency' } }]);
  });

  it('is what its events make of it, at every version and instant, with snapshots', async () => {
    const log = await run(`${account}
      for (const amount of [500, -200, 1000, -300]) { await account.handle(7, amount); await sleep(10); }
      const at = async (options) => { const { version, state } = await account.load(7, options); return version + ':' + state.balance; };
      console.log(await at(), await at({ version: 2 }), await at({ version: 0 }), await at({ atMs: 15 }));
    `);
    expect(log.printed()).toEqual(['4:1000 2:300 0:0 2:300']);
    expect(log.of('aggregate.changed').map(({ version, changes }) => [version, changes])).toEqual([
      [1, [{ path: [], after: { balance: 500 } }]],
      [2, [{ path: ['balance'], before: 500, after: 300 }]],
      [3, [{ path: ['balance'], before: 300, after: 1300 }]],
      [4, [{ path: ['balance'], before: 1300, after: 1000 }]],
    ]);
    expect(log.of('snapshot.taken')).toMatchObject([{ version: 3, stream: 'account-7' }]);
    expect(log.of('aggregate.rebuilt').map(({ version, events, snapshot }) => [version, events, snapshot])).toEqual([
      [4, 1, 3],
      [2, 2, undefined],
      [0, 0, undefined],
      [2, 2, undefined],
    ]);
  });

  it('refuses by its own rule, and says which versions there are', async () => {
    const log = await run(`${account}
      await account.handle(7, -1).catch((error) => console.log(error.message));
      await account.handle(7, 5);
      await account.load(7, { version: 9 }).catch((error) => console.log(error.name, error.message));
      await account.load(7, { version: 1.5 });
    `);
    expect(log.printed().slice(0, 2)).toEqual([
      'not enough',
      'RangeError account-7 has one version: there is no version 9.',
    ]);
    expect(log.of('process.exited')[0]).toMatchObject({ where: 'a.ts:15', code: 1 });
  });

  it('conflicts when two processes decide at once, and the loser may try again', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}${account}
          await account.handle(7, 10);
          await sleep(50);
          for (;;) try { await account.handle(7, -10); console.log('took'); break; } catch (error) { console.log(error.message); if (error.name !== 'ConcurrencyError') break; }`,
      },
      processes: [{ file: 'a.ts' }, { name: 'b', file: 'a.ts', startAtMs: 100 }],
      latencyMs: 25,
    });
    expect(log.of('stream.appended').map(({ version }) => version)).toEqual([1, 2, 3, 4]);
    const again = await runScenario({
      files: { 'a.ts': `${head}${account}\nawait account.handle(7, 5).catch((error) => console.log(error.name));` },
      processes: [{ file: 'a.ts' }, { name: 'b', file: 'a.ts' }],
      latencyMs: 25,
    });
    expect(again.printed()).toEqual(['ConcurrencyError']);
  });

  it('reads old events as those of today', async () => {
    const log = await run(`
      const events = eventStore('bank', { upcast: { paid: (event) => ({ type: 'deposited', data: { amount: event.data } }) } });
      await events.append('account-7', [{ type: 'paid', data: 5 }, { type: 'deposited', data: { amount: 2 } }]);
      ${account}
      console.log((await account.load(7)).state, (await events.read('account-7')).map(({ type }) => type));
    `);
    expect(log.printed()).toEqual(["{ balance: 7 } [ 'deposited', 'deposited' ]"]);
  });
});

describe('a projection', () => {
  const writer = `${head}
    const events = eventStore('bank');
    for (let n = 1; n <= 6; n++) { await events.append('s', { type: n === 4 ? 'bad' : 'n', data: n }); await sleep(10); }`;
  const follow = (options = '', rest = '') => `${head}
    const sum = projection('sum', { from: eventStore('bank'), state: { sum: 0 }, ${options}
      on: { async n(state, event) { await sleep(4); state.sum += event.data; }, bad() { throw new Error('what is this'); } } });
    ${rest}`;
  const both = (reader: string, more: object = {}) =>
    runScenario({ files: { 'writer.ts': writer, 'reader.ts': reader }, latencyMs: 1, durationMs: 1_000, ...more });

  it('follows at its own pace, with its position and lag in the log', async () => {
    const log = await both(follow(`onError: 'skip',`), {});
    expect(log.of('projection.advanced').map(({ position, changes }) => [position, changes[0]?.after])).toEqual([
      [1, 1],
      [2, 3],
      [3, 6],
      [5, 11],
      [6, 17],
    ]);
    expect(log.of('projection.failed')).toMatchObject([
      { position: 4, skipped: true, failure: { message: 'what is this' } },
    ]);
  });

  it('stops before the event on which it throws, and loses nothing: mended, it goes on from there', async () => {
    const mended = follow().replace(`throw new Error('what is this')`, '');
    const log = await both(follow(), {
      interventions: [{ type: 'file.edit', atMs: 200, file: 'reader.ts', source: mended }],
    });
    expect(log.of('projection.failed')).toMatchObject([{ position: 4, skipped: false, where: 'reader.ts:3' }]);
    const positions = log.of('projection.advanced').map(({ atMs, position }) => [atMs >= 200, position]);
    expect(positions).toEqual([
      [false, 1],
      [false, 2],
      [false, 3],
      [true, 4],
      [true, 5],
      [true, 6],
    ]);
  });

  it('goes on after a crash where it was, and counts each event once', async () => {
    const log = await both(follow(`onError: 'skip',`), {
      interventions: [
        { type: 'process.crash', atMs: 14, process: 'reader' },
        { type: 'process.restart', atMs: 45, process: 'reader' },
      ],
    });
    expect(log.of('projection.started').map(({ position, state }) => [position, state])).toEqual([
      [0, { sum: 0 }],
      [1, { sum: 1 }],
    ]);
    expect(log.of('projection.advanced').at(-1)).toMatchObject({
      position: 6,
      changes: [{ path: ['sum'], after: 17 }],
    });
  });

  it('reads what a lossy link has swallowed from the store', async () => {
    const log = await both(follow(`onError: 'skip',`), {
      network: {
        default: { latencyMs: 1, jitterMs: 0, loss: 0, cut: false },
        links: [],
      },
      interventions: [
        { type: 'link.change', atMs: 8, from: 'bank', to: 'reader', link: { cut: true } },
        { type: 'link.change', atMs: 30, from: 'bank', to: 'reader', link: { cut: false } },
      ],
      durationMs: 100_000,
    });
    expect(log.of('message.lost').length).toBeGreaterThan(0);
    expect(log.of('projection.advanced').at(-1)).toMatchObject({ position: 6, changes: [{ after: 17 }] });
  });

  it('is rebuilt by hand, after which its own code goes on; what throws there is told at its line', async () => {
    const rebuild = { type: 'projection.rebuild', broker: 'bank', projection: 'sum' } as const;
    const log = await runScenario({
      files: {
        'reader.ts': `${head} let times = 0;
const sum = projection('sum', { from: eventStore('bank'), state: 0, on: {
  n(state, event) {
    if (event.data === 7 && ++times > 2) throw new Error('an old event');
    return state + event.data;
  },
} });
await eventStore('bank').append('s', [5, 7].map((data) => ({ type: 'n', data })));
`,
      },
      interventions: [
        { ...rebuild, atMs: 1_000, process: 'reader' },
        { ...rebuild, atMs: 2_000, process: 'reader' },
        { ...rebuild, atMs: 3_000, process: 'nobody' },
        { type: 'process.crash', atMs: 4_000, process: 'reader' },
        { ...rebuild, atMs: 5_000, process: 'reader' },
      ],
      durationMs: 6_000,
    });
    const [applied] = log.of('intervention.applied');
    expect(log.of('projection.rebuild-started').map(({ atMs, head: of }) => [atMs, of])).toEqual([
      [1_000, 2],
      [2_000, 2],
    ]);
    expect(log.of('projection.rebuild-started')[0]?.cause).toBe(applied?.seq);
    expect(log.of('projection.rebuilt')).toMatchObject([{ atMs: 1_000, position: 2, changes: [] }]);
    expect(log.of('projection.failed')).toMatchObject([
      { atMs: 2_000, position: 2, rebuilding: true, where: 'reader.ts:4', failure: { message: 'an old event' } },
    ]);
    expect(log.of('process.exited')).toEqual([]);
    expect(log.of('intervention.refused').map(({ atMs, reason }) => [atMs, reason])).toEqual([
      [3_000, 'nobody has no projection sum of bank at this instant.'],
      [5_000, 'reader has no projection sum of bank at this instant.'],
    ]);
  });

  it('is rebuilt from zero while it answers as before', async () => {
    const log = await both(
      follow(
        `onError: 'skip',`,
        `await sleep(100);
        eventStore('bank').append('s', { type: 'n', data: 100 });
        const done = sum.rebuild();
        await sleep(15);
        console.log(sum.state.sum, sum.position);
        console.log(await done, sum.state.sum);`,
      ),
    );
    expect(log.printed()).toEqual(['117 7', '{ position: 7 } 117']);
    expect(
      log
        .of('projection.advanced')
        .filter(({ rebuilding }) => rebuilding)
        .map(({ position }) => position),
    ).toEqual([1, 2, 3, 5, 6, 7]);
    expect(log.of('message.dispatched').filter(({ replayed }) => replayed)).toHaveLength(7);
    expect(log.of('projection.rebuilt')).toMatchObject([{ position: 7, changes: [] }]);
  });

  it('is rebuilt twice at once: one after the other', async () => {
    const log = await both(
      follow(
        `onError: 'skip',`,
        `await sleep(100); console.log(await Promise.all([sum.rebuild(), sum.rebuild()]), sum.state.sum);`,
      ),
    );
    expect(log.printed()).toEqual(['[ { position: 6 }, { position: 6 } ] 17']);
    const turns = log.entries.flatMap((entry): unknown[] => {
      if (entry.type === 'projection.rebuild-started' || entry.type === 'projection.rebuilt') return [entry.type];
      return entry.type === 'projection.advanced' && entry.rebuilding ? [entry.position] : [];
    });
    const one = ['projection.rebuild-started', 1, 2, 3, 5, 6, 'projection.rebuilt'];
    expect(turns).toEqual([...one, ...one]);
  });

  it('is behind what was just written, unless one waits for it', async () => {
    const log = await run(
      `
      const events = eventStore('bank');
      const sum = projection('sum', { from: events, state: { sum: 0 }, on: { n(state, event) { return { sum: state.sum + event.data }; }, bad() { throw new Error('no'); } } });
      const [event] = await events.append('s', { type: 'n', data: 5 });
      console.log(sum.state.sum);
      await sum.waitFor(event.position);
      console.log(sum.state.sum);
      await sum.waitFor(2, { timeoutMs: 50 }).catch((error) => console.log(error.message));
      events.append('s', { type: 'bad' });
      await sum.waitFor(2).catch((error) => console.log(error.message));
      process.exit();
      `,
      {
        network: {
          links: [
            { from: 'bank', to: 'a', latencyMs: 20 },
            { from: 'bank', to: 'a', latencyMs: 20, jitterMs: 3 },
          ],
        },
      },
    );
    expect(log.printed()).toEqual([
      '0',
      '5',
      'sum is at event 1 and has not reached 2: 50 ms have passed.',
      'sum is at event 1 and has not reached 2: it stopped at event 2: no.',
    ]);
  });
});
