import type { Depths, StepSeries } from '../../projections/depth';
import type { Selection } from '../selection';

/** What the small chart shows: the selected or the deepest queue before all others, or the work under way. Pure. */
export type DepthFocus =
  | {
      readonly type: 'queue';
      readonly queue: string;
      readonly series: StepSeries;
      readonly behind: StepSeries | undefined;
      readonly count: number;
      /** Ready messages of all other queues; undefined when there are none. */
      readonly others: number | undefined;
    }
  | { readonly type: 'handling'; readonly series: StepSeries; readonly behind: undefined; readonly count: number };

export function depthFocus(depths: Depths, selection: Selection, nowMs: number): DepthFocus {
  const { queues } = depths;
  if (queues.length === 0) {
    return { type: 'handling', series: depths.handling, behind: undefined, count: depths.handling.countAt(nowMs) };
  }
  const wanted = selection?.type === 'broker' ? (selection.queue ?? selection.broker) : undefined;
  const deepest = queues.reduce((best, one) => (one.series.countAt(nowMs) > best.series.countAt(nowMs) ? one : best));
  const { queue, series } = queues.find((one) => one.queue === wanted) ?? deepest;
  const count = series.countAt(nowMs);
  const several = queues.length > 1;
  return {
    type: 'queue',
    queue,
    series,
    behind: several ? depths.all : undefined,
    count,
    others: several ? depths.all.countAt(nowMs) - count : undefined,
  };
}
