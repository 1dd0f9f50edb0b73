import { assert } from '../../kernel/assert';
import { wholeMicroseconds } from '../../kernel/instant';
import type { Message } from '../../log/envelope';
import type { Broker, BrokerPort, Delivery, ListenerFunction, Outcome } from '../broker';
import { Attempt, type AttemptOptions } from './attempt';
import { History } from './history';
import { createMatcher } from './pattern';
import { BusQueue } from './queue';
import { waitAfter, type RetryPolicy } from './retry';
import { WorkerPool } from './worker-pool';

/**
 * The playground's own event bus.
 *
 * Invariants
 * 1. Every message that reaches the bus is kept, in order, for replay (`history`), the newest of them, up to `historyMax`.
 * 2. A plain subscription gets a matching message at once, in subscription order; while its process is down it misses it.
 * 3. A durable queue gets a matching message once, whatever the number of its patterns that match, offers it only to
 *    consumers whose own pattern matches, and keeps it until one has answered for it; what a dead consumer had not answered
 *    goes back to the head, in order.
 * 4. In queue mode one list of events is worked off by `workers` workers; a worker runs the listeners of its event one
 *    after another, in subscription order.
 * 5. One listener's failure never reaches another.
 * 6. What a plain subscription still had to do when its file was edited (a retry, its turn at an event in queue mode) is
 *    done by the one that the new text made in its place: of the same process, name and pattern.
 */
export interface BusSettings {
  readonly mode: 'direct' | 'queue';
  /** Queue mode only: how many events are worked on at once. */
  readonly workers: number;
}

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
}

export interface Subscription extends SubscriptionSpec {
  readonly id: string;
  readonly matches: (eventName: string) => boolean;
  /** How many like it, of one process, name and pattern, there were when it came. */
  readonly rank: number;
  active: boolean;
  /** An edit of its file ended it: what it still had to do passes to its successor. */
  replaced: boolean;
}

export const queueDepthMax = 100_000;

/** Who gets an event of one name: computed once per name and forgotten when a subscription comes or goes. */
interface Route {
  readonly subscriptions: readonly Subscription[];
  readonly queues: readonly BusQueue[];
  /** The two as the log names them. */
  readonly ids: readonly string[];
  readonly queueNames: readonly string[];
}

export class Bus implements Broker {
  readonly kind = 'bus';
  readonly name: string;
  readonly #history: History;
  readonly #port: BrokerPort;
  readonly #subscriptions: Subscription[] = [];
  readonly #queues = new Map<string, BusQueue>();
  readonly #routes = new Map<string, Route>();
  readonly #pool: WorkerPool | undefined;

