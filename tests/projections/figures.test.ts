import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/log/entry';
import { summarizeInvariants } from '../../src/projections/checks';
import { Depths, StepSeries } from '../../src/projections/depth';
import { Lines } from '../../src/projections/lines';
import { Metrics } from '../../src/projections/metrics';
import { wordsOf } from '../../src/projections/log-query';
import { createMatcher, FilteredLog, type LogFilter } from '../../src/projections/search';
import { LogBuilder } from './log-builder';

describe('metrics', () => {
  const log = new LogBuilder();
  log.start('mail');
  const to = { subscription: log.subscribe('mail', 'send'), process: 'mail', listener: 'send' };
  for (let index = 1; index <= 100; index += 1) {
    const startMs = index * 1_000;
    const message = log.at(startMs).publish('order.created', { process: 'shop' });
    const sent = log.dispatch(message, to);
    log.begin(sent);
    log.at(startMs + index).succeed(sent, index);
  }
  const metrics = new Metrics();
  for (const entry of log.entries) metrics.append(entry);

  it('take latency from publication to ack, as values that occurred', () => {
    expect(metrics.totalAt(log.entries.length)).toMatchObject({
      published: 100,
      delivered: 100,
      latency: { p50Ms: 50, p95Ms: 95, p99Ms: 99 },
    });
  });

  it('count what was delivered lately, up to the very entry that is shown last', () => {
    const seqs = log.entries.filter(({ type }) => type === 'delivery.succeeded').map(({ seq }) => seq);
    expect(metrics.deliveredSince(2_003, seqs[9]! + 1, { process: 'mail' })).toBe(8);
    expect(metrics.deliveredSince(2_003, seqs[9]!, { eventType: 'order.created' })).toBe(7);
    expect(metrics.deliveredSince(50_000, seqs[9]! + 1)).toBe(0);
  });

  it('know of nothing behind the playhead', () => {
    const [row] = metrics.processesAt(6);
    expect(row).toMatchObject({ name: 'shop', published: 1 });
    expect(metrics.processesAt(6).map(({ name, delivered }) => [name, delivered])).toEqual([
      ['shop', 0],
      ['mail', 1],
    ]);
  });

  it('count per part of a window', () => {
    const bins = metrics.bins({ fromMs: 0, toMs: 10_000, bins: 2 }, { eventType: 'order.created' });
    expect(bins.map(({ published, delivered, latency }) => [published, delivered, latency?.p50Ms])).toEqual([
      [4, 4, 2],
      [5, 5, 7],
    ]);
  });

  it('do not count a replay as delivered', () => {
    const replay = new LogBuilder();
    const sent = replay.dispatch(replay.publish('order.created'), to, { replayed: true });
    replay.begin(sent, true);
    replay.succeed(sent, 0, true);
    const counted = new Metrics();
    for (const entry of replay.entries) counted.append(entry);
    expect(counted.totalAt(replay.entries.length).delivered).toBe(0);
  });
});

describe('depths', () => {
  it('change in steps, and hold between them', () => {
    const log = new LogBuilder();
    log.at(10).enqueue(log.publish('a'), 'mail');
    log.at(30).enqueue(log.publish('a'), 'mail');
    const depths = new Depths();
    for (const entry of log.entries) depths.append(entry);
    const series = depths.queue('shop', 'mail');
    expect([5, 10, 29, 30].map((atMs) => series?.countAt(atMs))).toEqual([0, 1, 1, 2]);
    expect(series?.stepsBetween(15, 40)).toEqual([
      { atMs: 10, count: 1 },
      { atMs: 30, count: 2 },
    ]);
  });

  it('fall when what waits dies there, and when the queue is deleted', () => {
    const log = new LogBuilder();
    const [one, two] = [log.publish('a'), log.publish('a')];
    for (const message of [one, two]) log.at(10).enqueue(message, 'later');
    const death = {
      broker: 'shop',
      from: 'later',
      queue: 'work',
      listener: '',
      attempts: 0,
      reason: 'expired',
    } as const;
    log.at(20).add({ type: 'message.dead-lettered', message: one, ...death });
    log.enqueue(one, 'work');
    log.at(30).add({ type: 'queue.deleted', broker: 'shop', queue: 'later', reason: 'unused' });
    const depths = new Depths();
    for (const entry of log.entries) depths.append(entry);
    expect([10, 20, 30].map((atMs) => depths.queue('shop', 'later')?.countAt(atMs))).toEqual([2, 1, 0]);
    expect([10, 20, 30].map((atMs) => depths.all.countAt(atMs))).toEqual([2, 2, 1]);
  });

  it('count the calls that are being handled, until they are answered or their process is gone', () => {
    const log = new LogBuilder();
    const bytes = { bytes: 0, tookMs: 0, headers: [] };
    for (const request of ['r_1', 'r_2']) log.at(10).add({ type: 'http.received', request, process: 'bank' });
    log.at(20).add({ type: 'http.answered', request: 'r_1', process: 'bank', status: 200, statusText: 'OK', ...bytes });
    log.at(30).crash('bank');
    const depths = new Depths();
    for (const entry of log.entries) depths.append(entry);
    expect([10, 20, 30].map((atMs) => depths.handling.countAt(atMs))).toEqual([2, 1, 0]);
  });

  it('keep the peaks when there are more steps than can be drawn', () => {
    const series = new StepSeries();
    for (let atMs = 0; atMs < 1_000; atMs += 1) series.record(atMs, atMs === 777 ? 50 : atMs % 2);
    const steps = series.stepsBetween(0, 1_000, 10);
    expect(steps).toHaveLength(10);
    expect(Math.max(...steps.map(({ count }) => count))).toBe(50);
  });
});

