import type { SystemState } from '../../projections/system';

/** How many unacked messages a consumer has, of how many it may have. */
export interface PrefetchWindow {
  readonly subscription: string;
  readonly queue: string;
  readonly held: number;
  readonly limit: number;
}

/** Of the consumers of a process that have a limit, in order of subscription. Pure. */
export function heldBy(system: SystemState, process: string): PrefetchWindow[] {
  const windows: PrefetchWindow[] = [];
  for (const broker of system.brokers.values())
    for (const { subscription, process: owner, prefetch, queue, noAck, live } of broker.subscriptions.values()) {
      if (owner !== process || !live || noAck || prefetch === undefined || queue === undefined) continue;
      let held = 0;
      for (const each of broker.queues.get(queue)?.unacked.values() ?? [])
        if (each.subscription === subscription) held++;
      windows.push({ subscription, queue, held, limit: prefetch });
    }
  return windows;
}
