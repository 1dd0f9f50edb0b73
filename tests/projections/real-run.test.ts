import { beforeAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/headless/node-host';
import type { Entry } from '../../src/log/entry';
import { Causes } from '../../src/projections/causes';
import { Lanes } from '../../src/projections/lanes';
import { applyEntry, createSystem, type SystemState } from '../../src/projections/system';
import { createRun } from '../../src/runtime/run';
import type { ProcessSpec, Scenario } from '../../src/scenario/scenario';

const shop = `
import { eventBus, every, sleep } from 'eventarium';
const bus = eventBus('shop');
const line = eventBus('line', { mode: 'queue', workers: 2 });
line.subscribe('#', async function pack() { await sleep(30); });
line.subscribe('#', async function label(event) {
  if (event.data.id % 5 === 0) throw new Error('no label');
}, { retry: { attempts: 2, initialMs: 50 } });
every(40, (n) => {
  bus.emit('order.created', { id: n });
  line.emit('parcel.ready', { id: n });
}, { times: 100 });
`;
const mail = `
import { eventBus, sleep } from 'eventarium';
const bus = eventBus('shop');
bus.subscribe('order.*', async function send(event) {
  await sleep(60);
  if (event.data.id % 3 === 0) throw new Error('no mail');
  bus.emit('mail.sent', event.data);
}, { queue: 'mail', prefetch: 2, retry: { attempts: 3, initialMs: 100 }, deadLetter: 'dead' });
`;
const audit = `
import { eventBus, replay, sleep } from 'eventarium';
const bus = eventBus('shop');
bus.once('mail.sent', function first() {});
bus.subscribe('#', async function note(event) {
  await sleep(20);
  if (event.data.id % 4 === 0) throw new Error('no note');
}, { retry: { attempts: 2, initialMs: 100 } });
await sleep(8_000);
await replay(bus, async function again() { await sleep(1); }, { toMs: 1_000 });
`;

function spec(name: string, replicas = 1): ProcessSpec {
  return { name, file: `${name}.js`, args: [], env: {}, startAtMs: 0, replicas };
}

const scenario: Scenario = {
  title: 'Shop',
  about: '',
  durationMs: 60_000,
  seed: 3,
  speed: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  processes: [spec('shop'), spec('mail', 2), spec('audit')],
  network: { default: { latencyMs: 5, jitterMs: 4, loss: 0.05, cut: false }, links: [] },
  interventions: [
    { type: 'process.crash', atMs: 700, process: 'mail#1' },
    { type: 'process.crash', atMs: 710, process: 'audit' },
    { type: 'process.restart', atMs: 900, process: 'audit' },
    { type: 'process.crash', atMs: 1_000, process: 'mail#2' },
    { type: 'process.restart', atMs: 2_000, process: 'mail#1' },
    { type: 'file.edit', atMs: 2_500, file: 'mail.js', source: mail.replace('60', '80') },
    { type: 'process.crash', atMs: 3_000, process: 'shop' },
  ],
  files: { 'shop.js': shop, 'mail.js': mail, 'audit.js': audit },
  note: '',
};

const entries: Entry[] = [];

beforeAll(async () => {
  const run = createRun({
    scenario,
    host: createNodeHost(),
    sink: (batch) => {
      entries.push(...batch);
    },
    shouldYield: () => false,
  });
  await run.advance(60_000);
});

function unaccounted(state: SystemState): string[] {
  const queues = [...state.brokers.values()].flatMap((broker) => [...broker.queues.values()]);
  return queues
    .filter(
      ({ ready, unacked, retrying, done, enqueued }) => ready.length + unacked.size + retrying.size + done !== enqueued,
    )
    .map(({ name }) => name);
}

describe('the log of a real run', () => {
  it('has everything in it that the folds are about', () => {
    const types = new Set(entries.map(({ type }) => type));
    for (const type of [
      'message.lost',
      'message.requeued',
      'message.dead-lettered',
      'delivery.retry-scheduled',
      'process.crashed',
      'process.reloaded',
      'replay.ended',
    ] as const) {
      expect(types, type).toContain(type);
    }
  });

  it('accounts for every message of every queue at every position', () => {
    const state = createSystem();
    const broken: string[] = [];
    for (const entry of entries) {
      applyEntry(state, entry);
      for (const queue of unaccounted(state)) broken.push(`${queue} after ${JSON.stringify(entry)}`);
    }
    expect(broken.slice(0, 3)).toEqual([]);
  });

  it('leaves nothing on a link, in a bar or in a hand at its end', () => {
    const state = createSystem();
    const lanes = new Lanes();
    for (const entry of entries) {
      applyEntry(state, entry);
      lanes.append(entry);
    }
    expect([...state.flights.values()]).toEqual([]);
    expect([...state.retries.values()]).toEqual([]);
    for (const { name, deliveries } of state.processes.values()) expect([name, deliveries.size]).toEqual([name, 0]);
    const bars = lanes.lanes.flatMap((lane) => lane.barsBetween(0, Infinity));
    expect(bars.filter(({ endMs }) => endMs === undefined)).toEqual([]);
    for (const { subscriptions } of state.brokers.values()) {
      for (const { listener, underWay } of subscriptions.values()) expect([listener, underWay]).toEqual([listener, 0]);
    }
  });

  it('tells of no delivery that is still going on after the run', () => {
    const causes = new Causes((seq) => entries[seq] as Entry);
    for (const entry of entries) causes.append(entry);
    const open = entries.flatMap((entry) => {
      const summary =
        entry.type === 'message.published' ? causes.messageAt(entry.message.id, entries.length) : undefined;
      return (summary?.deliveries ?? []).filter(({ state }) => ['on the way', 'handling', 'retry'].includes(state));
    });
    expect(open).toEqual([]);
  });
});
