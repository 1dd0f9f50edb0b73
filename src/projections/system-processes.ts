import type {
  PortClosed,
  PortOpened,
  ProcessCrashed,
  ProcessExited,
  ProcessReloaded,
  ProcessShowed,
  ProcessStarted,
} from '../log/entry';
import type { BrokerState, ProcessState, SystemState } from './system';
import { endCallsOf } from './system-calls';
import { finish, isPool } from './system-parts';

export function applyProcessEntry(
  state: SystemState,
  entry: ProcessStarted | ProcessReloaded | ProcessExited | ProcessCrashed | ProcessShowed | PortOpened | PortClosed,
): void {
  if (entry.type === 'process.started') return start(state, entry);
  const process = state.processes.get(entry.process);
  if (process === undefined) return;
  switch (entry.type) {
    case 'process.reloaded':
      process.file = entry.file;
      process.life = entry.life;
      process.shown.clear();
      process.ports.clear();
      process.breakers.clear();
      state.rejected.delete(entry.file);
      return forgetSubscriptions(state, entry.process);
    case 'process.showed': {
      const { seq, atMs, value, where } = entry;
      process.shown.set(entry.name, { seq, atMs, value, where });
      return;
    }
    case 'port.opened':
      process.ports.add(entry.port);
      return;
    case 'port.closed':
      process.ports.delete(entry.port);
      return;
    case 'process.crashed':
      process.state = 'crashed';
      return end(state, process, entry.atMs);
    case 'process.exited':
      process.state = entry.signal === undefined ? 'exited' : 'stopped';
      process.exitCode = entry.code;
      if (entry.failure) {
        process.lastFailure = { seq: entry.seq, atMs: entry.atMs, failure: entry.failure, where: entry.where };
      }
      return end(state, process, entry.atMs);
  }
}

function start(state: SystemState, entry: ProcessStarted): void {
  forgetSubscriptions(state, entry.process);
  const known = state.processes.get(entry.process);
  state.processes.set(entry.process, {
    name: entry.process,
    service: entry.service,
    file: entry.file,
    args: entry.args,
    state: 'running',
    sinceMs: entry.atMs,
    life: entry.life,
    exitCode: undefined,
    deliveries: new Map(),
    published: known?.published ?? 0,
    succeeded: known?.succeeded ?? 0,
    failed: known?.failed ?? 0,
    called: known?.called ?? 0,
    served: known?.served ?? 0,
    servedBroken: known?.servedBroken ?? 0,
    lastFailure: known?.lastFailure,
    shown: new Map(),
    ports: new Set(),
    breakers: new Map(),
  });
}

/**
 * What it was handling, and what was on the way to it, is over: a durable queue says so itself by taking its messages
 * back, anything else is gone without a word. Its subscriptions stay in sight, cut, until it is back.
 */
function end(state: SystemState, process: ProcessState, atMs: number): void {
  process.sinceMs = atMs;
  process.deliveries.clear();
  process.ports.clear();
  process.breakers.clear();
  endCallsOf(state, process.name);
  for (const [key, flight] of state.flights) {
    const broker =
      flight.delivery !== undefined && flight.to === process.name ? state.brokers.get(flight.from ?? '') : undefined;
    const queue = broker?.queues.get(flight.queue ?? '');
    if (broker && (queue === undefined || isPool(broker, queue))) state.flights.delete(key);
  }
  for (const broker of state.brokers.values()) {
    abandonPool(broker, process.name);
    for (const [id, subscription] of broker.subscriptions) {
      if (subscription.process === process.name) {
        broker.subscriptions.set(id, { ...subscription, live: false, underWay: 0 });
      }
    }
  }
}

function abandonPool(broker: BrokerState, process: string): void {
  const queue = broker.queues.get(broker.name);
  if (queue === undefined || !isPool(broker, queue)) return;
  for (const [delivery, held] of queue.unacked) if (held.process === process) finish(queue, delivery);
}

function forgetSubscriptions(state: SystemState, process: string): void {
  for (const broker of state.brokers.values()) {
    for (const [id, subscription] of broker.subscriptions) {
      if (subscription.process !== process) continue;
      // What the broker itself calls is there again with the process.
      if (subscription.url === undefined) broker.subscriptions.delete(id);
      else broker.subscriptions.set(id, { ...subscription, live: true });
    }
  }
}
