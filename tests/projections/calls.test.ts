import { beforeAll, describe, expect, it } from 'vitest';
import type { Entry, EntryOf } from '../../src/log/entry';
import { BusyTimes } from '../../src/projections/busy';
import { CallMetrics } from '../../src/projections/call-metrics';
import { routeOf } from '../../src/projections/call-route';
import { Causes } from '../../src/projections/causes';
import { Lanes } from '../../src/projections/lanes';
import { filterOf, parseQuery } from '../../src/projections/log-query';
import { createMatcher } from '../../src/projections/search';
import { Timeline } from '../../src/projections/snapshots';
import { applyEntry, copySystem, createSystem, type SystemState } from '../../src/projections/system';
import { callsAt } from '../../src/projections/system-calls';
import { callsScenario, runOf, troubles } from './calls-run';

let entries: Entry[];

beforeAll(async () => {
  entries = await runOf(callsScenario(troubles));
});

function of<T extends Entry['type']>(type: T): EntryOf<T>[] {
  return entries.filter((entry): entry is EntryOf<T> => entry.type === type);
}

function causesOf(log: readonly Entry[]): Causes {
  const causes = new Causes((seq) => log[seq] as Entry);
  for (const entry of log) causes.append(entry);
  return causes;
}

function sumsOf(state: SystemState): string[] {
  return [...state.pairs.values()]
    .filter(({ sent, open, answered, failed, abandoned }) => sent !== open + answered + failed + abandoned)
    .map(({ from, to }) => `${from} → ${to}`);
}

