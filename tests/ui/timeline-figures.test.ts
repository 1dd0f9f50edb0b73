import { describe, expect, test } from 'vitest';
import { StepSeries } from '../../src/projections/depth';
import { FoldedTime, foldMinMs } from '../../src/projections/folded-time';
import { Lanes } from '../../src/projections/lanes';
import { laneColumns } from '../../src/projections/lane';
import { fates, worstFate, type Fate } from '../../src/projections/fate';
import { Metrics } from '../../src/projections/metrics';
import { LogTime, sampleTime } from '../../src/projections/time-scale';
import type { PlannedIntervention } from '../../src/scenario/scenario';
import { gridValues, placeLabels, valueRange } from '../../src/ui/timeline/chart-scale';
import { chartSamples, LatencyMemo, throughputPicture } from '../../src/ui/timeline/charts';
import { columnsOf } from '../../src/ui/timeline/columns';
import { hitLane } from '../../src/ui/timeline/hit-lane';
import { laneTip } from '../../src/ui/timeline/lane-tip';
import { indexAfterMove, markedIndexes } from '../../src/ui/timeline/place-flags';
import { en } from '../../src/ui/text/en';
import { enFormat } from '../../src/ui/text/format';
import { LogBuilder } from '../projections/log-builder';

const even = (fromMs: number, toMs: number, width = 800): FoldedTime =>
  new FoldedTime({ fromMs, toMs, width, folds: [], foldWidth: 56 });

/** One worker handles a message every 10 ms, each for 8 ms; every seventh fails. */
function busyLog(messages: number): LogBuilder {
  const log = new LogBuilder();
  log.start('shop');
  log.start('mail');
  const to = { subscription: log.subscribe('mail', 'send'), process: 'mail', listener: 'send' };
  for (let n = 0; n < messages; n += 1) {
    const sent = log.at(n * 10).dispatch(log.publish('order.created', { process: 'shop' }), to);
    log.begin(sent);
    log.at(n * 10 + 8);
    if (n % 7 === 6) log.fail(sent, 0, 8);
    else log.succeed(sent, 8);
  }
  return log;
}

function lanesOf(log: LogBuilder): Lanes {
  const lanes = new Lanes();
  for (const entry of log.entries) lanes.append(entry);
  return lanes;
}

function fatesIn(mask: number): Fate[] {
  return fates.filter((_, bit) => (mask & (1 << bit)) !== 0);
}

describe('a lane summed up over columns', () => {
  test('says of each column what counting every bar would say', () => {
    const log = busyLog(400);
    const lane = lanesOf(log).lane('mail')!;
    const columns = columnsOf(even(500, 3_500, 250), { untilMs: 3_500, groupPx: 5 });
    const sums = laneColumns(columns.length);
    lane.sumUp(columns.edgesMs, columns.length, sums);
    const bars = lane.barsBetween(-Infinity, Infinity);
    for (let index = 0; index < columns.length; index += 1) {
      const [fromMs, toMs] = [columns.edgesMs[index]!, columns.edgesMs[index + 1]!];
      const busy = bars.some(
        ({ startMs, endMs = Infinity }) => startMs < toMs && (endMs >= fromMs || startMs >= fromMs),
      );
      const ended = bars.filter(({ endMs }) => endMs !== undefined && endMs >= fromMs && endMs < toMs);
      expect([index, sums.busy[index]]).toEqual([index, busy ? 1 : 0]);
      expect(new Set(fatesIn(sums.ended[index]!))).toEqual(new Set(ended.map(({ fate }) => fate)));
    }
  });

  test('knows of retries that wait, also of one that began long before', () => {
    const log = new LogBuilder();
    log.start('mail');
    const to = { subscription: log.subscribe('mail', 'send', { attempts: 2 }), process: 'mail', listener: 'send' };
    const sent = log.dispatch(log.publish('order.created'), to);
    log.begin(sent);
    log.at(10).fail(sent, 1, 10);
    log.retry(sent, 2, 60_000);
    const short = log.at(100).dispatch(log.publish('order.created'), to);
    log.begin(short);
    log.fail(short, 1, 0);
    log.retry(short, 2, 200);
    const lane = lanesOf(log).lane('mail')!;
    const columns = columnsOf(even(50_000, 70_000, 20), { untilMs: 70_000, groupPx: 5 });
    const sums = laneColumns(columns.length);
    lane.sumUp(columns.edgesMs, columns.length, sums);
    expect([...sums.waiting]).toEqual([...Array<number>(10).fill(1), ...Array<number>(10).fill(0)]);
  });

  test('shows of several fates the one that needs attention most', () => {
    const mask = (...of: Fate[]): number => of.reduce((sum, fate) => sum | (1 << fates.indexOf(fate)), 0);
    expect(worstFate(mask('delivered', 'failed', 'flight'))).toBe('failed');
    expect(worstFate(mask('replayed', 'delivered'))).toBe('delivered');
    expect(worstFate(0)).toBeUndefined();
  });
});

