import type { ListenerFunction } from '../broker';
import { RetryBudget, type RetryPolicy } from './retry';

export interface SubscriptionSpec {
  readonly pattern: string;
  readonly process: string;
  readonly listener: string;
  readonly handle: ListenerFunction;
  readonly once: boolean;
  /** Told when a subscription given to `once` has dealt with its event for good, however that went. */
  readonly onOver: () => void;
  /** Consume from this durable queue instead of being called at once. */
  readonly queue: string | undefined;
  readonly prefetch: number;
  readonly retry: RetryPolicy;
  readonly timeoutMs: number | undefined;
  /** Where a message goes when every attempt has failed. */
  readonly deadLetter: string | undefined;
  /** Only told in the log: the event that led to what it undoes. */
  readonly compensates?: string | undefined;
}

export interface Subscription extends SubscriptionSpec {
  readonly id: string;
  readonly matches: (eventName: string) => boolean;
  /** How many like it, of one process, name and pattern, there were when it came. */
  readonly rank: number;
  readonly budget: RetryBudget | undefined;
  active: boolean;
  /** An edit of its file ended it: what it still had to do passes to its successor. */
  replaced: boolean;
}

/**
 * Written out: engines give every copy made with a spread a shape of its own, and whatever is asked of a subscription is asked
 * for each delivery.
 */
export function subscriptionOf(
  spec: SubscriptionSpec,
  { id, matches, rank }: Pick<Subscription, 'id' | 'matches' | 'rank'>,
): Subscription {
  const { pattern, process, listener, handle, once, onOver, queue, prefetch, retry, timeoutMs, deadLetter } = spec;
  return {
    id,
    pattern,
    process,
    listener,
    handle,
    once,
    onOver,
    queue,
    prefetch,
    retry,
    timeoutMs,
    deadLetter,
    matches,
    rank,
    budget: retry.budget && new RetryBudget(retry.budget),
    active: true,
    replaced: false,
  };
}

export function overOnce(subscription: Subscription): void {
  if (subscription.once) subscription.onOver();
}

/** Of one process, name and pattern, on one queue: what the one left undone the other may do. */
export function isLike(one: SubscriptionSpec, other: SubscriptionSpec): boolean {
  const { process, listener, pattern, queue } = one;
  return process === other.process && listener === other.listener && pattern === other.pattern && queue === other.queue;
}
