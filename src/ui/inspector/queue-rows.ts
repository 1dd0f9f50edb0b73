import type { QueueState } from '../../projections/system';

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