describe('lines', () => {
  it('count how often each acted before the playhead', () => {
    const log = new LogBuilder();
    for (const where of ['a.ts:1', 'a.ts:2', 'a.ts:1', 'b.ts:1', 'a.ts:1:7']) log.publish('a', { where });
    const lines = new Lines();
    for (const entry of log.entries) lines.append(entry);
    expect([...lines.countsIn('a.ts', 2)]).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect([...lines.countsIn('a.ts', 5)]).toEqual([
      [1, 3],
      [2, 1],
    ]);
    expect([...lines.countsIn('b.ts', 5)]).toEqual([[1, 1]]);
    expect(lines.countsIn('c.ts', 5).size).toBe(0);
  });

  it('count from the last edit on, since they were lines of another text before', () => {
    const log = new LogBuilder();
    log.publish('a', { where: 'a.ts:1' });
    log.add({ type: 'file.edited', file: 'a.ts' });
    log.publish('a', { where: 'a.ts:2' });
    const lines = new Lines();
    for (const entry of log.entries) lines.append(entry);
    expect([1, 2, 3].map((position) => [...lines.countsIn('a.ts', position)])).toEqual([[[1, 1]], [], [[2, 1]]]);
  });
});

describe('the filtered log', () => {
  const log = new LogBuilder();
  log.start('mail');
  log.publish('order.created', { process: 'mail' });
  log.crash('mail');

  const reader = { textOf: (entry: Entry) => `${entry.type} of the day`, eventTypeOf: () => 'order.created' };
  function found(filter: LogFilter, position = log.entries.length): number[] {
    const filtered = new FilteredLog(createMatcher(filter, reader));
    for (const entry of log.entries) filtered.append(entry);
    return Array.from({ length: filtered.countAt(position) }, (_, index) => filtered.seqAt(index));
  }

  it('finds by group, process and message', () => {
    expect(found({ groups: new Set(['failures']) })).toEqual([2]);
    expect(found({ processes: new Set(['mail']) })).toEqual([0, 1, 2]);
    expect(found({ messages: new Set(['m_1']) })).toEqual([1]);
  });

  it('finds every word of the text, whatever its case', () => {
    expect(found({ words: wordsOf('DAY crashed') })).toEqual([2]);
    expect(found({ words: wordsOf('day night') })).toEqual([]);
  });

  it('counts the matches before the playhead', () => {
    expect(found({ processes: new Set(['mail']) }, 2)).toEqual([0, 1]);
  });
});

describe('the summary of invariants', () => {
  it('calls one that failed failed, even when it holds again', () => {
    const log = new LogBuilder();
    log.add({ type: 'invariant.declared', process: 'shop', name: 'paid once' });
    log.add({ type: 'invariant.declared', process: 'shop', name: 'no oversell' });
    log.at(20).add({ type: 'invariant.failed', process: 'shop', name: 'paid once', detail: 'order 7' });
    log.at(30).add({ type: 'invariant.held', process: 'shop', name: 'paid once' });
    log.at(40).add({ type: 'invariant.failed', process: 'shop', name: 'paid once', detail: 'order 9' });
    expect(summarizeInvariants(log.entries)).toEqual([
      { name: 'paid once', process: 'shop', ok: false, failures: 2, firstFailedAtMs: 20, detail: 'order 7' },
      { name: 'no oversell', process: 'shop', ok: true, failures: 0 },
    ]);
  });
});
