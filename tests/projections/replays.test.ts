import { expect, test } from 'vitest';
import type { Log } from '../runtime/run-scenario';
import { figuresOf, isDifferent, Replays } from '../../src/projections/replays';
import { runScenario } from '../runtime/run-scenario';

const head = `import { eventBus, store, sleep } from 'eventarium';\nconst bus = eventBus('shop');\nconst db = store('db');\n`;
const listener = (rule: string): string => `${head}
bus.subscribe('order.placed', async function bill({ data: { id, sum } }) {
  if (sum > 25) throw new Error('too much');
  db.table('bills').put(id, { sum });
  await sleep(10);
  ${rule}
});`;
const files = {
  'bills.ts': listener(`bus.emit('order.billed', { id, sum });`),
  'shop.ts': `${head}for (const id of [1, 2, 3]) { bus.emit('order.placed', { id, sum: id * 10 }); await sleep(100); }`,
};
const replay = { type: 'replay.start', broker: 'shop', process: 'bills', suppressEffects: true } as const;
const folded = (log: Log): Replays => {
  const replays = new Replays();
  for (const entry of log.entries) replays.append(entry);
  return replays;
};

const figuresAt = (replays: Replays, replay: number, position: number) => {
  const messages = replays.messagesOf(replay, position);
  return { ...figuresOf(messages), first: messages.find(isDifferent) };
};

test('a replay into the same text comes out as before, held back or not', async () => {
  const log = await runScenario({ files, interventions: [{ ...replay, atMs: 1_000 }] });
  const replays = folded(log);
  const [asked, started, ended] = ['intervention.applied', 'replay.started', 'replay.ended'].map((type) =>
    log.entries.find((entry) => entry.type === type)!,
  );
  expect([asked!, started!, ended!].map((entry) => replays.replayOf(entry))).toEqual(Array(3).fill(started!.seq));
  const outcomes = { handled: 2, failed: 1, effects: 2, apart: 0, absent: 0 };
  expect(figuresAt(replays, started!.seq, log.entries.length)).toEqual({
    messages: 3,
    now: outcomes,
    then: outcomes,
    differing: 0,
    first: undefined,
  });
});

test('a replay into another text tells what would have come out otherwise, the first of it, and at each position what is known', async () => {
  const source = listener(`if (id !== 1) bus.emit('order.billed', { id, sum: sum * 2 });`).replace('25', '5');
  const log = await runScenario({
    files: { ...files, 'bills.ts': listener(`if (id !== 1) bus.emit('order.billed', { id, sum });`) },
    interventions: [
      { type: 'file.edit', atMs: 900, file: 'bills.ts', source: source.replace('sum > 5', 'sum > 99') },
      { ...replay, atMs: 1_000 },
    ],
  });
  const replays = folded(log);
  const { seq } = log.of('replay.started')[0]!;
  const figures = figuresAt(replays, seq, log.entries.length);
  expect(figures).toMatchObject({
    now: { handled: 3, failed: 0, effects: 2, apart: 2 },
    then: { handled: 2, failed: 1, effects: 1, apart: 1 },
    differing: 2,
    first: { now: { message: 'm_2', effects: ['order.billed {"id":2,"sum":40}'] } },
  });
  const firstEnd = figures.first!.now.endSeq!;
  expect(figuresAt(replays, seq, firstEnd)).toMatchObject({ messages: 1, differing: 0, first: undefined });
  expect(figuresAt(replays, seq, firstEnd + 1)).toMatchObject({ messages: 2, differing: 1 });
});

test('what nobody had handled before is told as such, and a second replay is compared with the first', async () => {
  const log = await runScenario({
    files,
    processes: [{ file: 'shop.ts' }, { file: 'bills.ts', startAtMs: 500 }],
    interventions: [
      { ...replay, atMs: 1_000, suppressEffects: false },
      { ...replay, atMs: 2_000 },
    ],
  });
  const replays = folded(log);
  const [first, second] = log.of('replay.started').map(({ seq }) => figuresAt(replays, seq, log.entries.length));
  expect(first).toMatchObject({ then: { handled: 0, failed: 0, effects: 0, absent: 3 }, differing: 3 });
  expect(second).toMatchObject({ then: { handled: 2, failed: 1, effects: 2, absent: 0 }, differing: 0 });
});

