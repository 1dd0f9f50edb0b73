import { describe, expect, it } from 'vitest';
import type { Entry, Intervention } from '../../src/log/entry';
import { runScenario, type Log } from './run-scenario';

const head = `import { saga, step, parallel, pivot, eventBus, sleep, request, ReplyError } from 'eventarium';\n`;

async function orders(
  code: string,
  more: { interventions?: readonly Intervention[]; durationMs?: number } = {},
): Promise<Log> {
  return runScenario({ files: { 'orders.ts': head + code }, ...more });
}

/** What the sagas did, an entry a word: `reserve`, `reserve!` failed, `<reserve` undone, `=completed`. */
function told(log: Log): string {
  return log.entries.flatMap((entry) => wordOf(entry)).join(' ');
}

function wordOf(entry: Entry): string[] {
  switch (entry.type) {
    case 'saga.step-succeeded':
      return [entry.step];
    case 'saga.step-failed':
      return [`${entry.step}!`];
    case 'saga.compensation-succeeded':
      return [`<${entry.step}`];
    case 'saga.compensation-failed':
      return [`<${entry.step}!`];
    case 'saga.resumed':
      return ['again'];
    case 'saga.ended':
      return [`=${entry.outcome}`];
    default:
      return [];
  }
}

const simple = (ship: string): string => `
const order = saga('order', { steps: [
  step('reserve', { action: async ({ data }) => { await sleep(100); return data.id * 2; }, compensation: ({ result }) => console.log('release', result) }),
  step('charge', { action: () => sleep(100), compensation: async ({ key, failure }) => { await sleep(10); console.log(key, failure.step, failure.message); } }),
  step('ship', { action: ${ship} }),
] });
order.run('o-1', { id: 7 }).then(({ outcome, results }) => console.log(outcome, results));`;