  constructor(name: string, settings: BusSettings, port: BrokerPort) {
    this.name = name;
    this.#port = port;
    this.#history = new History((atMs) => port.timeText(atMs));
    if (settings.mode === 'queue') {
      this.#pool = new WorkerPool({
        broker: name,
        workers: settings.workers,
        port,
        listenersOf: (message) => this.#route(message.type).subscriptions,
        presentOf: (subscription) => this.#presentOf(subscription),
        deliver: (message, subscription, cause, onSettled) => {
          const settled = (attempt: Attempt, outcome: Outcome): void => {
            onSettled(outcome);
            this.#onSettled(attempt, outcome);
          };
          this.#deliver({ message, subscription, queue: name, attempt: 1, cause, onSettled: settled });
        },
      });
    }
  }

  accept(message: Message, cause: number, sentAtMs: number): void {
    this.#history.keep(message, sentAtMs);
    const { subscriptions, queues, ids, queueNames } = this.#route(message.type);
    const pool = this.#pool;
    const port = this.#port;
    const seq = port.write({
      seq: port.nextSeq,
      atMs: port.nowMs,
      type: 'message.routed',
      cause,
      message: message.id,
      broker: this.name,
      subscriptions: ids,
      queues: queueNames,
    });
    if (subscriptions.length === 0 && queues.length === 0) {
      this.#port.append({
        type: 'message.dropped',
        cause: seq,
        message: message.id,
        broker: this.name,
        reason: 'no-subscriber',
      });
      return;
    }
    for (const queue of queues) queue.enqueue(message, seq);
    if (pool) {
      if (subscriptions.length > 0) pool.enqueue(message, seq);
    } else {
      const onSettled = this.#onSettled;
      for (const subscription of subscriptions) {
        this.#deliver({ message, subscription, queue: undefined, attempt: 1, cause: seq, onSettled });
      }
    }
  }

  subscribe(spec: SubscriptionSpec, from: { cause: number; where: string | undefined }): Subscription {
    const id = this.#port.nextId('subscription');
    const rank = this.#subscriptions.filter((other) => isLike(other, spec)).length;
    const matches = createMatcher(spec.pattern);
    const subscription = subscriptionOf(spec, { id, matches, rank });
    this.#subscriptions.push(subscription);
    this.#routes.clear();
    this.#port.append({
      type: 'listener.subscribed',
      cause: from.cause,
      where: from.where,
      broker: this.name,
      subscription: id,
      process: spec.process,
      listener: spec.listener,
      pattern: spec.pattern,
      queue: spec.queue,
      prefetch: spec.queue === undefined ? undefined : spec.prefetch,
      attempts: spec.retry.attempts,
      timeoutMs: spec.timeoutMs,
      deadLetter: spec.deadLetter,
    });
    if (spec.queue !== undefined) this.#queue(spec.queue).addConsumer(subscription);
    return subscription;
  }

  unsubscribe(subscription: Subscription, from: { cause: number; where?: string | undefined }): void {
    if (!subscription.active) return;
    this.#end(subscription);
    const { id, process, listener } = subscription;
    this.#port.append({
      type: 'listener.unsubscribed',
      cause: from.cause,
      where: from.where,
      broker: this.name,
      subscription: id,
      process,
      listener,
    });
  }

  /** As `unsubscribe`, when the process goes on with a newer text of its file. */
  replace(subscription: Subscription, from: { cause: number; where?: string | undefined }): void {
    subscription.replaced = subscription.active;
    this.unsubscribe(subscription, from);
  }

  subscriptionsOf(process: string): readonly Subscription[] {
    return this.#subscriptions.filter((subscription) => subscription.process === process);
  }

  processGone(process: string): void {
    for (const subscription of this.subscriptionsOf(process)) this.#end(subscription);
  }

  configure(setting: string, value: number, cause: number): boolean {
    if (setting !== 'workers' || !this.#pool) return false;
    this.#port.append({ type: 'broker.changed', cause, broker: this.name, settings: { workers: value } });
    this.#pool.setWorkers(value);
    return true;
  }

  /** Messages kept that match a pattern and were published within a span of virtual time. */
  logged(pattern: string, within: { fromMs: number; toMs: number }): readonly Message[] {
    return this.#history.pick({ matches: createMatcher(pattern), ...within });
  }

  #end(subscription: Subscription): void {
    assert(subscription.active, 'a subscription ends once');
    subscription.active = false;
    this.#subscriptions.splice(this.#subscriptions.indexOf(subscription), 1);
    this.#routes.clear();
    if (subscription.queue !== undefined) this.#queues.get(subscription.queue)?.removeConsumer(subscription);
  }

  /** Who stands where the subscription stood: itself, its successor after an edit, or nobody. */
  #presentOf(subscription: Subscription): Subscription | undefined {
    if (subscription.active) return subscription;
    if (!subscription.replaced) return undefined;
    return this.#subscriptions.filter((other) => isLike(other, subscription))[subscription.rank];
  }

  #route(eventName: string): Route {
    let route = this.#routes.get(eventName);
    if (route === undefined) {
      const subscriptions = this.#subscriptions.filter(
        ({ queue, matches }) => queue === undefined && matches(eventName),
      );
      const queues = [...this.#queues.values()].filter((queue) => queue.wants(eventName));
      const pooled = this.#pool !== undefined && subscriptions.length > 0;
      route = {
        subscriptions,
        queues,
        ids: this.#pool ? [] : subscriptions.map(({ id }) => id),
        queueNames: [...(pooled ? [this.name] : []), ...queues.map(({ name }) => name)],
      };
      this.#routes.set(eventName, route);
    }
    return route;
  }

  #queue(name: string): BusQueue {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      queue = new BusQueue({
        name,
        broker: this.name,
        port: this.#port,
        deliver: (message, { subscription }, attempt, cause, onSettled) => {
          const settled = (delivery: Attempt, outcome: Outcome): void => {
            onSettled(outcome, delivery);
            // What it did not manage is for the others of the queue.
            overOnce(subscription);
          };
          this.#deliver({ message, subscription, queue: name, attempt, cause, onSettled: settled });
        },
        giveUp: (message, { subscription }, attempts, cause) => {
          this.#deadLetter(message, subscription, attempts, cause);
        },
      });
      this.#queues.set(name, queue);
    }
    return queue;
  }

  /** Sends one attempt; a plain subscription's retries are scheduled here, a queue's by the queue. */
  #deliver(options: AttemptOptions): void {
    const { subscription, cause } = options;
    if (subscription.once) this.unsubscribe(subscription, { cause });
    this.#port.dispatch(new Attempt(this.#port.nextId('delivery'), this.name, options));
  }

  /** A plain subscription's attempt has ended, or one of a worker. */
  readonly #onSettled = (attempt: Attempt, outcome: Outcome): void => {
    if (outcome.type === 'failed') this.#retry(attempt, outcome.cause);
    else overOnce(attempt.to);
  };

  #retry(failed: Attempt, cause: number): void {
    const subscription = failed.to;
    if (failed.attempt >= failed.attempts) {
      this.#deadLetter(failed.message, subscription, failed.attempt, cause);
      overOnce(subscription);
      return;
    }
    const waitMs = waitAfter(failed.attempt, subscription.retry, () => this.#port.chance());
    const { dueAtMs, seq } = appendRetry(this.#port, failed, waitMs, cause);
    this.#port.wakeAt(dueAtMs, () => {
      const { message } = failed;
      const present = this.#presentOf(subscription) ?? (subscription.once ? subscription : undefined);
      if (present)
        this.#deliver({
          message,
          subscription: present,
          queue: undefined,
          attempt: failed.attempt + 1,
          cause: seq,
          onSettled: this.#onSettled,
        });
      else
        this.#port.append({
          type: 'message.dropped',
          cause: seq,
          message: message.id,
          broker: this.name,
          reason: 'consumer-gone',
        });
    });
  }

  #deadLetter(message: Message, subscription: Subscription, attempts: number, cause: number): void {
    if (subscription.deadLetter === undefined) return;
    this.#port.append({
      type: 'message.dead-lettered',
      cause,
      message: message.id,
      broker: this.name,
      queue: subscription.deadLetter,
      listener: subscription.listener,
      attempts,
      reason: 'attempts',
    });
  }
}

/**
 * Written out: engines give every copy made with a spread a shape of its own, and whatever is asked of a subscription is asked
 * for each delivery.
 */
function subscriptionOf(
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
    active: true,
    replaced: false,
  };
}

function overOnce(subscription: Subscription): void {
  if (subscription.once) subscription.onOver();
}

function isLike(one: SubscriptionSpec, other: SubscriptionSpec): boolean {
  const { process, listener, pattern, queue } = one;
  return process === other.process && listener === other.listener && pattern === other.pattern && queue === other.queue;
}

/** Writes that a failed delivery will be tried again, and returns when that is and the entry's `seq`. */
export function appendRetry(
  port: BrokerPort,
  failed: Delivery,
  waitMs: number,
  cause: number,
): { readonly dueAtMs: number; readonly seq: number } {
  const dueAtMs = wholeMicroseconds(port.nowMs + waitMs);
  const seq = port.append({
    type: 'delivery.retry-scheduled',
    cause,
    delivery: failed.id,
    message: failed.message.id,
    broker: failed.broker,
    process: failed.process,
    listener: failed.listener,
    attempt: failed.attempt,
    nextAttempt: failed.attempt + 1,
    attempts: failed.attempts,
    dueAtMs,
  });
  return { dueAtMs, seq };
}