test('a webhook that is recovered or resent is compared with its last attempt, be it refused or not even received', async () => {
  const log = await runScenario({
    files: {
      'shop.ts': `import { Svix } from 'svix';
import { sleep } from 'eventarium';
const svix = new Svix('token');
const { id } = await svix.application.create({ name: 'shop' });
await svix.endpoint.create(id, { url: 'http://crm:4000/hooks' });
for (const n of [1, 2, 3]) { await svix.message.create(id, { eventType: 'order.placed', payload: { n } }); await sleep(1_000); }`,
      'crm.ts': `import express from 'express';
import { eventBus, sleep } from 'eventarium';
const app = express();
app.use(express.json());
let up = false;
setTimeout(() => (up = true), 5_000);
app.post('/hooks', async (req, res) => {
  await sleep(1);
  if (up) eventBus('crm').emit('noted', req.body);
  res.sendStatus(up || req.body.n === 3 ? 204 : 500);
});
setTimeout(() => app.listen(4000), 500);`,
    },
    brokers: { webhooks: { retryScheduleMs: [0] } },
    interventions: [
      { type: 'endpoint.recover', atMs: 6_000, broker: 'webhooks', queue: 'crm:4000/hooks', which: 'failed' },
      { type: 'message.resend', atMs: 7_000, broker: 'webhooks', message: 'm_3' },
    ],
  });
  const replays = folded(log);
  const [recovered, resent] = log.of('intervention.applied').map((entry) => {
    expect(replays.replayBy(entry.intervention)).toBe(entry.seq);
    return figuresAt(replays, replays.replayOf(entry)!, log.entries.length);
  });
  expect(recovered).toMatchObject({
    messages: 2,
    then: { handled: 0, failed: 2, effects: 0, absent: 0 },
    now: { handled: 2, failed: 0, effects: 2, absent: 0 },
    differing: 2,
    first: { now: { message: 'm_1', effects: ['noted {"n":1}'] }, then: { end: 'failed' } },
  });
  // It answers as before, and does more.
  expect(resent).toMatchObject({
    messages: 1,
    then: { handled: 1, effects: 0 },
    now: { handled: 1, effects: 1 },
    differing: 1,
  });
});

const turnByTurn = 'for (const [id, [, n]] of read?.[0][1] ?? []) {';
// Nobody can tell which of them it works on.
const byNumber = 'for (let at = 0; at < (read?.[0][1].length ?? 0); at++) { const [id, [, n]] = read[0][1][at];';

test.each([
  [1, 'turn by turn', turnByTurn, 3, 1],
  [10, 'turn by turn', turnByTurn, 3, 1],
  [10, 'by their numbers', byNumber, undefined, 0],
])('a consumer group that is moved back, and reads %s at a time, %s', async (count, _how, loop, effects, differing) => {
  const reader = (sum: string): string => `import Redis from 'ioredis';
import { eventBus, sleep } from 'eventarium';
const redis = new Redis();
for (;;) {
  const read = await redis.xreadgroup('GROUP', 'mail', 'one', 'COUNT', ${String(count)}, 'BLOCK', 100, 'STREAMS', 'orders', '>');
  ${loop}
    await sleep(1);
    eventBus('b').emit('mailed', ${sum});
    await redis.xack('orders', 'mail', id);
  }
}`;
  const log = await runScenario({
    files: {
      'shop.ts': `import Redis from 'ioredis';
const redis = new Redis();
await redis.xgroup('CREATE', 'orders', 'mail', '0', 'MKSTREAM');
for (const n of [1, 2, 3]) await redis.xadd('orders', String(n) + '-0', 'n', n);
await new Promise((resolve) => setTimeout(resolve, 2_000));
await redis.xadd('orders', '4-0', 'n', 4);
redis.disconnect();`,
      'mail.ts': reader('n'),
    },
    processes: [{ file: 'shop.ts' }, { file: 'mail.ts', startAtMs: 100 }],
    interventions: [
      { type: 'file.edit', atMs: 900, file: 'mail.ts', source: reader(`n === '2' ? 'two' : n`) },
      { type: 'group.set-id', atMs: 1_000, broker: 'redis', queue: 'orders', group: 'mail', id: '0' },
    ],
    durationMs: 4_000,
  });
  const replays = folded(log);
  const moved = log.of('intervention.applied')[1]!;
  // What comes later for the first time is no replay.
  expect(figuresAt(replays, replays.replayOf(moved)!, log.entries.length)).toMatchObject({
    messages: 3,
    then: { handled: 3, failed: 0, effects, absent: 0 },
    now: { handled: 3, failed: 0, effects, absent: 0 },
    differing,
  });
});