describe('columns', () => {
  test('are as many as there are pixels, however long the log', () => {
    expect(columnsOf(even(0, 86_400_000), { untilMs: Infinity, groupPx: 5 }).length).toBeLessThanOrEqual(802);
  });

  test('stand still in time while the window moves', () => {
    const one = columnsOf(even(1_000, 9_000), { untilMs: 9_000, groupPx: 5 });
    const other = columnsOf(even(1_250, 9_250), { untilMs: 9_250, groupPx: 5 });
    const shared = new Set(Array.from(one.edgesMs.slice(0, one.length), (ms) => ms.toFixed(3)));
    const kept = Array.from(other.edgesMs.slice(0, other.length), (ms) => ms.toFixed(3)).filter((ms) => shared.has(ms));
    expect(kept.length).toBeGreaterThan(760);
  });

  test('leave to the stretch before a fold what ends as the fold begins', () => {
    const log = new LogBuilder();
    log.start('erp');
    const to = { subscription: log.subscribe('erp', 'post', { attempts: 2 }), process: 'erp', listener: 'post' };
    const sent = log.at(1_000).dispatch(log.publish('order.created'), to);
    log.begin(sent);
    log.at(2_000).fail(sent, 1, 1_000);
    log.retry(sent, 2, 32_000);
    log.at(32_000).begin(log.dispatch('m_1', to, { attempt: 2 }));
    const lanes = lanesOf(log);
    const folds = lanes.waits(1_000);
    expect(folds).toMatchObject([{ fromMs: 2_000, toMs: 32_000 }]);
    const time = new FoldedTime({ fromMs: 0, toMs: 34_000, width: 400, folds, foldWidth: 56 });
    const columns = columnsOf(time, { untilMs: 34_000, groupPx: 5 });
    const sums = laneColumns(columns.length);
    lanes.lane('erp')!.sumUp(columns.edgesMs, columns.length, sums);
    const fold = columns.isFold.indexOf(1);
    expect(sums.ended[fold - 1]).not.toBe(0);
    expect([sums.ended[fold], sums.busy[fold], sums.waiting[fold]]).toEqual([0, 0, 1]);
    expect(sums.busy[fold + 1]).toBe(1);
  });

  test('leave an instant between two folds a column of its own', () => {
    const folds = [
      { fromMs: 5_000, toMs: 25_000 },
      { fromMs: 25_000, toMs: 55_000 },
    ];
    const time = new FoldedTime({ fromMs: 0, toMs: 60_000, width: 600, folds, foldWidth: 56 });
    const { isFold, edgesMs, edgesX } = columnsOf(time, { untilMs: 60_000, groupPx: 5 });
    const first = isFold.indexOf(1);
    expect([...isFold.slice(first, first + 3)]).toEqual([1, 0, 1]);
    expect(edgesMs[first + 1]).toBe(25_000);
    expect(edgesMs[first + 2]).toBeGreaterThan(25_000);
    expect(edgesX[first + 2]).toBe(edgesX[first + 1]);
  });

  test('make one column of a fold', () => {
    const time = new FoldedTime({
      fromMs: 0,
      toMs: 60_000,
      width: 600,
      folds: [{ fromMs: 5_000, toMs: 55_000 }],
      foldWidth: 56,
    });
    const { isFold, edgesX, length } = columnsOf(time, { untilMs: 60_000, groupPx: 5 });
    const at = isFold.indexOf(1);
    expect(edgesX[at + 1]! - edgesX[at]!).toBeCloseTo(56, 6);
    expect(isFold.slice(0, length).reduce((sum, one) => sum + one, 0)).toBe(1);
  });
});

describe('which waits are folded', () => {
  test('with the hours folded the minutes come into question, and then the seconds', () => {
    const waits = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000];
    let atMs = 0;
    const folds = waits.map((lengthMs) => {
      const fold = { fromMs: atMs + 500, toMs: atMs + 500 + lengthMs };
      atMs = fold.toMs;
      return fold;
    });
    expect(foldMinMs(atMs + 500, folds)).toBe(1_000);
    expect(foldMinMs(100_000, [{ fromMs: 0, toMs: 4_000 }])).toBe(5_000);
  });
});

