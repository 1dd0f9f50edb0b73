import { describe, expect, it } from 'vitest';
import { foldMinMs, FoldedTime } from '../../src/projections/folded-time';
import { Lanes } from '../../src/projections/lanes';
import { LogBuilder } from './log-builder';

function lanesOf(log: LogBuilder): Lanes {
  const lanes = new Lanes();
  for (const entry of log.entries) lanes.append(entry);
  return lanes;
}

describe('lanes', () => {
  it('stand in order of first start, the replicas of a service side by side', () => {
    const log = new LogBuilder();
    for (const process of ['shop', 'mail#1', 'stock', 'mail#2']) log.start(process);
    expect(lanesOf(log).lanes.map(({ process }) => process)).toEqual(['shop', 'mail#1', 'mail#2', 'stock']);
  });

  const log = new LogBuilder();
  log.start('mail');
  const to = {
    subscription: log.subscribe('mail', 'send', { attempts: 2, deadLetter: 'dead' }),
    process: 'mail',
    listener: 'send',
  };
  const message = log.publish('order.created', { process: 'mail' });
  const first = log.dispatch(message, to);
  log.begin(first);
  log.at(40).fail(first, 1, 40);
  log.retry(first, 2, 10_040);
  const second = log.at(10_040).dispatch(message, to, { attempt: 2 });
  log.begin(second);
  log.at(10_050).fail(second, 0, 10);
  log.deadLetter(second, 'dead');
  log.at(10_060).begin(log.dispatch(log.publish('order.created'), to));
  log.at(10_070).crash('mail', 1);
  log.at(10_170).start('mail');

  it('hold a bar per attempt, ended by its outcome', () => {
    const bars = lanesOf(log).lane('mail')?.barsBetween(0, 20_000);
    expect(bars?.map(({ startMs, endMs, fate, attempt }) => [startMs, endMs, fate, attempt])).toEqual([
      [0, 40, 'failed', 1],
      [10_040, 10_050, 'dead', 2],
      [10_060, 10_070, 'failed', 1],
    ]);
  });

  it('hold the thread of a waiting message, the marks, and the time away', () => {
    const lane = lanesOf(log).lane('mail');
    expect(lane?.threadsBetween(5_000, 5_001)).toMatchObject([{ fromMs: 40, toMs: 10_040, subject: message }]);
    expect(lane?.marksBetween(0, 0)).toMatchObject([{ type: 'published', atMs: 0 }]);
    expect(lane?.outages).toMatchObject([{ type: 'crashed', fromMs: 10_070, toMs: 10_170 }]);
  });

  it('hold an attempt that nobody received as a failure without length', () => {
    const log = new LogBuilder();
    const to = { subscription: 'endpoint', process: '10.0.0.7', listener: '/hooks' };
    log.at(30).fail(log.dispatch(log.publish('order.created'), to), 1, 0);
    const bars = lanesOf(log).lane('10.0.0.7')?.barsBetween(0, 100);
    expect(bars?.map(({ startMs, endMs, fate }) => [startMs, endMs, fate])).toEqual([[30, 30, 'failed']]);
  });

  it('know where nothing happened but a retry waiting', () => {
    const lanes = lanesOf(log);
    expect(lanes.waits(1_000)).toEqual([{ fromMs: 40, toMs: 10_040, waiting: 1 }]);
    expect(lanes.waits(20_000)).toEqual([]);
  });

  it('count what was published and what failed in equal parts of the window', () => {
    const { published, failed } = lanesOf(log).overview(2, 0, 20_000);
    expect([...published]).toEqual([1, 1]);
    expect([...failed]).toEqual([1, 2]);
  });

  it('number the interventions as the scenario does, the refused ones too', () => {
    const marked = new LogBuilder();
    const crash = { type: 'process.crash', atMs: 0, process: 'x' } as const;
    marked.add({ type: 'intervention.refused', intervention: crash, reason: 'There is no process x.' });
    marked.add({ type: 'intervention.applied', intervention: { type: 'process.stop', atMs: 0, process: 'mail' } });
    expect(lanesOf(marked).interventions.map(({ index, refused }) => [index, refused])).toEqual([
      [0, 'There is no process x.'],
      [1, undefined],
    ]);
  });
});

describe('folded time', () => {
  it('gives a long wait a band of its own width', () => {
    const time = new FoldedTime({
      fromMs: 0,
      toMs: 11_000,
      width: 150,
      folds: [{ fromMs: 500, toMs: 10_500 }],
      foldWidth: 50,
    });
    expect(time.segments.map(({ folded, fromX, toX }) => [folded, fromX, toX])).toEqual([
      [false, 0, 50],
      [true, 50, 100],
      [false, 100, 150],
    ]);
    expect(time.msToX(5_500)).toBe(75);
    expect(time.xToMs(125)).toBe(10_750);
  });

  it('never lets folds take more than half of the width', () => {
    const folds = [100, 300, 500, 700].map((fromMs) => ({ fromMs, toMs: fromMs + 150 }));
    const time = new FoldedTime({ fromMs: 0, toMs: 1_000, width: 100, folds, foldWidth: 48 });
    expect(time.segments.filter(({ folded }) => folded).map(({ fromX, toX }) => toX - fromX)).toEqual([
      12.5, 12.5, 12.5, 12.5,
    ]);
  });

  it('folds from a twentieth of the window, and from a second', () => {
    expect([foldMinMs(4_000), foldMinMs(100_000)]).toEqual([1_000, 5_000]);
  });
});