describe('the calls of a real run', () => {
  it('ends in every way that the folds know', () => {
    const codes = new Set(of('http.failed').map(({ code }) => code));
    const statuses = new Set(of('http.completed').map(({ status }) => status));
    expect([...codes].sort()).toEqual(expect.arrayContaining(['ECONNREFUSED', 'ECONNRESET', 'TimeoutError']));
    expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 404, 409, 502, 503, 504]));
  });

  it('adds up at every position, whatever the seed', async () => {
    for (const seed of [1, 2, 3]) {
      const state = createSystem();
      const wrong: string[] = [];
      for (const entry of await runOf(callsScenario(troubles, seed))) {
        applyEntry(state, entry);
        for (const pair of sumsOf(state)) wrong.push(`seed ${String(seed)}: ${pair} after ${JSON.stringify(entry)}`);
        const open = [...state.pairs.values()].reduce((sum, pair) => sum + pair.open, 0);
        if (open !== state.calls.size) wrong.push(`seed ${String(seed)}: ${String(open)} are open`);
      }
      expect(wrong.slice(0, 2)).toEqual([]);
      expect([...state.calls.values()]).toEqual([]);
    }
  });

  it('is the same from a snapshot as from the beginning', () => {
    const fold = { create: createSystem, apply: applyEntry, copy: copySystem };
    const timeline = new Timeline(fold, { read: (seq) => entries[seq] as Entry, everyEntries: 50 });
    timeline.extend(entries.length);
    const straight = createSystem();
    for (const [seq, entry] of entries.entries()) {
      applyEntry(straight, entry);
      if (seq % 97 === 0) {
        const state = timeline.at(seq + 1);
        expect([[...state.calls], [...state.pairs]]).toEqual([[...straight.calls], [...straight.pairs]]);
      }
    }
  });

  it('has its request travel there, and its answer back', () => {
    const answered = of('http.answered')[0] as EntryOf<'http.answered'>;
    const requested = of('http.requested').find(({ request }) => request === answered.request);
    const state = createSystem();
    const places: [string, number][] = [];
    const place = (nowMs: number): void => {
      const placed = callsAt(state, nowMs).find(({ call }) => call.request === answered.request);
      if (placed) places.push([placed.way, placed.progress]);
    };
    for (const entry of entries) {
      applyEntry(state, entry);
      if (entry === requested) place((entry.atMs + (requested.arrivesAtMs ?? 0)) / 2);
      if (entry === answered) place((entry.atMs + (answered.arrivesAtMs ?? 0)) / 2);
    }
    expect(places).toEqual([
      ['there', 0.5],
      ['back', 0.5],
    ]);
  });

  it('stands under what caused it, and what it caused under it', () => {
    const taken = of('message.published').find(({ message }) => message.type === 'order.taken');
    const causes = causesOf(entries);
    const { nodes } = causes.causeTree(taken?.message.id ?? '', entries.length);
    expect(nodes.map(({ name, who, depth }) => [name.replace(/\d+/, 'n'), who, depth])).toEqual([
      ['order.wanted', 'shop', 0],
      ['POST /orders', 'shop', 1],
      ['GET /items/n', 'orders', 2],
      ['POST /pay', 'orders', 2],
      ['GET /send', 'orders', 2],
      ['order.taken', 'shop', 1],
    ]);
    const call = nodes[1];
    expect(causes.causeTree(call?.id ?? '', entries.length).nodes).toEqual(nodes);
    expect([call?.call?.status, call?.fate]).toEqual([201, 'delivered']);
    // Nobody listens at mail's port: it is known all the same who was meant.
    expect([nodes[4]?.call?.to, nodes[4]?.call?.code, nodes[4]?.fate]).toEqual(['mail', 'ECONNREFUSED', 'failed']);
  });

  it('is interrupted from the crash of its callee until the caller learns of it', () => {
    const { calls } = causesOf(entries);
    const reset = of('http.failed').find(({ code }) => code === 'ECONNRESET') as EntryOf<'http.failed'>;
    const crash = of('process.crashed').find(({ process }) => process === 'payments');
    const states = [crash?.seq ?? 0, (crash?.seq ?? 0) + 1, reset.seq + 1].map(
      (position) => calls.callAt(reset.request, position)?.state,
    );
    expect(states).toEqual(['handling', 'interrupted', 'failed']);
    // The fetch line, at which the caller learns of it.
    expect(calls.callAt(reset.request, entries.length)?.askedAt).toMatch(/^orders\.js:10/);
  });

  it('is abandoned when its caller crashes', () => {
    const { calls } = causesOf(entries);
    const crash = of('process.crashed').find(({ process }) => process === 'orders');
    const open = calls.lastOf(
      'orders',
      crash?.seq ?? 0,
      10,
      ({ from, state }) => from === 'orders' && state !== 'answered',
    );
    const before = open.filter(({ endedSeq }) => endedSeq === undefined);
    expect(before.length).toBeGreaterThan(0);
    for (const { request } of before)
      expect(calls.callAt(request, entries.length)).toMatchObject({ state: 'abandoned', fate: 'dropped' });
  });

  it('is told once of who has it, however many are under way', () => {
    const numbers = Array.from({ length: 100 }, (_, at) => at + 1);
    const sent = of('http.requested').find(({ to }) => to === 'payments') as EntryOf<'http.requested'>;
    const taken = of('http.received').find(({ process }) => process === 'payments') as EntryOf<'http.received'>;
    const herd = [sent, taken].flatMap((entry) => numbers.map((n) => ({ ...entry, request: `r_${String(n)}` })));
    const { calls } = causesOf(herd.map((entry, seq) => ({ ...entry, seq })));
    const last = calls.lastOf('payments', Infinity, 200).map(({ request }) => request);
    expect(last).toEqual(numbers.toReversed().map((n) => `r_${String(n)}`));
  });

  it('is a bar of who handles it, and a wait of who called', () => {
    const lanes = new Lanes();
    for (const entry of entries) lanes.append(entry);
    const completed = of('http.completed').find(({ to }) => to === 'payments') as EntryOf<'http.completed'>;
    const answered = of('http.answered').find(({ request }) => request === completed.request);
    expect(lanes.lane('payments')?.barsOf(completed.request)).toMatchObject([
      { call: completed.request, listener: 'POST /pay', endMs: answered?.atMs, seqEnd: answered?.seq },
    ]);
    const waits = lanes.lane('orders')?.threadsBetween(0, Infinity) ?? [];
    const wait = waits.find(({ subject }) => subject === completed.request);
    const requested = of('http.requested').find(({ request }) => request === completed.request);
    expect(wait).toMatchObject({ fromMs: requested?.atMs, toMs: completed.atMs });
    expect(waits.filter(({ toMs }) => toMs === Infinity)).toEqual([]);
    const bars = lanes.lanes.flatMap((lane) => lane.barsBetween(0, Infinity));
    expect(bars.filter(({ endMs }) => endMs === undefined)).toEqual([]);
  });

  it('counts as work of who handles it', () => {
    const busy = new BusyTimes();
    for (const entry of entries) busy.append(entry);
    const last = entries.at(-1) as Entry;
    const share = (process: string): number => busy.shareAt(process, entries.length, last.atMs) ?? 0;
    expect(share('payments')).toBeGreaterThan(share('stock'));
    expect(share('mail')).toBe(0);
  });

  it('has figures for each route and each pair of services that add up', () => {
    const metrics = new CallMetrics();
    for (const entry of entries) metrics.append(entry);
    const rows = metrics.routesAt(entries.length);
    expect(rows.map(({ service, route }) => `${service} ${route}`).sort()).toEqual([
      'mail GET /send',
      'orders POST /orders',
      'payments POST /pay',
      'stock GET /items/:id',
    ]);
    const all = metrics.at({}, entries.length);
    expect(rows.reduce((sum, { calls }) => sum + calls, 0)).toBe(all.calls);
    expect(all.calls).toBe(of('http.completed').length + of('http.failed').length);
    const mail = rows.find(({ service }) => service === 'mail');
    expect([mail?.errors, mail?.latency]).toEqual([mail?.calls, undefined]);
    const took = of('http.completed')
      .filter(({ to }) => to === 'payments')
      .map(({ tookMs }) => tookMs)
      .sort((one, other) => one - other);
    expect(metrics.at({ from: 'orders', to: 'payments' }, entries.length).latency?.p50Ms).toBe(
      took[Math.ceil(took.length * 0.5) - 1],
    );
    expect(metrics.between({}, 0, entries.at(-1)?.atMs ?? 0)).toEqual(all);
  });

  it('is found by its process, its status and its words', () => {
    const find = (query: string): Entry[] => {
      const reader = { textOf: (entry: Entry) => JSON.stringify(entry), eventTypeOf: () => '' };
      return entries.filter(createMatcher(filterOf(parseQuery(query)), reader));
    };
    expect(new Set(find('status:5xx').map((entry) => ('status' in entry ? entry.status : 0)))).toEqual(
      new Set([502, 503, 504]),
    );
    expect(find('status:404 process:stock').length).toBeGreaterThan(0);
    expect(find('kind:failures status:4xx')).toEqual([]);
    const [first] = of('http.requested');
    expect(find(`message:${first?.request ?? ''}`).map(({ type }) => type)).toEqual([
      'http.requested',
      'http.received',
      'http.answered',
      'http.completed',
    ]);
  });
});