describe('a logarithmic scale', () => {
  test('gives every tenfold the same width, and back', () => {
    const time = new LogTime({ fromMs: 0, toMs: 100_000_000, width: 1_000 });
    const decade = time.msToX(10_000_000) - time.msToX(1_000_000);
    expect(time.msToX(1_000_000) - time.msToX(100_000)).toBeCloseTo(decade, 0);
    for (const ms of [0, 5, 12_345, 99_999_999]) expect(time.xToMs(time.msToX(ms))).toBeCloseTo(ms, 3);
  });

  test('is sampled at instants that grow apart', () => {
    const samples = sampleTime(new LogTime({ fromMs: 0, toMs: 3_600_000, width: 600 }), 8);
    const steps = samples.map(({ stepMs }) => stepMs);
    expect(samples.length).toBeLessThan(120);
    expect(steps.at(-1)).toBeGreaterThan(steps[0]! * 100);
    samples.slice(1).forEach(({ atMs }, n) => expect(atMs).toBeGreaterThan(samples[n]!.atMs));
  });
});

describe('the figures of a range', () => {
  const metrics = new Metrics();
  for (const entry of busyLog(700).entries) metrics.append(entry);

  test('count what lies in it, both ends included', () => {
    expect(metrics.between(1_000, 1_990)).toMatchObject({
      published: 100,
      delivered: 85,
      failed: 14,
      latency: { p50Ms: 8, p99Ms: 8 },
    });
    expect(metrics.between(0, Infinity)).toMatchObject({ published: 700, delivered: 600, failed: 100 });
    expect(metrics.between(0, Infinity, { process: 'mail' })).toMatchObject({ published: 0, delivered: 600 });
  });

  test('rates are per second, of the span before the instant', () => {
    expect(metrics.ratesAt(3_000, 1_000).published).toBe(100);
    expect(metrics.ratesAt(3_000, 500).published).toBe(100);
  });

  test('a percentile is of at least so many deliveries, also after a silence', () => {
    expect(metrics.latencyAt(60_000, 1_000, 20)).toMatchObject({ p50Ms: 8 });
    expect(metrics.latencyAt(-1, 1_000, 20)).toBeUndefined();
  });

  test('percentiles are worked out once for each instant that is read', () => {
    let asked = 0;
    const memo = new LatencyMemo({
      latencyAt: (...given: Parameters<Metrics['latencyAt']>) => {
        asked += 1;
        return metrics.latencyAt(...given);
      },
    });
    memo.readTo(7_000);
    for (let round = 0; round < 5; round += 1) for (const atMs of [1_000, 2_000, 8_000]) memo.at(atMs, 100, {});
    // The instant beyond what is read is asked for each time, since more may come before it.
    expect(asked).toBe(2 + 5);
  });

  test('the throughput at an instant does not depend on where the window begins', () => {
    const words = { in: 'in', out: 'out', failed: 'failed' };
    const at = (fromMs: number): number | null | undefined => {
      const samples = chartSamples(even(fromMs, fromMs + 4_000), 7_000);
      const picture = throughputPicture(metrics, samples, {}, words);
      return picture.lines[1]?.values[samples.findIndex((sample) => sample.atMs === 3_000)];
    };
    expect(at(1_000)).toBe(at(1_730));
    expect(at(1_000)).toBeGreaterThan(80);
  });
});

describe('a depth', () => {
  test('keeps every peak and what holds between changes', () => {
    const series = new StepSeries();
    for (let n = 0; n < 1_000; n += 1) series.record(n * 10, n === 555 ? 90 : n % 3);
    const edges = Float64Array.from({ length: 11 }, (_, n) => n * 1_000);
    const peaks = series.peaks(edges, 10);
    expect(peaks).toEqual([2, 2, 2, 2, 2, 90, 2, 2, 2, 2]);
    expect(series.peaks(Float64Array.of(20_000, 30_000), 1)).toEqual([series.countAt(25_000)]);
  });
});