describe('an orchestrated saga', () => {
  it('runs its steps one after another and tells how it ended', async () => {
    const log = await orders(simple(`({ results }) => { console.log('ship', results.reserve); }`));
    expect(told(log)).toBe('reserve charge ship =completed');
    expect(log.printed()).toEqual(['ship 14', 'completed { reserve: 14 }']);
    expect(log.of('saga.started')).toMatchObject([
      { saga: 'order', instance: 'o-1', data: { id: 7 }, where: 'orders.ts:8' },
    ]);
    expect(log.of('saga.step-succeeded')[0]).toMatchObject({ step: 'reserve', tookMs: 100, result: 14 });
    expect(log.of('saga.ended')).toMatchObject([{ atMs: 200, tookMs: 200, outcome: 'completed' }]);
    expect(log.entries.at(-1)).toMatchObject({ type: 'run.ended', reason: 'idle' });
  });

  it('undoes what was done in reverse order when a step fails', async () => {
    const log = await orders(simple(`() => { throw new Error('no courier'); }`));
    expect(told(log)).toBe('reserve charge ship! <charge <reserve =compensated');
    expect(log.printed()).toEqual([
      'order/o-1/charge/undo ship no courier',
      'release 14',
      'compensated { reserve: 14 }',
    ]);
    const [failed] = log.of('saga.step-failed');
    expect(failed).toMatchObject({ where: 'orders.ts:6', reason: 'threw', attemptsLeft: 0 });
    expect(log.of('saga.compensation-started')[0]).toMatchObject({ step: 'charge', cause: failed?.seq });
  });

  it('that stops at a finished step without a compensation has failed, and says what stays', async () => {
    const log = await orders(`
saga('order', { steps: [
  step('reserve', { action: () => 1 }),
  step('look', { action: () => 1, compensation: null }),
  step('charge', { action: () => 1, compensation: () => 1 }),
  step('ship', { action: () => { throw new Error('no courier'); } }),
] }).run('o-1');`);
    expect(told(log)).toBe('reserve look charge ship! <charge =failed');
    expect(log.of('saga.ended')).toMatchObject([{ outcome: 'failed', step: 'ship', kept: ['reserve'] }]);
  });

  it('tries a step and its compensation as often as they say, and is stuck when undoing fails for good', async () => {
    const log = await orders(`
let calls = 0;
saga('order', { steps: [
  step('reserve', { action: () => { if (++calls < 3) throw new Error('busy'); }, retry: { attempts: 3, initialMs: 50, backoff: 'fixed' },
    compensation: () => { throw new Error('gone'); }, compensationRetry: { attempts: 2, initialMs: 10 } }),
  step('ship', { action: () => { throw new Error('no courier'); }, retry: 1 }),
] }).run('o-1').then(({ outcome, stuck }) => console.log(outcome, stuck.reason, stuck.message));`);
    expect(told(log)).toBe('reserve! reserve! reserve ship! <reserve! <reserve! =stuck');
    expect(log.of('saga.step-retry-scheduled').map(({ dueAtMs, nextAttempt }) => [dueAtMs, nextAttempt])).toEqual([
      [50, 2],
      [100, 3],
    ]);
    expect(log.of('saga.ended')).toMatchObject([{ outcome: 'stuck', step: 'reserve', stuck: 'compensation' }]);
    expect(log.printed()).toEqual(["stuck compensation the compensation of 'reserve' failed as often as it may: gone"]);
  });

  it('does not try again what says that it is of no use', async () => {
    const log = await orders(`
saga('order', { steps: [step('charge', { action: () => { throw Object.assign(new Error('declined'), { retriable: false }); }, retry: 5 })] }).run('o-1');`);
    expect(told(log)).toBe('charge! =compensated');
  });

  it('undoes a step that timed out too, since it may have happened', async () => {
    const log = await orders(`
saga('order', { steps: [
  step('reserve', { action: () => 1, compensation: () => 1 }),
  step('charge', { action: () => sleep(5000), timeoutMs: 300, compensation: ({ isUncertain }) => console.log('refund', isUncertain) }),
] }).run('o-1');`);
    expect(told(log)).toBe('reserve charge! <charge <reserve =compensated');
    expect(log.of('saga.step-failed')).toMatchObject([
      { atMs: 300, reason: 'timeout', failure: { name: 'TimeoutError' } },
    ]);
    expect(log.printed()).toEqual(['refund true']);
  });

  it('runs parallel steps at the same time, and undoes them in the reverse order of their ends', async () => {
    const log = await orders(`
const go = (name, ms, fails) => step(name, { action: async () => { await sleep(ms); if (fails) throw new Error(name); }, compensation: () => 1 });
saga('trip', { steps: [parallel(go('hotel', 300), go('flight', 100), go('car', 200, true))] }).run(1);`);
    expect(told(log)).toBe('flight car! hotel <hotel <flight =compensated');
    expect(log.of('saga.ended')[0]).toMatchObject({ atMs: 300, instance: '1' });
  });

  it('goes on after its pivot until it is through, or is stuck', async () => {
    const log = await orders(`
const order = saga('order', { steps: [
  step('reserve', { action: () => 1, compensation: () => 1 }),
  pivot('charge', { action: () => 1 }),
  step('ship', { action: ({ data, attempt }) => { if (attempt <= data.failures) throw new Error('no courier'); } }),
] });
order.run('a', { failures: 5 });
order.run('b', { failures: 6 }).then(() => {
  const again = order.retry('b');
  console.log(order.state('b').stuck);
  return again;
}).then(({ stuck }) => console.log(stuck.message));`);
    expect(log.of('saga.ended').map(({ instance, outcome, stuck }) => [instance, outcome, stuck])).toEqual([
      ['a', 'completed', undefined],
      ['b', 'stuck', 'past-pivot'],
      ['b', 'stuck', 'past-pivot'],
    ]);
    expect(log.printed()).toEqual([
      'undefined',
      "'ship' failed after the pivot, from which there is no way back: no courier",
    ]);
    expect(log.of('saga.compensation-started')).toEqual([]);
    expect(log.of('saga.resumed')).toMatchObject([{ instance: 'b', reason: 'asked' }]);
  });

  it('is stuck when nobody knows whether the pivot has happened', async () => {
    const log = await orders(`
saga('order', { steps: [step('reserve', { action: () => 1, compensation: () => 1 }), pivot('charge', { action: () => sleep(1e6), timeoutMs: 100 })] }).run('a');`);
    expect(log.of('saga.ended')).toMatchObject([{ outcome: 'stuck', step: 'charge', stuck: 'pivot-unknown' }]);
  });

  it('turns back when the time of the whole saga is over', async () => {
    const log = await orders(`
saga('order', { timeoutMs: 1000, steps: [
  step('reserve', { action: () => sleep(400), compensation: () => sleep(2000) }),
  step('charge', { action: () => { throw new Error('busy'); }, retry: { attempts: 9, initialMs: 900 }, compensation: () => 1 }),
] }).run('a');`);
    expect(told(log)).toBe('reserve charge! charge! <reserve =compensated');
    expect(log.of('saga.step-failed')[1]).toMatchObject({ atMs: 1000, reason: 'saga-timeout', tookMs: 0 });
    expect(log.of('saga.ended')[0]).toMatchObject({ atMs: 3000 });
  });

  it('is not run twice under the same id', async () => {
    const log = await orders(`
const order = saga('order', { steps: [step('charge', { action: () => { console.log('charged'); return sleep(50); } })] });
Promise.all([order.run('a'), order.run('a')]).then(() => order.run('a')).then(({ outcome }) => console.log(outcome, order.instances(), order.state('a').outcome));`);
    expect(log.printed()).toEqual(['charged', "completed [ 'a' ] completed"]);
  });

  it('goes on in the next life of its process, and runs again what was under way', async () => {
    const code = simple(`() => { console.log('shipped'); }`).replace(
      `order.run('o-1'`,
      `if (!order.state('o-1')) order.run('o-1'`,
    );
    const crash: Intervention = { type: 'process.crash', atMs: 150, process: 'orders' };
    const log = await orders(code, {
      interventions: [crash, { type: 'process.restart', atMs: 1000, process: 'orders' }],
    });
    expect(told(log)).toBe('reserve again charge ship =completed');
    expect(log.of('saga.step-started').map(({ step, atMs, attempt }) => [step, atMs, attempt])).toEqual([
      ['reserve', 0, 1],
      ['charge', 100, 1],
      ['charge', 1000, 1],
      ['ship', 1100, 1],
    ]);
    const [resumed] = log.of('saga.resumed');
    expect(log.entries[resumed?.cause ?? -1]).toMatchObject({ type: 'process.started', life: 2 });
  });

  it('goes on with the new text of its file, and the old one hears of the end', async () => {
    const source = (word: string): string => `${head}
const order = saga('order', { steps: [step('wait', { action: () => sleep(100) }), step('say', { action: () => console.log('${word}') })] });
eventBus('shop').subscribe('go', async () => { const { outcome } = await order.run('a'); console.log('${word}', outcome); });`;
    const log = await runScenario({
      files: { 'orders.ts': source('old') },
      interventions: [
        { type: 'message.publish', atMs: 10, broker: 'shop', event: 'go' },
        { type: 'file.edit', atMs: 50, file: 'orders.ts', source: source('new') },
      ],
    });
    expect(log.printed()).toEqual(['new', 'old completed']);
    expect(log.of('delivery.succeeded')).toHaveLength(1);
  });

  it('is caused by what started it, and what it publishes follows from that too', async () => {
    const log = await orders(`
const bus = eventBus('shop');
const order = saga('order', { steps: [step('reserve', { action: async () => { await sleep(5); bus.emit('stock.reserve'); } })] });
bus.subscribe('order.created', (event) => { order.run(event.data.id); });
bus.emit('order.created', { id: 7 });`);
    const [created, reserve] = log.of('message.published');
    expect(reserve?.message).toMatchObject({ correlationid: created?.message.id, causationid: created?.message.id });
    expect(log.entries[reserve?.cause ?? -1]).toMatchObject({ type: 'saga.step-started' });
    expect(log.of('saga.started')).toMatchObject([{ message: created?.message.id, correlation: created?.message.id }]);
  });
});

