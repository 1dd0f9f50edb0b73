import type {
  BrokerChanged,
  BrokerDeclared,
  BrokerStarted,
  BrokerStopped,
  EntryOf,
  ListenerSubscribed,
  ListenerUnsubscribed,
  MessageDeadLettered,
  MessageDispatched,
  MessageDropped,
  MessageEnqueued,
  MessageLost,
  MessageRedriven,
  MessagePublished,
  MessageRequeued,
} from '../log/entry';
import type { DeadLetter } from './dead-letters';
import type { BrokerState, Flight, QueueState, SystemState, WaitingRetry } from './system';
import {
  addOutcome,
  brokerOf,
  changeSubscription,
  finish,
  isPool,
  lessUnderWay,
  outcome,
  queueOf,
  retryKey,
} from './system-parts';
import { isPublishedToUndo } from './system-sagas';
import { fallBehind, followRoute } from './system-topology';

/** Ids of dead letters kept per queue. */
export const deadLettersMax = 1_000;

export function applyBrokerEntry(
  state: SystemState,
  entry: BrokerDeclared | BrokerChanged | BrokerStopped | BrokerStarted | ListenerSubscribed | ListenerUnsubscribed,
): void {
  switch (entry.type) {
    case 'broker.declared':
      brokerOf(state, entry.broker, entry.kind).settings = entry.settings;
      return;
    case 'broker.changed': {
      const broker = brokerOf(state, entry.broker);
      broker.settings = { ...broker.settings, ...entry.settings };
      return;
    }
    case 'broker.stopped':
    case 'broker.started':
      brokerOf(state, entry.broker).stopped = entry.type === 'broker.stopped';
      return;
    case 'listener.subscribed':
      return subscribe(state, entry);
    case 'listener.unsubscribed':
      // While its process lives, the listener went away on purpose; otherwise the edge stays in sight, cut.
      return unsubscribe(state, entry);
  }
}

function unsubscribe(state: SystemState, entry: ListenerUnsubscribed): void {
  const { subscriptions } = brokerOf(state, entry.broker);
  const isCut = state.processes.get(entry.process)?.state !== 'running';
  if (isCut && subscriptions.get(entry.subscription)?.url === undefined) return;
  subscriptions.delete(entry.subscription);
}

function subscribe(state: SystemState, entry: ListenerSubscribed): void {
  const broker = brokerOf(state, entry.broker);
  if (entry.queue !== undefined) queueOf(broker, entry.queue);
  if (entry.compensates !== undefined) state.sagas.known = true;
  broker.subscriptions.set(entry.subscription, {
    subscription: entry.subscription,
    process: entry.process,
    listener: entry.listener,
    pattern: entry.pattern,
    queue: entry.queue,
    prefetch: entry.prefetch,
    attempts: entry.attempts,
    timeoutMs: entry.timeoutMs,
    deadLetter: entry.deadLetter,
    where: entry.where,
    live: true,
    connection: entry.connection,
    channel: entry.channel,
    noAck: entry.noAck === true,
    priority: entry.priority ?? 0,
    space: entry.space,
    url: entry.url,
    compensates: entry.compensates !== undefined,
    underWay: 0,
    succeeded: 0,
    failed: 0,
    lastFate: undefined,
    lastAtMs: undefined,
  });
}

type MessageEntry =
  | MessagePublished
  | MessageLost
  | EntryOf<'message.routed'>
  | MessageEnqueued
  | MessageRequeued
  | MessageDispatched
  | MessageDeadLettered
  | MessageRedriven
  | MessageDropped;

export function applyMessageEntry(state: SystemState, entry: MessageEntry): void {
  switch (entry.type) {
    case 'message.published':
      return publish(state, entry);
    case 'message.routed': {
      state.flights.delete(entry.message);
      const broker = brokerOf(state, entry.broker);
      broker.routed += 1;
      followRoute(broker.topology, entry);
      return;
    }
    case 'message.enqueued':
      return enqueue(state, entry);
    case 'message.requeued':
      return requeue(state, entry);
    case 'message.dispatched':
      return dispatch(state, entry);
    case 'message.dead-lettered':
      return deadLetter(state, entry);
    case 'message.redriven':
      return redrive(state, entry);
    case 'message.dropped':
      return drop(state, entry);
    case 'message.lost':
      return lose(state, entry);
  }
}

