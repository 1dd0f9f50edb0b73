import type { Fate } from '../../projections/fate';
import type { QueueState, SystemState } from '../../projections/system';

/** Messages of a queue as they stand in it: those held by consumers first, then the head of what is ready, then what waits. */
export type QueueRow = { readonly key: string; readonly message: string } & (
  | { readonly type: 'ready'; readonly attempt: 1 }
  | { readonly type: 'unacked'; readonly attempt: number; readonly process: string }
  | { readonly type: 'retrying'; readonly attempt: number; readonly dueAtMs: number }
);

/** More would be a list to search, and the log is that list. */
export const rowsMax = 50;

export function queueRows(queue: QueueState): readonly QueueRow[] {
  return [
    ...[...queue.unacked.values()].map(({ delivery, message, process, attempt }): QueueRow => ({
      key: delivery,
      type: 'unacked',
      message,
      process,
      attempt,
    })),
    ...queue.ready.map((message, at): QueueRow => ({
      key: `${String(at)} ${message}`,
      type: 'ready',
      message,
      attempt: 1,
    })),
    ...[...queue.retrying.values()].map(({ message, nextAttempt, dueAtMs }): QueueRow => ({
      key: `retry ${message}`,
      type: 'retrying',
      message,
      attempt: nextAttempt,
      dueAtMs,
    })),
  ];
}

/** A message that a broker has handed over and that has not come to its end, without standing in a queue. */
export interface UnderWayRow {
  readonly key: string;
  readonly message: string;
  readonly fate: Fate;
  readonly attempt: number;
  /** `arriving`: on its way to the broker. */
  readonly state: 'arriving' | 'on the way' | 'handling' | 'retry';
  /** Who gets it, or has it; absent on the way to the broker. */
  readonly process: string | undefined;
  /** When it arrives, or is tried again. */
  readonly dueAtMs: number | undefined;
}

/** What a broker without a queue holds: what comes, what goes, what is being handled, and what waits for another attempt. */
export function underWayRows(system: SystemState, broker: string): readonly UnderWayRow[] {
  const rows: UnderWayRow[] = [];
  for (const [key, flight] of system.flights) {
    const isArriving = flight.delivery === undefined && flight.to === broker;
    if (flight.queue !== undefined || !(isArriving || flight.from === broker)) continue;
    rows.push({
      key,
      message: flight.message,
      fate: fateOf(flight),
      attempt: flight.attempt,
      state: isArriving ? 'arriving' : 'on the way',
      process: isArriving ? undefined : flight.to,
      dueAtMs: flight.arrivesAtMs,
    });
  }
  for (const process of system.processes.values()) {
    for (const one of process.deliveries.values()) {
      if (one.broker !== broker || one.queue !== undefined) continue;
      const { delivery: key, message, attempt } = one;
      rows.push({
        key,
        message,
        fate: fateOf(one),
        attempt,
        state: 'handling',
        process: process.name,
        dueAtMs: undefined,
      });
    }
  }
  for (const [key, retry] of system.retries) {
    if (retry.broker !== broker) continue;
    const { message, process, nextAttempt: attempt, dueAtMs } = retry;
    rows.push({ key, message, fate: 'retried', attempt, state: 'retry', process, dueAtMs });
  }
  return rows;
}

function fateOf({ replayed, attempt }: { readonly replayed: boolean; readonly attempt: number }): Fate {
  return replayed ? 'replayed' : attempt > 1 ? 'retried' : 'flight';
}
