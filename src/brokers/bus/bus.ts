import { assert } from '../../kernel/assert';
import type { Message } from '../../log/envelope';
import type { Broker, BrokerPort, Outcome, Redrive, Redriven, Replay } from '../broker';
import { appendRetry, Attempt, firstAttempt, type AttemptOptions } from './attempt';
import { DeadLetters, type DeadLetter, type DeadReason, isPicked } from './dead-letters';
import { History, type Picked } from './history';
import { createMatcher } from './pattern';
import { BusQueue } from './queue';
import { startReplay } from './replayer';
import { waitAfter } from './retry';
import { routeOf, type Route } from './route';
import type { BusSettings } from './settings';
import { isLike, overOnce, subscriptionOf, type Subscription, type SubscriptionSpec } from './subscription';
import { WorkerPool } from './worker-pool';

export const queueDepthMax = 100_000;

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
 * 7. What is sent back from a dead-letter queue goes to whoever had given it up, and to nobody else; it ends handled, or as a
 *    dead letter again, whatever happens on the way.
 * 8. Stopped, it takes nothing: what is published meanwhile is dropped, and so is what it holds in memory only, the line of queue mode
 *    and retries of plain subscriptions that fall due. Durable queues and the history are on disk. Clients subscribe again by themselves.
 */
export class Bus implements Broker {
  readonly name: string;
  readonly #keeps: boolean;
  readonly #history: History;
  readonly #port: BrokerPort;
  readonly #subscriptions: Subscription[] = [];
  readonly #queues = new Map<string, BusQueue>();
  readonly #routes = new Map<string, Route>();
  readonly #pool: WorkerPool | undefined;
  readonly #dead = new DeadLetters();
  isStopped = false;