function publish(state: SystemState, entry: MessagePublished): void {
  const { message, broker, process } = entry;
  const undoes = isPublishedToUndo(state, entry);
  state.messages.add(entry, undoes);
  state.totals.flight += 1;
  brokerOf(state, broker).published += 1;
  const publisher = process === undefined ? undefined : state.processes.get(process);
  if (publisher) publisher.published += 1;
  state.flights.set(message.id, {
    message: message.id,
    delivery: undefined,
    eventType: message.type,
    from: process,
    to: broker,
    subscription: undefined,
    listener: undefined,
    queue: undefined,
    sentAtMs: entry.atMs,
    arrivesAtMs: entry.arrivesAtMs ?? entry.atMs,
    attempt: 1,
    replayed: false,
    redriven: false,
    undoes,
    lost: entry.arrivesAtMs === undefined,
    seq: entry.seq,
  });
}

function dispatch(state: SystemState, entry: MessageDispatched): void {
  const { message, delivery, process, listener, attempt } = entry;
  const broker = brokerOf(state, entry.broker);
  const replayed = entry.replayed === true;
  if (entry.queue !== undefined) {
    const queue = queueOf(broker, entry.queue);
    // A worker pool hands a message that it holds already to the next listener.
    if (!removeReady(queue, message)) queue.done = Math.max(0, queue.done - 1);
    queue.returned.delete(message);
    queue.unacked.set(delivery, { delivery, message, process, subscription: entry.subscription, attempt });
  } else if (attempt > 1) {
    state.retries.delete(retryKey(message, process, listener));
  }
  if (replayed) state.totals.replayed += 1;
  changeSubscription(broker, entry.subscription, (known) => ({ ...known, underWay: known.underWay + 1 }));
  state.flights.set(delivery, {
    message,
    delivery,
    eventType: state.messages.eventType(message),
    from: entry.broker,
    to: process,
    subscription: entry.subscription,
    listener,
    queue: entry.queue,
    sentAtMs: entry.atMs,
    arrivesAtMs: entry.arrivesAtMs ?? entry.atMs,
    attempt,
    replayed,
    redriven: entry.redriven === true,
    undoes: state.messages.undoes(message) || broker.subscriptions.get(entry.subscription)?.compensates === true,
    lost: entry.arrivesAtMs === undefined,
    seq: entry.seq,
  });
}

function enqueue(state: SystemState, entry: MessageEnqueued): void {
  const queue = queueOf(brokerOf(state, entry.broker), entry.queue);
  queue.enqueued += 1;
  queue.ready.push(entry.message);
  fallBehind(queue);
}

function requeue(state: SystemState, entry: MessageRequeued): void {
  const { delivery, message } = entry;
  const broker = brokerOf(state, entry.broker);
  const queue = queueOf(broker, entry.queue);
  const unacked = queue.unacked.get(delivery);
  queue.unacked.delete(delivery);
  const wasDue = queue.retrying.delete(message);
  queue.ready.unshift(message);
  queue.returned.add(message);
  const flight = state.flights.get(delivery);
  const process = unacked === undefined ? undefined : state.processes.get(unacked.process);
  const subscription = flight?.subscription ?? process?.deliveries.get(delivery)?.subscription;
  state.flights.delete(delivery);
  process?.deliveries.delete(delivery);
  if (subscription !== undefined) changeSubscription(broker, subscription, lessUnderWay);
  // A retry whose wait is over was counted when the wait began.
  if (wasDue) return;
  state.totals.retried += 1;
  addOutcome(state, outcome(entry, 'retried', { process: unacked?.process, queue: entry.queue }));
}

