import type { BrokerState } from '../../projections/system';
import type { ConnectionState } from '../../projections/system-topology';

/** A channel of a connection: what its consumers hold, and how much they may. */
export interface ChannelRow {
  readonly channel: number;
  readonly unacked: number;
  /** Limit that its consumers share; 0 is none. */
  readonly shared: number;
  /** Limits of its consumers, in order of subscription; those without one are left out. */
  readonly limits: readonly number[];
}

export function channelRows(broker: BrokerState, { connection, channels }: ConnectionState): ChannelRow[] {
  return channels.map(({ channel, prefetch: shared }) => {
    // What a crashed process holds is its channel's until the broker hears of the crash.
    const consumers = [...broker.subscriptions.values()].filter(
      (each) => each.connection === connection && each.channel === channel,
    );
    const own = new Set(consumers.map(({ subscription }) => subscription));
    let unacked = 0;
    for (const queue of broker.queues.values())
      for (const held of queue.unacked.values()) if (own.has(held.subscription)) unacked++;
    return { channel, unacked, shared, limits: consumers.flatMap(({ live, prefetch }) => (live && prefetch) || []) };
  });
}
