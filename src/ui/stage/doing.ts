import type { Fate } from '../../projections/fate';
import type { BrokerState, ProcessState, SubscriptionState } from '../../projections/system';
import type { ListenerShape } from './structure';

/** What a process or one of its listeners is doing at the playhead, before it is put into words. Pure. */
export type Doing =
  | { readonly type: 'absent' }
  | { readonly type: 'idle'; readonly published: number; readonly lastFate?: Fate | undefined }
  | Handling
  | { readonly type: 'crashed' | 'stopped'; readonly agoMs: number }
  | { readonly type: 'exited'; readonly code: number | null | undefined };

export interface Handling {
  readonly type: 'handling';
  readonly message: string;
  readonly event: string;
  readonly fate: Fate;
  readonly count: number;
  readonly doneMs: number;
  /** Undefined while its end is not computed. */
  readonly totalMs: number | undefined;
  readonly stalled: boolean;
}

/** When a delivery ends, as far as the future is computed. */
export type EndOf = (process: string, delivery: string, nowMs: number) => number | undefined;

export function doingOf(process: ProcessState | undefined, nowMs: number, endOf: EndOf, listener?: string): Doing {
  if (process === undefined) return { type: 'absent' };
  if (process.state === 'crashed' || process.state === 'stopped') {
    return { type: process.state, agoMs: Math.max(0, nowMs - process.sinceMs) };
  }
  if (process.state === 'exited') return { type: 'exited', code: process.exitCode };
  const all = [...process.deliveries.values()].filter((each) => listener === undefined || each.listener === listener);
  const first = all[0];
  if (first === undefined) return { type: 'idle', published: process.published };
  const endMs = endOf(process.name, first.delivery, nowMs);
  return {
    type: 'handling',
    message: first.message,
    event: first.eventType,
    fate: first.replayed ? 'replayed' : first.attempt > 1 ? 'retried' : 'flight',
    count: all.length,
    doneMs: Math.max(0, nowMs - first.startedMs),
    totalMs: endMs === undefined ? undefined : Math.max(0, endMs - first.startedMs),
    stalled: first.stalled,
  };
}

/** The subscription of a listener in its newest life. */
export function subscriptionOf(
  broker: BrokerState | undefined,
  process: string,
  shape: ListenerShape,
): SubscriptionState | undefined {
  let found: SubscriptionState | undefined;
  for (const each of broker?.subscriptions.values() ?? []) {
    if (each.process === process && each.listener === shape.listener && each.pattern === shape.pattern) found = each;
  }
  return found;
}

/** Whether nothing of a service can work at this instant. */
export function isDown(process: ProcessState | undefined): boolean {
  return process?.state === 'crashed' || process?.state === 'stopped';
}