function deadLetter(state: SystemState, entry: MessageDeadLettered): void {
  if (entry.from !== undefined) {
    // The queue that gets it is one like any other, and says so itself.
    const broker = brokerOf(state, entry.broker);
    takeOff(queueOf(broker, entry.from), entry.message);
    followRoute(broker.topology, entry);
    state.totals.dead += 1;
    addOutcome(state, outcome(entry, 'dead', { queue: entry.from }));
    return;
  }
  const { deadLetters } = brokerOf(state, entry.broker);
  const known = deadLetters.get(entry.queue);
  deadLetters.set(entry.queue, {
    name: entry.queue,
    count: (known?.count ?? 0) + 1,
    letters: [...(known?.letters ?? []).slice(1 - deadLettersMax), letterOf(entry)],
  });
  state.totals.dead += 1;
  addOutcome(state, outcome(entry, 'dead', { queue: entry.queue }));
}

function letterOf({ message, listener, attempts, reason, atMs, seq }: MessageDeadLettered): DeadLetter {
  return { message, listener, attempts, reason, diedAtMs: atMs, seq };
}

/** What gets it says so itself. */
function redrive(state: SystemState, entry: MessageRedriven): void {
  const broker = brokerOf(state, entry.broker);
  state.totals.retried += 1;
  addOutcome(state, outcome(entry, 'retried', { process: entry.process, queue: entry.queue }));
  const known = broker.deadLetters.get(entry.queue);
  if (known === undefined) {
    takeOff(queueOf(broker, entry.queue), entry.message);
    return;
  }
  const at = known.letters.findIndex(
    ({ message, listener }) => message === entry.message && listener === entry.listener,
  );
  broker.deadLetters.set(entry.queue, {
    ...known,
    count: known.count - 1,
    letters: at < 0 ? known.letters : known.letters.toSpliced(at, 1),
  });
}

function drop(state: SystemState, entry: MessageDropped): void {
  const broker = brokerOf(state, entry.broker);
  broker.dropped += 1;
  state.totals.dropped += 1;
  const gone = entry.reason === 'consumer-gone';
  // Refused on its arrival, it was never routed.
  state.flights.delete(entry.message);
  if (entry.reason !== 'queue-full' && entry.queue !== undefined) takeOff(queueOf(broker, entry.queue), entry.message);
  const retry = gone ? takeRetryOfNobody(state, entry) : undefined;
  addOutcome(state, outcome(entry, 'dropped', { process: retry?.process, queue: entry.queue }));
}

/** The attempt that came due when its consumer was gone: the entry's cause is what scheduled it. */
function takeRetryOfNobody(state: SystemState, entry: MessageDropped): WaitingRetry | undefined {
  for (const [key, retry] of state.retries) {
    if (retry.message !== entry.message || retry.seq !== entry.cause) continue;
    state.retries.delete(key);
    return retry;
  }
  return undefined;
}

function lose(state: SystemState, entry: MessageLost): void {
  state.totals.dropped += 1;
  const broker = state.brokers.get(entry.from);
  for (const [key, flight] of state.flights) {
    if (!flight.lost || flight.message !== entry.message || flight.to !== entry.to) continue;
    state.flights.delete(key);
    if (broker) loseDelivery(broker, flight);
    break;
  }
  const process = broker === undefined ? entry.from : entry.to;
  addOutcome(state, { ...outcome(entry, 'dropped', { process }), broker: broker?.name ?? entry.to });
}

/** A durable queue goes on waiting for the ack, and takes the message back in the end; a worker pool does not. */
function loseDelivery(broker: BrokerState, flight: Flight): void {
  if (flight.subscription !== undefined) changeSubscription(broker, flight.subscription, lessUnderWay);
  const queue = flight.queue === undefined ? undefined : broker.queues.get(flight.queue);
  if (queue && flight.delivery !== undefined && isPool(broker, queue)) finish(queue, flight.delivery);
}

/** It leaves the queue without a consumer having handled it: from among those that wait, or are to be tried again, or have just come back. */
function takeOff(queue: QueueState, message: string): void {
  if (removeReady(queue, message) || queue.retrying.delete(message)) return;
  for (const [delivery, unacked] of queue.unacked) {
    if (unacked.message !== message) continue;
    queue.unacked.delete(delivery);
    return;
  }
}

/** Nearly always the head; a redelivered message may stand elsewhere. */
function removeReady(queue: QueueState, message: string): boolean {
  if (queue.ready[0] === message) {
    queue.ready.shift();
    return true;
  }
  const at = queue.ready.indexOf(message);
  if (at >= 0) queue.ready.splice(at, 1);
  return at >= 0;
}