describe('request', () => {
  const participants = `
const bus = eventBus('shop');
bus.subscribe('payment.charge', async ({ data }) => { await sleep(20); data.total > 100 ? bus.emit('payment.declined', { reason: 'no money' }) : bus.emit('payment.charged', { receipt: data.total }); });`;

  it('waits for the reply to its own command', async () => {
    const log = await orders(`${participants}
const charge = (total) => request(bus, 'payment.charge', { total }, { reply: 'payment.charged', failure: 'payment.declined', timeoutMs: 500 });
Promise.all([charge(1), charge(2)]).then((replies) => console.log(replies));
charge(101).catch((error) => console.log(error.name, error.message, error instanceof ReplyError, error.retriable));`);
    expect(log.printed()).toEqual(['ReplyError no money true false', '[ { receipt: 1 }, { receipt: 2 } ]']);
    expect(log.of('listener.subscribed').map(({ pattern }) => pattern)).toEqual([
      'payment.charge',
      'payment.charged',
      'payment.declined',
    ]);
  });

  it('gives up after its time', async () => {
    const log = await orders(`
request(eventBus('shop'), 'payment.charge', {}, { reply: 'payment.charged', timeoutMs: 500 }).catch((error) => console.log(error.name, error.message));`);
    expect(log.printed()).toEqual(['TimeoutError no reply to payment.charge within 500 ms']);
  });
});

describe('a definition that cannot be meant', () => {
  it.each([
    [
      `step('', { action: () => 1 })`,
      'step(name, { action, … }): the name must be a text that is not empty; it is string "".',
    ],
    [`step('a', { action: 1 })`, `step('a'): action must be a function; it is number 1.`],
    [
      `step('a', { action: () => 1, compensation: 'undo' })`,
      `step('a'): compensation must be a function; it is string "undo".`,
    ],
    [`pivot('a', { action: () => 1, compensation: () => 1 })`, `pivot('a'): a pivot is the point of no return`],
    [`saga('s', { steps: [] })`, `saga('s'): steps must be a list of steps that is not empty`],
    [
      `saga('s', { steps: [() => 1] })`,
      `saga('s'): steps[0] must be made with step(), parallel() or pivot(); it is function.`,
    ],
    [
      `saga('s', { steps: [step('a', { action: () => 1 }), step('a', { action: () => 1 })] })`,
      `saga('s'): two steps are called 'a'.`,
    ],
    [
      `saga('s', { steps: [pivot('a', { action: () => 1 }), step('b', { action: () => 1, compensation: () => 1 })] })`,
      `saga('s'): 'b' stands after the pivot 'a', so its compensation would never run.`,
    ],
    [`parallel(step('a', { action: () => 1 }))`, 'parallel(step, step, …) needs at least two steps; it got 1.'],
  ])('%s', async (code, message) => {
    const log = await orders(`\n${code};`);
    expect(log.of('process.exited')).toMatchObject([{ where: 'orders.ts:3', code: 1, failure: { name: 'TypeError' } }]);
    expect(log.of('process.exited')[0]?.failure?.message).toContain(message);
  });
});