describe('a caller that is no process', () => {
  const head = { host: 'orders:3000', method: 'POST', path: '/hook', headers: [] };
  const log: Entry[] = [
    {
      seq: 0,
      atMs: 0,
      type: 'process.started',
      process: 'orders',
      service: 'orders',
      file: 'orders.js',
      args: [],
      life: 1,
    },
    {
      seq: 1,
      atMs: 1,
      type: 'http.requested',
      request: 'r_1',
      process: 'hooks',
      to: 'orders',
      ...head,
      arrivesAtMs: 2,
    },
    { seq: 2, atMs: 1, type: 'http.requested', request: 'r_2', to: 'orders', ...head, arrivesAtMs: 2 },
    { seq: 3, atMs: 2, type: 'http.received', request: 'r_1', process: 'orders', from: 'hooks' },
    { seq: 4, atMs: 2, type: 'http.received', request: 'r_2', process: 'orders' },
  ];

  it('is counted under its own name, or as coming from outside', () => {
    const state = createSystem();
    for (const entry of log) applyEntry(state, entry);
    expect([...state.pairs.values()].map(({ from, to, open }) => [from, to, open])).toEqual([
      ['hooks', 'orders', 1],
      ['', 'orders', 1],
    ]);
    const lanes = new Lanes();
    for (const entry of log) lanes.append(entry);
    expect(lanes.lanes.map(({ process, barCount }) => [process, barCount])).toEqual([['orders', 2]]);
    expect(causesOf(log).calls.callAt('r_2', 5)).toMatchObject({ from: undefined, to: 'orders', state: 'handling' });
  });
});

it('knows routes without their ids', () => {
  expect(routeOf('GET', '/orders/17?full=1')).toBe('GET /orders/:id');
  expect(routeOf('GET', '/v1/orders/o-17/items')).toBe('GET /v1/orders/:id/items');
  expect(routeOf('GET', '/users/3f2504e0-4f89-41d3-9a0c-0305e82c3301')).toBe('GET /users/:id');
  expect(routeOf('POST', '/')).toBe('POST /');
});
