import type { BusQueue } from './queue';
import type { Subscription } from './subscription';

/** Who gets an event of one name: computed once per name and forgotten when a subscription comes or goes. */
export interface Route {
  readonly subscriptions: readonly Subscription[];
  readonly queues: readonly BusQueue[];
  /** The two as the log names them. */
  readonly ids: readonly string[];
  readonly queueNames: readonly string[];
}

/** `pooled` is the name of the bus in queue mode, whose workers take what subscriptions without a queue get. */
export function routeOf(
  eventName: string,
  all: readonly Subscription[],
  allQueues: Iterable<BusQueue>,
  pooled: string | undefined,
): Route {
  const subscriptions = all.filter(({ queue, matches }) => queue === undefined && matches(eventName));
  const queues = [...allQueues].filter((queue) => queue.wants(eventName));
  const isPooled = pooled !== undefined && subscriptions.length > 0;
  return {
    subscriptions,
    queues,
    ids: pooled === undefined ? subscriptions.map(({ id }) => id) : [],
    queueNames: [...(isPooled ? [pooled] : []), ...queues.map(({ name }) => name)],
  };
}
