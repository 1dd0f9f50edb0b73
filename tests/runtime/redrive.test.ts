import { describe, expect, it } from 'vitest';
import { Causes } from '../../src/projections/causes';
import { applyEntry, createSystem } from '../../src/projections/system';
import type { Intervention } from '../../src/log/entry';
import { runScenario, type Log } from './run-scenario';

const head = `import { eventBus, every, redrive, sleep } from 'eventarium';\nconst bus = eventBus('shop');\n`;
/** Fails while the bank is down, which it is until 1 s. */
const charge = `bus.subscribe('pay', function charge(e, d) {
  if (d.redriven) console.log('again', e.id, e.data.sum);
  if (Date.now() % 60000 < 1000) throw new Error('the bank is down');
  if (e.data.sum < 0) throw new Error('a negative sum');
  console.log('charged', e.data.sum);
}, { deadLetter: true });\n`;
const redriveAt = (atMs: number, more: object = {}): Intervention => ({
  type: 'message.redrive',
  atMs,
  broker: 'shop',
  queue: 'shop.dead',
  ...more,
});

function stateOf(log: Log): ReturnType<typeof createSystem> {
  const state = createSystem();
  for (const entry of log.entries) applyEntry(state, entry);
  return state;
}

describe('dead letters that are sent back', () => {
  it('go to the listener that gave them up, and to nobody else', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}${charge}bus.subscribe('pay', function count() { console.log('counted'); });\nbus.emit('pay', { sum: 5 });`,
      },
      interventions: [redriveAt(2_000)],
    });
    expect(log.printed()).toEqual(['counted', 'again m_1 5', 'charged 5']);
    expect(log.of('message.redriven')).toMatchObject([{ message: 'm_1', queue: 'shop.dead', listener: 'charge' }]);
    expect(log.of('message.dispatched').at(-1)).toMatchObject({ redriven: true, attempt: 1 });
    expect(stateOf(log).brokers.get('shop')?.deadLetters.get('shop.dead')).toMatchObject({ count: 0, letters: [] });
  });

  it('tell their whole story under one id', async () => {
    const log = await runScenario({
      files: { 'a.ts': `${head}${charge}bus.emit('pay', { sum: 5 });` },
      interventions: [redriveAt(500), redriveAt(2_000)],
    });
    const causes = new Causes((seq) => log.entries[seq]!);
    for (const entry of log.entries) causes.append(entry);
    const [delivery] = causes.messageAt('m_1', log.entries.length)?.deliveries ?? [];
    expect(delivery).toMatchObject({ state: 'succeeded', fate: 'delivered', redrives: 2, attempt: 1 });
    const between = log.of('message.redriven')[1]?.seq ?? 0;
    expect(causes.messageAt('m_1', between)?.deliveries[0]).toMatchObject({ state: 'dead-lettered', redrives: 1 });
  });

  it('carry an edited payload', async () => {
    const log = await runScenario({
      files: { 'a.ts': `${head}${charge}await sleep(1500);\nbus.emit('pay', { sum: -5 });` },
      interventions: [redriveAt(2_000, { messages: ['m_1'], data: { sum: 5 } })],
    });
    expect(log.printed()).toEqual(['again m_1 5', 'charged 5']);
    expect(log.of('message.redriven')).toMatchObject([{ data: { sum: 5 } }]);
  });

  it('go back into their durable queue, and only those that are named', async () => {
    const work = charge.replace('deadLetter: true', `deadLetter: true, queue: 'payments'`);
    const log = await runScenario({
      files: { 'a.ts': `${head}${work}for (const sum of [1, 2, 3]) bus.emit('pay', { sum });` },
      interventions: [redriveAt(2_000, { messages: ['m_1', 'm_3'] })],
    });
    expect(log.printed()).toEqual(['again m_1 1', 'charged 1', 'again m_3 3', 'charged 3']);
    expect(stateOf(log).brokers.get('shop')?.deadLetters.get('shop.dead')).toMatchObject({
      count: 1,
      letters: [{ message: 'm_2' }],
    });
    expect(stateOf(log).brokers.get('shop')?.queues.get('payments')).toMatchObject({ ready: [], done: 5, enqueued: 5 });
  });

  it('stay where they are while nobody is there to take them', async () => {
    const log = await runScenario({
      files: { 'a.ts': `${head}${charge}bus.emit('pay', { sum: 5 });`, 'b.ts': `${head}every(1000, () => {});` },
      interventions: [
        { type: 'process.crash', atMs: 100, process: 'a' },
        redriveAt(2_000),
        redriveAt(3_000, { queue: 'elsewhere' }),
      ],
    });
    expect(log.of('message.redriven')).toEqual([]);
    expect(log.of('intervention.refused').map(({ reason }) => reason)).toEqual([
      'Nobody is there to take what is in shop.dead: it stays.',
      'There are no such dead letters in elsewhere.',
    ]);
  });

  it('come back when their listener crashes over them', async () => {
    const slow = `bus.subscribe('pay', async function charge() { if (Date.now() % 60000 < 1000) throw new Error('no'); await sleep(1000); }, { deadLetter: true });\n`;
    const log = await runScenario({
      files: { 'a.ts': `${head}${slow}bus.emit('pay');` },
      interventions: [redriveAt(2_000), { type: 'process.crash', atMs: 2_500, process: 'a' }],
    });
    expect(log.of('message.dead-lettered').map(({ atMs, reason }) => [atMs, reason])).toEqual([
      [0, 'attempts'],
      [2_500, 'unanswered'],
    ]);
  });

  it('are sent back by code, filtered and edited, and a mistake in either moves nothing', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}${charge}for (const sum of [1, 2]) bus.emit('pay', { sum });
await sleep(1500);
try { redrive(bus, { edit: (data) => { throw new Error('oops ' + data.sum); } }); } catch (error) { console.log(error.message); }
try { redrive(bus, { edit: () => 10n }); } catch (error) { console.log(error.name); }
console.log(bus.deadLetters().map((letter) => [letter.event.data.sum, letter.listener, letter.error.message].join(' ')).join());
console.log(redrive(bus, { filter: ({ event }) => event.data.sum === 2, edit: (data) => ({ sum: data.sum * 10 }) }));
await sleep(1);
console.log(bus.deadLetters().length);`,
      },
    });
    expect(log.printed()).toEqual([
      'oops 1',
      'PayloadError',
      '1 charge the bank is down,2 charge the bank is down',
      '{ redriven: 1, kept: 0 }',
      'again m_2 20',
      'charged 20',
      '1',
    ]);
    expect(log.of('message.redriven')[0]?.where).toBe('a.ts:14');
  });
});

