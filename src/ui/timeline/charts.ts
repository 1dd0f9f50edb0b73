import type { StepSeries } from '../../projections/depth';
import type { Fate } from '../../projections/fate';
import type { Latency, Metrics, MetricsOf } from '../../projections/metrics';
import { sampleTime, type Sample, type TimeScale } from '../../projections/time-scale';
import { columnsOf } from './columns';

/** What the charts under the lanes draw: lines over the pixels of the lanes. Pure. */
export const chartKinds = ['throughput', 'depth', 'latency'] as const;
export type ChartKind = (typeof chartKinds)[number];

export interface ChartLine {
  /** `in`, `out`, `failed`, `focus`, `behind`, `p50`, `p95`, `p99`. */
  readonly key: string;
  /** On the line. */
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly ink: '--ink-1' | '--ink-2' | '--ink-3' | '--flight' | '--delivered' | '--failed';
  readonly dash?: readonly number[];
  /** Its shape stands on the line every so often. */
  readonly fate?: Fate;
}

export interface ChartLimit {
  readonly value: number;
  /** `max 100`. */
  readonly label: string;
}

export interface ChartPicture {
  readonly kind: ChartKind;
  /** Pixels from the left of the lanes, rising. */
  readonly x: readonly number[];
  readonly lines: readonly ChartLine[];
  /** More than that does not fit into the queue in focus. */
  readonly limit?: ChartLimit | undefined;
  /** Indexes at which the fates' shapes stand: the same instants however the window moves. */
  readonly marks: readonly number[];
}

const samplePx = 8;
/** Rates and latencies are those of the last second, or of the last sample where that is longer. */
const spanLeastMs = 1_000;
/** Fewer deliveries than that make no percentile. */
const latencyCountLeast = 20;
const markEvery = 12;

export function spanAt(samples: readonly Sample[], atMs: number): number {
  const sample = samples.findLast((one) => one.atMs <= atMs) ?? samples[0];
  return Math.max(spanLeastMs, sample?.stepMs ?? spanLeastMs);
}

/** The samples that charts share: none beyond what is known. */
export function chartSamples(time: TimeScale, knownToMs: number): Sample[] {
  const samples = sampleTime(time, samplePx);
  const first = samples.findIndex((sample) => sample.atMs > knownToMs);
  if (first < 0) return samples;
  const last = samples[first - 1];
  // The line ends where the log does.
  const end = { atMs: knownToMs, x: time.msToX(knownToMs), stepMs: last?.stepMs ?? 1 };
  const kept = samples.slice(0, first);
  return last === undefined || last.atMs < knownToMs ? [...kept, end] : kept;
}

function marksOf(samples: readonly Sample[]): number[] {
  return samples.flatMap((sample, index) => (Math.round(sample.atMs / sample.stepMs) % markEvery === 0 ? [index] : []));
}

export function throughputPicture(
  metrics: Metrics,
  samples: readonly Sample[],
  of: MetricsOf,
  words: { readonly in: string; readonly out: string; readonly failed: string },
): ChartPicture {
  const rates = samples.map(({ atMs, stepMs }) => metrics.ratesAt(atMs, Math.max(spanLeastMs, stepMs), of));
  return {
    kind: 'throughput',
    x: samples.map(({ x }) => x),
    marks: marksOf(samples),
    lines: [
      { key: 'in', label: words.in, values: rates.map((rate) => rate.published), ink: '--flight', fate: 'flight' },
      {
        key: 'out',
        label: words.out,
        values: rates.map((rate) => rate.delivered),
        ink: '--delivered',
        fate: 'delivered',
      },
      { key: 'failed', label: words.failed, values: rates.map((rate) => rate.failed), ink: '--failed', fate: 'failed' },
    ],
  };
}

export function latencyPicture(memo: LatencyMemo, samples: readonly Sample[], of: MetricsOf): ChartPicture {
  const values = samples.map(({ atMs, stepMs }) => memo.at(atMs, stepMs, of));
  const line = (share: keyof Latency): (number | null)[] =>
    values.map((latency) => (latency === undefined ? null : Math.max(0.1, latency[share])));
  return {
    kind: 'latency',
    x: samples.map(({ x }) => x),
    marks: [],
    lines: [
      { key: 'p50', label: 'p50', values: line('p50Ms'), ink: '--ink-1' },
      { key: 'p95', label: 'p95', values: line('p95Ms'), ink: '--ink-2', dash: [5, 3] },
      { key: 'p99', label: 'p99', values: line('p99Ms'), ink: '--ink-2', dash: [1.5, 3] },
    ],
  };
}

/** Depth is a count: a value for each pixel, so that no peak is lost and none is smoothed. */
export function depthPicture(
  time: TimeScale,
  knownToMs: number,
  series: { readonly focus: StepSeries; readonly behind: StepSeries | undefined },
  words: { readonly focus: string; readonly behind: string; readonly limit: ChartLimit | undefined },
): ChartPicture {
  const { edgesMs, edgesX, length } = columnsOf(time, { untilMs: knownToMs, groupPx: 1 });
  // What holds at the last edge is drawn up to it.
  const values = (one: StepSeries): number[] =>
    length === 0 ? [] : [...one.peaks(edgesMs, length), one.countAt(edgesMs[length] as number)];
  const behind = series.behind;
  return {
    kind: 'depth',
    limit: words.limit,
    x: length === 0 ? [] : Array.from(edgesX.subarray(0, length + 1)),
    marks: [],
    lines: [
      ...(behind === undefined
        ? []
        : [{ key: 'behind', label: words.behind, values: values(behind), ink: '--ink-3' } as const]),
      { key: 'focus', label: words.focus, values: values(series.focus), ink: '--ink-1' },
    ],
  };
}

const remembered = 4_000;

/**
 * Percentiles sort what they look at, so that each is worked out once: a log only grows, and round instants come back as the
 * window moves.
 */
export class LatencyMemo {
  readonly #metrics: Pick<Metrics, 'latencyAt'>;
  readonly #known = new Map<string, Latency | undefined>();
  #readTo = 0;

  constructor(metrics: Pick<Metrics, 'latencyAt'>) {
    this.#metrics = metrics;
  }

  /** Everything before that instant has been read and stays as it is. */
  readTo(atMs: number): void {
    this.#readTo = atMs;
  }

  at(atMs: number, stepMs: number, of: MetricsOf): Latency | undefined {
    const key = `${String(atMs)} ${String(stepMs)} ${of.process ?? ''}`;
    if (this.#known.has(key)) return this.#known.get(key);
    const latency = this.#metrics.latencyAt(atMs, Math.max(spanLeastMs, stepMs), latencyCountLeast, of);
    if (atMs >= this.#readTo) return latency;
    if (this.#known.size >= remembered) this.#known.clear();
    this.#known.set(key, latency);
    return latency;
  }
}
