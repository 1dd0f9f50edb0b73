import type { Depths, StepSeries } from '../../projections/depth';
import type { Selection } from '../selection';

/** What the small chart shows: the selected or the deepest queue before all others, or the work under way. Pure. */
export type DepthFocus =
  | {
      readonly type: 'queue';
      readonly broker: string;
      readonly queue: string;
      readonly series: StepSeries;
      readonly behind: StepSeries | undefined;
      readonly count: number;
      /** Messages per second, over the last seconds. */
      readonly growth: number;
      /** Ready messages of all other queues; undefined when there are none. */
      readonly others: number | undefined;
    }
  | {
      readonly type: 'handling';
      readonly series: StepSeries;
      readonly behind: undefined;
      readonly count: number;
      readonly growth: number;
    };

const growthMs = 5_000;

function growthOf(series: StepSeries, nowMs: number): number {
  const spanMs = Math.min(growthMs, nowMs);
  if (spanMs < 1_000) return 0;
  return ((series.countAt(nowMs) - series.countAt(nowMs - spanMs)) * 1_000) / spanMs;
}

export function depthFocus(depths: Depths, selection: Selection, nowMs: number): DepthFocus {
  const { queues } = depths;
  if (queues.length === 0) {
    const series = depths.handling;
    return {
      type: 'handling',
      series,
      behind: undefined,
      count: series.countAt(nowMs),
      growth: growthOf(series, nowMs),
    };
  }
  const wanted = selection?.type === 'broker' ? (selection.queue ?? selection.broker) : undefined;
  const deepest = queues.reduce((best, one) => (one.series.countAt(nowMs) > best.series.countAt(nowMs) ? one : best));
  const { broker, queue, series } = queues.find((one) => one.queue === wanted) ?? deepest;
  const count = series.countAt(nowMs);
  const several = queues.length > 1;
  return {
    type: 'queue',
    broker,
    queue,
    series,
    behind: several ? depths.all : undefined,
    count,
    growth: growthOf(series, nowMs),
    others: several ? depths.all.countAt(nowMs) - count : undefined,
  };
}