describe('the heights of a chart', () => {
  test('end at round numbers, or at decades', () => {
    expect(valueRange([0, 23, null, 37], false)).toEqual({ least: 0, most: 40 });
    expect(valueRange([null], false)).toEqual({ least: 0, most: 1 });
    // A limit that is near.
    expect(valueRange([36], false, 70)).toEqual({ least: 0, most: 80 });
    expect(valueRange([30], false, 70)).toEqual({ least: 0, most: 30 });
    expect(valueRange([12, 340], true)).toEqual({ least: 10, most: 1_000 });
    expect(valueRange([100], true)).toEqual({ least: 100, most: 1_000 });
  });

  test('have as many lines as there is room', () => {
    expect(gridValues({ least: 0, most: 40 }, false, 120)).toEqual([40, 30, 20, 10]);
    expect(gridValues({ least: 0, most: 40 }, false, 40)).toEqual([40]);
    expect(gridValues({ least: 10, most: 100_000 }, true, 50)).toEqual([100_000, 1_000]);
  });

  test('names stand where no line runs', () => {
    const x = Array.from({ length: 100 }, (_, n) => n * 8);
    const flat = (y: number) => ({ x, y: x.map(() => y), widthPx: 30 });
    const boxes = placeLabels([flat(20), flat(60)], { width: 800, height: 100 });
    expect(boxes.map((box) => box!.y)).toEqual([5, 45]);
    expect(placeLabels([flat(10), flat(18)], { width: 800, height: 24 })).toEqual([undefined, undefined]);
  });
});

describe('interventions on the timeline', () => {
  const interventions: PlannedIntervention[] = [
    { type: 'process.crash', atMs: 100, process: 'a' },
    { type: 'process.crash', atMs: 200, process: 'b', disabled: true },
    { type: 'process.crash', atMs: 200, process: 'c' },
  ];

  test('keep their order of time when one is moved', () => {
    expect(indexAfterMove(interventions, 0, 150)).toBe(0);
    expect(indexAfterMove(interventions, 0, 200)).toBe(0);
    expect(indexAfterMove(interventions, 0, 201)).toBe(2);
    expect(indexAfterMove(interventions, 2, 200)).toBe(2);
    expect(indexAfterMove(interventions, 2, 0)).toBe(0);
  });

  test('leave no mark in the log while they are disabled', () => {
    expect(markedIndexes(interventions)).toEqual([0, 2]);
  });
});

describe('what lies under the pointer', () => {
  const log = new LogBuilder();
  log.start('erp');
  const to = { subscription: log.subscribe('erp', 'post', { attempts: 3 }), process: 'erp', listener: 'post' };
  const sent = log.dispatch(log.publish('order.created'), to);
  log.at(20).begin(sent);
  log.at(520).fail(sent, 2, 500);
  log.retry(sent, 3, 7_200_520);
  const again = log.at(7_200_520).dispatch('m_1', to, { attempt: 2 });
  log.begin(again);
  log.at(7_200_560).succeed(again, 40);
  log.at(7_210_000).crash('erp');
  const lane = lanesOf(log).lane('erp')!;
  const runLog = {
    length: log.entries.length,
    entry: (seq: number) => log.entries[seq]!,
    range: (fromSeq: number, toSeq: number) => log.entries.slice(fromSeq, toSeq),
    countAt: (atMs: number) => log.entries.filter((entry) => entry.atMs <= atMs).length,
  };
  const words = { log: runLog, t: en.timeline, format: enFormat };
  const time = even(0, 1_000);

  test('is the attempt, with how many there are, what became of it and what follows', () => {
    const tip = laneTip(hitLane(lane, time, 200), words)!;
    expect(tip.fate).toBe('failed');
    expect(tip.title).toBe('Attempt 1 of 3, no');
    expect(tip.lines.map((line) => line.replaceAll(/[\u00a0\u202f]/g, ' '))).toEqual([
      'post m_1',
      'started 00:00.020, failed 00:00.520 after 500 ms',
      'next 2 h after this failure',
    ]);
  });

  test('is the retry that waits, and the time away', () => {
    expect(hitLane(lane, time, 700).type).toBe('waiting');
    const late = even(7_200_000, 7_220_000);
    expect(hitLane(lane, late, late.msToX(7_215_000))).toMatchObject({ type: 'outage', outage: { type: 'crashed' } });
    expect(laneTip(hitLane(lane, late, late.msToX(7_200_540)), words)?.title).toBe('Attempt 2, acked');
  });

  test('is one of many where many are drawn in one place', () => {
    const busy = lanesOf(busyLog(300)).lane('mail')!;
    const hit = hitLane(busy, even(0, 3_000, 100), 50);
    expect(hit).toMatchObject({ type: 'bar' });
    expect(hit.type === 'bar' && hit.more).toBeGreaterThan(20);
  });
});
