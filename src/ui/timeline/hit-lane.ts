import type { Bar, Lane, Mark, Outage, Thread } from '../../projections/lanes';
import type { TimeScale } from '../../projections/time-scale';

export type LaneHit =
  /** `more`: how many others are drawn in the same place. */
  | { readonly type: 'bar'; readonly bar: Bar; readonly more: number }
  | { readonly type: 'mark'; readonly mark: Mark; readonly more: number }
  | { readonly type: 'waiting'; readonly thread: Thread; readonly more: number }
  | { readonly type: 'outage'; readonly outage: Outage }
  | { readonly type: 'nothing' };

/** What lies under a point of one lane. Pure. */
export function hitLane(lane: Lane, time: TimeScale, x: number, nearPx = 5): LaneHit {
  const [fromMs, toMs] = [time.xToMs(x - nearPx), time.xToMs(x + nearPx)];
  const atMs = time.xToMs(x);
  const bars = lane.barsBetween(fromMs, toMs);
  const inside = bars.findLast((bar) => bar.startMs <= atMs && (bar.endMs ?? Infinity) >= atMs);
  const bar = inside ?? bars.at(-1);
  const mark = lane.marksBetween(fromMs, toMs).at(-1);
  // A process that only publishes has no bars; one that listens publishes while it works, and its bar says more.
  if (bar !== undefined) return { type: 'bar', bar, more: bars.length - 1 };
  if (mark !== undefined) return { type: 'mark', mark, more: lane.marksBetween(fromMs, toMs).length - 1 };
  const outage = lane.outages.find((one) => one.fromMs <= toMs && (one.toMs ?? Infinity) >= fromMs);
  if (outage !== undefined) return { type: 'outage', outage };
  const threads = lane.threadsBetween(atMs, atMs);
  const thread = threads.at(-1);
  return thread === undefined ? { type: 'nothing' } : { type: 'waiting', thread, more: threads.length - 1 };
}