describe('the dead letters of RabbitMQ', () => {
  it('go back to the queue in which they died, with their headers', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `import amqp from 'amqplib';
const channel = await (await amqp.connect('amqp://localhost')).createChannel();
await channel.assertQueue('dead');
await channel.assertQueue('work', { deadLetterExchange: '', deadLetterRoutingKey: 'dead' });
for (const n of [1, 2]) channel.sendToQueue('work', Buffer.from(JSON.stringify({ n })));
await channel.consume('work', (message) => {
  const { n } = JSON.parse(message.content);
  const deaths = message.properties.headers['x-death']?.[0].count ?? 0;
  console.log(n, deaths);
  if (deaths === 0) channel.nack(message, false, false); else channel.ack(message);
});`,
      },
      interventions: [
        {
          type: 'message.redrive',
          atMs: 1_000,
          broker: 'rabbitmq',
          queue: 'dead',
          messages: ['m_2'],
          data: { n: 20 },
        },
        { type: 'message.redrive', atMs: 2_000, broker: 'rabbitmq', queue: 'work' },
      ],
    });
    expect(log.printed()).toEqual(['1 0', '2 0', '20 1']);
    expect(log.of('intervention.refused')).toMatchObject([{ reason: 'There are no such dead letters in work.' }]);
    const state = stateOf(log);
    expect(state.brokers.get('rabbitmq')?.queues.get('dead')?.ready).toEqual(['m_1']);
    const causes = new Causes((seq) => log.entries[seq]!);
    for (const entry of log.entries) causes.append(entry);
    expect(causes.messageAt('m_2', log.entries.length)?.deliveries).toMatchObject([
      { queue: 'work', state: 'succeeded', redrives: 1 },
    ]);
  });
});

describe('a retry budget of a listener', () => {
  it('gives up at once what it has no token for, and says so', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}bus.subscribe('e', function bad() { throw new Error('no'); }, { retry: { attempts: 3, initialMs: 10, backoff: 'fixed', budget: { share: 0.5, minPerSecond: 0 } }, deadLetter: true });\nfor (const n of [1, 2, 3, 4]) bus.emit('e', n);`,
      },
    });
    expect(log.of('delivery.retry-scheduled')).toHaveLength(2);
    expect(log.of('delivery.failed').filter(({ overBudget }) => overBudget)).toHaveLength(4);
    expect(log.of('message.dead-lettered').map(({ reason }) => reason)).toEqual([
      'budget',
      'budget',
      'budget',
      'budget',
    ]);
  });

  it('is refused when it makes no sense', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}for (const retry of [{ budget: 0 }, { budget: { minPerSecond: -1 } }, { jitter: 'some' }]) try { bus.subscribe('e', () => {}, { retry }); } catch (error) { console.log(error.message); }`,
      },
    });
    expect(log.printed()).toEqual([
      'retry.budget: the share must be a number above 0; it is number 0.',
      'retry.budget.minPerSecond must be a number, 0 or more; it is number -1.',
      `retry.jitter must be true, 'full', 'decorrelated' or 'none'; it is string "some".`,
    ]);
  });
});
