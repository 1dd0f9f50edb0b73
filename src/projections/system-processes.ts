import type { ProcessCrashed, ProcessExited, ProcessReloaded, ProcessStarted } from '../log/entry';
import type { ProcessState, SystemState } from './system';

export function applyProcessEntry(
  state: SystemState,
  entry: ProcessStarted | ProcessReloaded | ProcessExited | ProcessCrashed,
): void {
  if (entry.type === 'process.started') return start(state, entry);
  const process = state.processes.get(entry.process);
  if (process === undefined) return;
  switch (entry.type) {
    case 'process.reloaded':
      process.file = entry.file;
      process.life = entry.life;
      state.rejected.delete(entry.file);
      return forgetSubscriptions(state, entry.process);
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
    lastFailure: known?.lastFailure,
  });
}

/** What it was handling is over. Its subscriptions stay in sight, cut, until it is back. */
function end(state: SystemState, process: ProcessState, atMs: number): void {
  process.sinceMs = atMs;
  process.deliveries.clear();
  for (const [key, retry] of state.retries) if (retry.process === process.name) state.retries.delete(key);
  for (const broker of state.brokers.values()) {
    for (const [id, subscription] of broker.subscriptions) {
      if (subscription.process === process.name) {
        broker.subscriptions.set(id, { ...subscription, live: false, underWay: 0 });
      }
    }
  }
}

function forgetSubscriptions(state: SystemState, process: string): void {
  for (const broker of state.brokers.values()) {
    for (const [id, subscription] of broker.subscriptions) {
      if (subscription.process === process) broker.subscriptions.delete(id);
    }
  }
}
