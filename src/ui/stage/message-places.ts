import type { BrokerState, QueueState, SystemState } from '../../projections/system';
import type { Paths } from './hop-paths';
import { pointOn, type Point } from './path';
import { deadLettersShown, queueFacts, spotIn, waitingAt } from './queue-facts';
import type { StageMark } from './stage-marks';
import { serviceOf } from './structure';

/**
 * Everywhere on the stage where one message is now, what tells most first: a wait for the next attempt, who works on it,
 * a link, a queue, a dead-letter queue. Pure.
 */
export interface MessagePlace {
  readonly at: Point;
  readonly is: MessageState;
}

export type MessageState =
  | { readonly type: 'waiting'; readonly attempt: number; readonly attempts: number; readonly dueAtMs: number }
  | { readonly type: 'handled'; readonly listener: string; readonly attempt: number; readonly attempts: number }
  | { readonly type: 'flying'; readonly to: string }
  /** A call that is handled, or not yet there. */
  | { readonly type: 'called'; readonly whom: string; readonly sinceMs: number }
  | { readonly type: 'ready' | 'dead'; readonly queue: string };

const order: readonly MessageState['type'][] = ['waiting', 'handled', 'called', 'flying', 'ready', 'dead'];

interface Search {
  readonly message: string;
  readonly system: SystemState;
  readonly paths: Paths;
  readonly marks: readonly StageMark[];
}

export function placesOf(search: Search): MessagePlace[] {
  const { system, message } = search;
  const call = system.calls.get(message);
  if (call !== undefined) {
    const at = search.marks.find((mark) => mark.message === message && mark.ring === undefined);
    const is = { type: 'called', whom: call.to ?? call.host, sinceMs: call.sentAtMs } as const;
    return at === undefined ? [] : [{ at, is }];
  }
  if (message.startsWith('r_')) return [];
  const found = [
    ...flying(search),
    ...[...system.brokers.values()].flatMap((broker) => [
      ...waitingInNoQueue(search, broker),
      ...[...broker.queues.values()].flatMap((queue) => inQueue(search, broker, queue)),
      ...deadIn(search, broker),
    ]),
    ...atProcesses(search),
  ];
  return found.sort((a, b) => order.indexOf(a.is.type) - order.indexOf(b.is.type));
}

function flying({ message, system, marks }: Search): MessagePlace[] {
  const own = marks.filter((mark) => mark.message === message && mark.ring === undefined);
  const flights = [...system.flights.values()].filter((flight) => flight.message === message);
  return own.slice(0, flights.length).map((at, n) => ({ at, is: { type: 'flying', to: flights[n]!.to } }));
}

function waitingInNoQueue({ message, system, paths }: Search, broker: BrokerState): MessagePlace[] {
  const waits = waitingAt(broker.name, system.retries.values()).slots.toReversed();
  const place = waits.findIndex((slot) => slot.message === message);
  const retry = [...system.retries.values()].find((each) => each.message === message && each.broker === broker.name);
  if (place < 0 || retry === undefined) return [];
  const at = paths.slot(broker.name, undefined, { place, held: 0, heldHidden: 0 });
  const { nextAttempt, attempts, dueAtMs } = retry;
  return at === undefined ? [] : [{ at, is: { type: 'waiting', attempt: nextAttempt, attempts, dueAtMs } }];
}

function inQueue({ message, system, paths }: Search, broker: BrokerState, queue: QueueState): MessagePlace[] {
  const spot = spotIn(queueFacts(queue), message);
  const at = spot && paths.slot(broker.name, queue.name, spot);
  if (at === undefined) return [];
  const retry = queue.retrying.get(message);
  if (retry !== undefined) {
    const { nextAttempt, attempts, dueAtMs } = retry;
    return [{ at, is: { type: 'waiting', attempt: nextAttempt, attempts, dueAtMs } }];
  }
  for (const held of queue.unacked.values()) {
    if (held.message !== message) continue;
    const under = system.processes.get(held.process)?.deliveries.get(held.delivery);
    // On its way to the process: the link shows it.
    if (under === undefined) return [];
    const attempts = attemptsOf(broker, under.subscription);
    return [{ at, is: { type: 'handled', listener: under.listener, attempt: held.attempt, attempts } }];
  }
  return [{ at, is: { type: 'ready', queue: queue.name } }];
}

function deadIn({ message, paths }: Search, broker: BrokerState): MessagePlace[] {
  return [...broker.deadLetters.values()].flatMap((letters): MessagePlace[] => {
    const place = deadLettersShown(letters)
      .slots.toReversed()
      .findIndex((slot) => slot.message === message);
    const at = place < 0 ? undefined : paths.slot(broker.name, letters.name, { place, held: 0, heldHidden: 0 });
    return at === undefined ? [] : [{ at, is: { type: 'dead', queue: letters.name } }];
  });
}

/** Deliveries of no queue: at the end of the way to the listener that works. */
function atProcesses({ message, system, paths }: Search): MessagePlace[] {
  const found: MessagePlace[] = [];
  for (const process of system.processes.values()) {
    for (const each of process.deliveries.values()) {
      if (each.message !== message || each.queue !== undefined) continue;
      const { broker, listener, attempt } = each;
      const path = paths.subscribe({ broker, service: serviceOf(process.name), listener });
      const attempts = attemptsOf(system.brokers.get(broker), each.subscription);
      if (path !== undefined)
        found.push({ at: pointOn(path, 1), is: { type: 'handled', listener, attempt, attempts } });
    }
  }
  return found;
}

function attemptsOf(broker: BrokerState | undefined, subscription: string | undefined): number {
  return (subscription === undefined ? undefined : broker?.subscriptions.get(subscription)?.attempts) ?? 1;
}
