import type {
  DeliveryFailed,
  DeliveryRetryScheduled,
  DeliveryStalled,
  DeliveryStarted,
  DeliverySucceeded,
} from '../log/entry';
import type { Fate } from './fate';
import { followCompensation } from './system-sagas';
import type { DeliveryUnderWay, SystemState } from './system';
import {
  addOutcome,
  brokerOf,
  changeSubscription,
  finish,
  isPool,
  outcome,
  queueHolding,
  retryKey,
} from './system-parts';

type DeliveryEntry = DeliveryStarted | DeliverySucceeded | DeliveryFailed | DeliveryRetryScheduled | DeliveryStalled;

export function applyDeliveryEntry(state: SystemState, entry: DeliveryEntry): void {
  switch (entry.type) {
    case 'delivery.started':
      return start(state, entry);
    case 'delivery.succeeded':
      return settle(state, entry, entry.replayed ? 'replayed' : 'delivered');
    case 'delivery.failed':
      return fail(state, entry);
    case 'delivery.retry-scheduled':
      return scheduleRetry(state, entry);
    case 'delivery.stalled': {
      const deliveries = state.processes.get(entry.process)?.deliveries;
      const known = deliveries?.get(entry.delivery);
      if (known) deliveries?.set(entry.delivery, { ...known, stalled: true });
    }
  }
}

function start(state: SystemState, entry: DeliveryStarted): void {
  const { delivery, message, broker, listener, attempt } = entry;
  const flight = state.flights.get(delivery);
  state.flights.delete(delivery);
  followCompensation(state, entry, flight?.subscription);
  state.processes.get(entry.process)?.deliveries.set(delivery, {
    delivery,
    message,
    eventType: flight?.eventType ?? state.messages.eventType(message),
    broker,
    queue: flight?.queue,
    subscription: flight?.subscription,
    listener,
    startedMs: entry.atMs,
    attempt,
    replayed: entry.replayed === true,
    redriven: entry.redriven === true,
    stalled: false,
  });
}

function fail(state: SystemState, entry: DeliveryFailed): void {
  settle(state, entry, 'failed');
  const process = state.processes.get(entry.process);
  if (process === undefined) return;
  const { seq, atMs, failure, listener, where } = entry;
  process.lastFailure = { seq, atMs, failure, listener, where };
}

function settle(state: SystemState, entry: DeliverySucceeded | DeliveryFailed, fate: Fate): void {
  followCompensation(state, entry, undefined);
  const ok = entry.type === 'delivery.succeeded';
  const broker = brokerOf(state, entry.broker);
  const process = state.processes.get(entry.process);
  const known: DeliveryUnderWay | undefined = process?.deliveries.get(entry.delivery);
  // One that nobody received: there was no answer, or none in time.
  const flight = state.flights.get(entry.delivery);
  state.flights.delete(entry.delivery);
  const to = known?.subscription ?? flight?.subscription;
  if (process) {
    process.deliveries.delete(entry.delivery);
    if (ok) process.succeeded += 1;
    else process.failed += 1;
  }
  if (to !== undefined) {
    changeSubscription(broker, to, (subscription) => ({
      ...subscription,
      underWay: Math.max(0, subscription.underWay - 1),
      succeeded: subscription.succeeded + (ok ? 1 : 0),
      failed: subscription.failed + (ok ? 0 : 1),
      lastFate: fate,
      lastAtMs: entry.atMs,
    }));
  }
  const queue = queueHolding(state, entry);
  // With attempts left it stays unacked until the next entry says when; a worker pool retries outside of its line.
  if (queue && (ok || entry.attemptsLeft === 0 || isPool(broker, queue))) finish(queue, entry.delivery);
  // Replayed deliveries were counted when they were dispatched.
  if (fate !== 'replayed') state.totals[fate] += 1;
  addOutcome(state, outcome(entry, fate, { process: entry.process, queue: known?.queue ?? flight?.queue }));
}

function scheduleRetry(state: SystemState, entry: DeliveryRetryScheduled): void {
  const { delivery, message, broker, process, listener, dueAtMs, nextAttempt, attempts } = entry;
  state.totals.retried += 1;
  const queue = queueHolding(state, entry);
  if (queue) {
    queue.unacked.delete(delivery);
    queue.retrying.set(message, { message, dueAtMs, nextAttempt, attempts });
  } else {
    state.retries.set(retryKey(message, process, listener), {
      delivery,
      message,
      eventType: state.messages.eventType(message),
      broker,
      process,
      listener,
      sinceMs: entry.atMs,
      dueAtMs,
      nextAttempt,
      attempts,
      seq: entry.seq,
    });
  }
  addOutcome(state, outcome(entry, 'retried', { process, queue: queue?.name }));
}