  constructor(name: string, settings: BusSettings, port: BrokerPort) {
    this.name = name;
    this.#port = port;
    this.#keeps = settings.keeps === true;
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
          this.#deliver(firstAttempt(message, subscription, name, cause, settled));
        },
      });
    }
  }

  get kind(): string {
    return 'bus';
  }

  stop(cause: number): void {
    this.isStopped = true;
    for (const waits of [...this.#queues.values(), this.#pool]) waits?.stop(cause);
  }

  start(): void {
    this.isStopped = false;
    for (const waits of [...this.#queues.values(), this.#pool]) waits?.start();
  }

  accept(message: Message, cause: number, sentAtMs: number): void {
    if (this.isStopped) return this.#dropStopped(message, cause);
    this.#history.keep(message, sentAtMs);
    const { subscriptions, queues, ids, queueNames } = this.#route(message.type);
    const pool = this.#pool;
    const port = this.#port;
    const isUnheard = subscriptions.length === 0 && queues.length === 0;
    const seq = port.write({
      seq: port.nextSeq,
      atMs: port.nowMs,
      type: 'message.routed',
      cause,
      message: message.id,
      broker: this.name,
      subscriptions: ids,
      queues: queueNames,
      kept: isUnheard && this.#keeps ? true : undefined,
    });
    if (isUnheard && !this.#keeps) {
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
        this.#deliver(firstAttempt(message, subscription, undefined, seq, onSettled));
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
      compensates: spec.compensates,
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
  logged(pattern: string, within: Omit<Picked, 'matches'>): readonly Message[] {
    return this.#history.pick({ matches: createMatcher(pattern), ...within });
  }

  replay(replay: Replay): boolean {
    const { process, listener, pattern = '#', fromMs = 0, toMs = Infinity, correlation, publisher } = replay;
    const targets = this.subscriptionsOf(process).filter(
      (each) => listener === undefined || each.listener === listener,
    );
    if (targets.length === 0) return false;
    const source = publisher === undefined ? undefined : `/${publisher}`;
    const messages = this.logged(pattern, { fromMs, toMs, correlation, source });
    startReplay({ broker: this.name, port: this.#port, replay, messages, targets });
    return true;
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
      route = routeOf(eventName, this.#subscriptions, this.#queues.values(), this.#pool && this.name);
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
        deliver: ({ message, attempt, waitedMs, redrivenFrom, cause }, { subscription }, onSettled) => {
          const settled = (delivery: Attempt, outcome: Outcome): void => {
            onSettled(outcome, delivery);
            // What it did not manage is for the others of the queue.
            overOnce(subscription);
          };
          this.#deliver({
            message,
            subscription,
            queue: name,
            attempt,
            waitedMs,
            redrivenFrom,
            cause,
            onSettled: settled,
          });
        },
        giveUp: (failed, outcome) => {
          this.#deadLetter(failed, outcome);
        },
      });
      if (this.isStopped) queue.stop();
      this.#queues.set(name, queue);
    }
    return queue;
  }

  /** Sends one attempt; a plain subscription's retries are scheduled here, a queue's by the queue. */
  #deliver(options: AttemptOptions): void {
    const { subscription, cause } = options;
    if (subscription.once) this.unsubscribe(subscription, { cause });
    if (options.attempt === 1) subscription.budget?.deposit(this.#port.nowMs);
    this.#port.dispatch(new Attempt(this.#port.nextId('delivery'), this.name, options));
  }

  /** A plain subscription's attempt has ended, or one of a worker. */
  readonly #onSettled = (attempt: Attempt, outcome: Outcome): void => {
    if (outcome.type === 'failed' && !attempt.isLast) return this.#retry(attempt, outcome.cause);
    if (outcome.type === 'failed' || (outcome.type !== 'succeeded' && attempt.redriven))
      this.#deadLetter(attempt, outcome);
    overOnce(attempt.to);
  };

  #retry(failed: Attempt, cause: number): void {
    const subscription = failed.to;
    const waitMs = waitAfter(failed.attempt, failed.waitedMs, subscription.retry, () => this.#port.chance());
    const { dueAtMs, seq } = appendRetry(this.#port, failed, waitMs, cause);
    this.#port.wakeAt(dueAtMs, () => {
      const { message, redrivenFrom } = failed;
      if (this.isStopped) {
        overOnce(subscription);
        return failed.redriven
          ? this.#deadLetter(failed, { type: 'gone', cause: seq })
          : this.#dropStopped(message, seq);
      }
      const present = this.#presentOf(subscription) ?? (subscription.once ? subscription : undefined);
      if (present)
        this.#deliver({
          message,
          subscription: present,
          queue: undefined,
          attempt: failed.attempt + 1,
          waitedMs: waitMs,
          redrivenFrom,
          cause: seq,
          onSettled: this.#onSettled,
        });
      else if (failed.redriven) this.#deadLetter(failed, { type: 'gone', cause: seq });
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

  #dropStopped({ id }: Message, cause: number): void {
    this.#port.append({ type: 'message.dropped', cause, message: id, broker: this.name, reason: 'broker-stopped' });
  }

  #deadLetter(last: Attempt, outcome: Exclude<Outcome, { readonly type: 'succeeded' }>): void {
    const { message, to: subscription, attempt, attempts } = last;
    // What was sent back is never lost, even when its listener no longer says where it should go.
    const queue = subscription.deadLetter ?? last.redrivenFrom;
    if (queue === undefined) return;
    const failure = outcome.type === 'failed' ? outcome.failure : undefined;
    const reason: DeadReason = failure === undefined ? 'unanswered' : attempt < attempts ? 'budget' : 'attempts';
    const letter = { message, subscription, attempts: attempt, reason, failure, diedAtMs: this.#port.nowMs };
    const facts = { cause: outcome.cause, message: message.id, broker: this.name, queue };
    if (this.#dead.add(queue, letter, queueDepthMax))
      this.#port.append({
        type: 'message.dead-lettered',
        ...facts,
        listener: subscription.listener,
        attempts: attempt,
        reason,
      });
    else this.#port.append({ type: 'message.dropped', ...facts, reason: 'queue-full' });
  }

  /** The dead letters of one queue, oldest first. */
  deadLetters(queue: string): readonly DeadLetter[] {
    return this.#dead.in(queue);
  }

  redrive({ queue, cause, where, edit, ...which }: Redrive): Redriven {
    const picked = this.#dead.in(queue).filter((letter) => isPicked(letter, which));
    return this.redriveLetters(queue, new Map(picked.map((letter) => [letter, edit?.(letter)])), { cause, where });
  }

  /** Sends these back, each with the payload that it is given here, or its own. */
  redriveLetters(
    queue: string,
    picked: ReadonlyMap<DeadLetter, { readonly data: unknown } | undefined>,
    by: { cause: number; where: string | undefined },
  ): Redriven {
    const done = [...picked].filter(([letter, edited]) => this.#sendBack(queue, letter, edited, by));
    return { redriven: done.length, kept: picked.size - done.length };
  }

  /** False when nobody is there to take it: it stays. */
  #sendBack(
    from: string,
    letter: DeadLetter,
    edited: { readonly data: unknown } | undefined,
    by: { cause: number; where: string | undefined },
  ): boolean {
    const { subscription } = letter;
    const { listener, process, queue: source } = subscription;
    const queue = source === undefined ? undefined : this.#queue(source);
    const heirs = this.#subscriptions.filter((other) => isLike(other, subscription));
    const heir = heirs[subscription.rank] ?? heirs[0];
    if (queue === undefined ? heir === undefined : queue.isFull) return false;
    this.#dead.remove(from, letter);
    const message = edited === undefined ? letter.message : { ...letter.message, data: edited.data };
    const seq = this.#port.append({
      type: 'message.redriven',
      ...by,
      message: message.id,
      broker: this.name,
      queue: from,
      to: source,
      process: source === undefined ? process : undefined,
      listener,
      data: edited?.data,
    });
    if (queue) queue.enqueue(message, seq, from);
    else if (heir)
      this.#deliver({
        message,
        subscription: heir,
        queue: undefined,
        attempt: 1,
        waitedMs: 0,
        redrivenFrom: from,
        cause: seq,
        onSettled: this.#onSettled,
      });
    return true;
  }
}
