import { createMatcher } from '../brokers/bus/pattern';
import type { Entry, Route, Settings, DeathReason, DropReason, MessageDeadLettered } from '../log/entry';

/** One routing of a message: when it was published, and each time it died and went on from there. */
export interface RouteStep {
  readonly seq: number;
  readonly atMs: number;
  readonly broker: string;
  /** `''` is the default exchange. */
  readonly exchange: string;
  /** Routing keys; empty when the message's type is its key. */
  readonly keys: readonly string[];
  /** Ids of the bindings that matched. */
  readonly bindings: readonly string[];
  readonly alternates: readonly string[];
  /** Queues that it came to. */
  readonly queues: readonly string[];
  /** Where it had died before, and why. */
  readonly died: { readonly queue: string; readonly reason: DeathReason } | undefined;
  /** It came nowhere. */
  readonly dropped: DropReason | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The routings that the entries about one message tell of, in order. Empty for a broker that has no exchanges. */
export function routeSteps(entries: readonly Entry[]): RouteStep[] {
  const steps: { -readonly [K in keyof RouteStep]: RouteStep[K] }[] = [];
  for (const entry of entries) {
    if (entry.type === 'message.routed' && entry.subscriptions.length === 0 && entry.channel === undefined)
      steps.push({ ...stepOf(entry, entry.queues, undefined), properties: entry.properties ?? {} });
    else if (entry.type === 'message.dead-lettered' && entry.from !== undefined && isDeath(entry.reason)) {
      const died = { queue: entry.from, reason: entry.reason };
      steps.push({ ...stepOf(entry, [entry.queue], died), properties: entry.properties ?? {} });
    } else if (entry.type === 'message.enqueued') {
      // The dead-letter entry names the first queue only.
      const step = steps.findLast(({ seq }) => seq === entry.cause);
      if (step && !step.queues.includes(entry.queue)) step.queues = [...step.queues, entry.queue];
    } else if (entry.type === 'message.dropped') dropAt(steps, entry);
  }
  return steps;
}

function dropAt(
  steps: { -readonly [K in keyof RouteStep]: RouteStep[K] }[],
  entry: Extract<Entry, { type: 'message.dropped' }>,
): void {
  const { reason, queue, exchange, seq, atMs, broker } = entry;
  const last = steps.at(-1);
  if (last === undefined) return;
  if (reason === 'unroutable' || reason === 'returned') last.dropped = reason;
  else if (exchange !== undefined && queue !== undefined && isDeath(reason))
    steps.push({
      ...{ seq, atMs, broker, exchange, keys: [], bindings: [], alternates: [], queues: [] },
      died: { queue, reason },
      dropped: reason,
      properties: last.properties,
    });
}

function isDeath(reason: DropReason | MessageDeadLettered['reason']): reason is DeathReason {
  return reason === 'rejected' || reason === 'expired' || reason === 'maxlen' || reason === 'delivery_limit';
}

function stepOf(
  entry: Route & { readonly seq: number; readonly atMs: number; readonly broker: string },
  queues: readonly string[],
  died: RouteStep['died'],
): Omit<RouteStep, 'properties'> {
  const { seq, atMs, broker, exchange = '', bindings = [], keys = [], alternates = [] } = entry;
  return { seq, atMs, broker, exchange, keys, bindings, alternates, queues, died, dropped: undefined };
}

/** Why a binding matched. */
export type WhyMatched =
  | { readonly type: 'fanout' }
  | { readonly type: 'direct'; readonly key: string }
  | { readonly type: 'topic'; readonly pattern: string; readonly key: string }
  /** The headers that it asks for and that are there. */
  | { readonly type: 'all' | 'any'; readonly pairs: Settings };

export function whyMatched(
  kind: string,
  binding: { readonly key: string; readonly arguments: Settings },
  message: { readonly keys: readonly string[]; readonly headers: Readonly<Record<string, unknown>> },
): WhyMatched {
  const { key, arguments: args } = binding;
  if (kind === 'fanout') return { type: 'fanout' };
  if (kind === 'direct') return { type: 'direct', key };
  if (kind === 'topic') {
    const matches = createMatcher(key);
    return { type: 'topic', pattern: key, key: message.keys.find((each) => matches(each)) ?? message.keys[0] ?? '' };
  }
  const match = String(args['x-match'] ?? 'all');
  const asked = Object.entries(args).filter(
    ([name]) => name !== 'x-match' && (match.endsWith('-with-x') || !name.startsWith('x-')),
  );
  const there = asked.filter(
    // A null, which asks only that the header be there, is logged as JSON.
    ([name, value]) => name in message.headers && (value === 'null' || String(message.headers[name]) === String(value)),
  );
  return { type: match.startsWith('any') ? 'any' : 'all', pairs: Object.fromEntries(there) };
}
