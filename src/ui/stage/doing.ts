import type { Fate } from '../../projections/fate';
import type { BrokerState, ProcessState, SubscriptionState } from '../../projections/system';
import type { CallUnderWay } from '../../projections/system-calls';
import type { ListenerShape } from './structure';

/** What a process or one of its listeners is doing at the playhead, before it is put into words. Pure. */
export type Doing =
  | { readonly type: 'absent' }
  | { readonly type: 'idle'; readonly published: number; readonly lastFate?: Fate | undefined }
  | Handling
  /** It called somebody, and has nothing else to do, or cannot go on before. */
  | { readonly type: 'awaiting'; readonly whom: string; readonly forMs: number; readonly count: number }
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

export interface DoingOptions {
  /** `system.calls` of the same instant. */
  readonly calls: ReadonlyMap<string, CallUnderWay>;
  readonly nowMs: number;
  readonly endOf: EndOf;
  /** Of this listener alone. */
  readonly listener?: string | undefined;
}

export function doingOf(process: ProcessState | undefined, { calls, nowMs, endOf, listener }: DoingOptions): Doing {
  if (process === undefined) return { type: 'absent' };
  if (process.state === 'crashed' || process.state === 'stopped') {
    return { type: process.state, agoMs: Math.max(0, nowMs - process.sinceMs) };
  }
  if (process.state === 'exited') return { type: 'exited', code: process.exitCode };
  const all = [...process.deliveries.values()].filter((each) => listener === undefined || each.listener === listener);
  const first = all[0];
  if (listener === undefined) {
    const call = callOf(process, calls, nowMs, endOf);
    if (call !== undefined) return call;
  }
  if (first === undefined) return { type: 'idle', published: process.published };
  const endMs = endOf(process.name, first.delivery, nowMs);
  return {
    type: 'handling',
    message: first.message,
    event: first.eventType,
    fate: first.replayed ? 'replayed' : first.attempt > 1 || first.redriven ? 'retried' : 'flight',
    count: all.length,
    doneMs: Math.max(0, nowMs - first.startedMs),
    totalMs: endMs === undefined ? undefined : Math.max(0, endMs - first.startedMs),
    stalled: first.stalled,
  };
}

/** What it waits for says more than what it handles meanwhile. */
function callOf(
  process: ProcessState,
  calls: ReadonlyMap<string, CallUnderWay>,
  nowMs: number,
  endOf: EndOf,
): Doing | undefined {
  if (calls.size === 0) return undefined;
  const all = [...calls.values()];
  const awaited = all.filter(({ from }) => from === process.name);
  const oldest = awaited[0];
  if (oldest !== undefined) {
    const forMs = Math.max(0, nowMs - oldest.sentAtMs);
    return { type: 'awaiting', whom: oldest.to ?? oldest.host, forMs, count: awaited.length };
  }
  const handled = all.filter(
    ({ to, receivedAtMs, answer }) => to === process.name && receivedAtMs !== undefined && answer === undefined,
  );
  const first = handled[0];
  if (first?.receivedAtMs === undefined) return undefined;
  const endMs = endOf(process.name, first.request, nowMs);
  return {
    type: 'handling',
    message: first.request,
    event: `${first.method} ${first.path}`,
    fate: 'flight',
    count: handled.length + process.deliveries.size,
    doneMs: Math.max(0, nowMs - first.receivedAtMs),
    totalMs: endMs === undefined ? undefined : Math.max(0, endMs - first.receivedAtMs),
    stalled: false,
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
