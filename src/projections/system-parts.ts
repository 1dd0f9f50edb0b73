import type { Fate } from './fate';
import type { BrokerState, Outcome, QueueState, SubscriptionState, SystemState } from './system';
import { copyTopology, createTopology } from './system-topology';

// What the folds of messages, of deliveries and of the run share: finding and changing parts of the state.

/** Kept at least; twice as many at most. */
export const outcomesKept = 128;

export function brokerOf(state: SystemState, name: string, kind = 'bus'): BrokerState {
  const known = state.brokers.get(name);
  if (known) return known;
  const broker: BrokerState = {
    name,
    kind,
    settings: {},
    stopped: false,
    subscriptions: new Map(),
    queues: new Map(),
    deadLetters: new Map(),
    topology: createTopology(),
    published: 0,
    routed: 0,
    dropped: 0,
  };
  state.brokers.set(name, broker);
  return broker;
}

export function queueOf(broker: BrokerState, name: string): QueueState {
  const known = broker.queues.get(name);
  if (known) return known;
  const queue: QueueState = {
    name,
    settings: undefined,
    groups: new Map(),
    ready: [],
    returned: new Set(),
    unacked: new Map(),
    retrying: new Map(),
    enqueued: 0,
    done: 0,
  };
  broker.queues.set(name, queue);
  return queue;
}

export function changeSubscription(
  broker: BrokerState,
  id: string,
  change: (known: SubscriptionState) => SubscriptionState,
): void {
  const known = broker.subscriptions.get(id);
  if (known) broker.subscriptions.set(id, change(known));
}

export function lessUnderWay(known: SubscriptionState): SubscriptionState {
  return { ...known, underWay: Math.max(0, known.underWay - 1) };
}

export function addOutcome(state: SystemState, one: Outcome): void {
  state.outcomes.push(one);
  if (state.outcomes.length >= outcomesKept * 2) state.outcomes = state.outcomes.slice(-outcomesKept);
}

export function outcome(
  entry: { seq: number; atMs: number; message: string; broker?: string },
  fate: Fate,
  at: { process?: string | undefined; queue?: string | undefined },
): Outcome {
  const { seq, atMs, message, broker } = entry;
  return { seq, atMs, fate, message, broker, process: at.process, queue: at.queue };
}

export function queueHolding(state: SystemState, at: { broker: string; delivery: string }): QueueState | undefined {
  for (const queue of brokerOf(state, at.broker).queues.values()) {
    if (queue.unacked.has(at.delivery)) return queue;
  }
  return undefined;
}

/**
 * A bus in queue mode works off one line of messages, named like itself. It has no acks: what a worker has taken never
 * comes back, and one message is dispatched to several listeners, one after another.
 */
export function isPool(broker: BrokerState, queue: QueueState): boolean {
  return broker.settings['mode'] === 'queue' && queue.name === broker.name;
}

/** The delivery ended, and with it, as far as is known, the message's stay in the queue. */
export function finish(queue: QueueState, delivery: string): void {
  if (queue.unacked.delete(delivery)) queue.done += 1;
}

/** The attempt to come of one listener for one message. */
export function retryKey(message: string, process: string, listener: string): string {
  return `${message} ${process} ${listener}`;
}

export function invariantKey(process: string, name: string): string {
  return `${process} · ${name}`;
}

export function copyBroker(broker: BrokerState): BrokerState {
  return {
    ...broker,
    subscriptions: new Map(broker.subscriptions),
    queues: copyValues(broker.queues, (queue) => ({
      ...queue,
      groups: new Map(queue.groups),
      ready: queue.ready.slice(),
      returned: new Set(queue.returned),
      unacked: new Map(queue.unacked),
      retrying: new Map(queue.retrying),
    })),
    deadLetters: new Map(broker.deadLetters),
    topology: copyTopology(broker.topology),
  };
}

export function copyValues<V>(map: ReadonlyMap<string, V>, copy: (value: V) => V): Map<string, V> {
  const copies = new Map<string, V>();
  for (const [key, value] of map) copies.set(key, copy(value));
  return copies;
}
