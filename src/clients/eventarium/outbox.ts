import { waitAfter, type RetryPolicy } from '../../brokers/bus/retry';
import { copyPlain } from '../../log/plain';
import { kindOf, requireDuration, requireText } from './arguments';
import type { Ended } from './environment';
import { EventBus } from './event-bus';
import { Store } from './store';

interface OutboxOptions {
  readonly table?: string;
  readonly everyMs?: number;
}

/** As it lies in the table, and as the publisher gets it. */
interface OutboxEvent {
  readonly id: string;
  readonly type: string;
  readonly data?: unknown;
}

type Publish = (event: OutboxEvent) => unknown;

const retry: Omit<RetryPolicy, 'initialMs'> = {
  attempts: Infinity,
  backoff: 'exponential',
  jitter: 'none',
  budget: undefined,
  maxMs: 30_000,
};

/**
 * Events that are stored in the transaction of what they tell of, and published afterwards by a relay.
 *
 * Invariants
 * 1. An event leaves the table only after its publication has succeeded: what a crash interrupts is published again.
 * 2. Events are published in the order in which they were stored, one after another. One that cannot be published holds up those
 *    behind it, since they may depend on it.
 */
export class Outbox {
  readonly #store: Store;
  readonly #table: string;
  readonly #everyMs: number;
  readonly #publish: Publish;
  /** The publisher as it is called on behalf of what stored the event; of an earlier life's events nothing is known. */
  readonly #onBehalf = new Map<string, Publish>();
  readonly #numbers: { next: number };
  #timer: { cancel(): void } | undefined;
  #isPublishing = false;
  #attempt = 1;
  #stopped = false;

  constructor(store: unknown, to: unknown, options: OutboxOptions) {
    if (!(store instanceof Store))
      throw new TypeError(`outbox(store, publish): the first argument must be a store; it is ${kindOf(store)}.`);
    this.#store = store;
    this.#publish = publisher(to);
    this.#table = requireText(options.table ?? 'outbox', 'outbox(store, publish, options): the table');
    this.#everyMs = requireDuration(options.everyMs ?? 100, 'outbox(store, publish, options): everyMs');
    const { environment } = store;
    this.#numbers = environment.durable(`outbox ${environment.process} ${store.name} ${this.#table}`, () => ({
      next: 1,
    }));
    store.onCommit(() => {
      this.#arm(this.#everyMs);
    });
    environment.onRetire(() => {
      this.stop();
    });
    this.#arm(this.#everyMs);
  }

  put(type: unknown, data?: unknown): OutboxEvent {
    const { environment } = this.#store;
    const plain = copyPlain(data);
    // Like a database's sequence: what is rolled back leaves a gap.
    const id = `${environment.process}-${String(this.#numbers.next++)}`;
    const event: OutboxEvent = {
      id,
      type: requireText(type, 'put(type, data): the type'),
      ...(plain !== undefined && { data: plain }),
    };
    if (!environment.isHeld()) this.#onBehalf.set(id, environment.node.bind(this.#publish));
    this.#store.table(this.#table).insert(id, event);
    return event;
  }

  pending(): number {
    return this.#store.view.count(this.#table);
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  #arm(delayMs: number): void {
    if (this.#stopped || this.#isPublishing || this.#timer !== undefined || this.#first() === undefined) return;
    this.#timer = this.#store.environment.node.schedule(delayMs, () => {
      this.#next();
    });
  }

  #first(): OutboxEvent | undefined {
    return this.#store.firstOf(this.#table) as OutboxEvent | undefined;
  }

  #next(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const event = this.#stopped || this.#isPublishing ? undefined : this.#first();
    if (event === undefined) return;
    this.#isPublishing = true;
    const publish = this.#onBehalf.get(event.id) ?? this.#publish;
    this.#store.environment.work(
      () => publish({ ...event, data: copyPlain(event.data) }),
      (ended) => {
        this.#published(event, ended);
      },
    );
  }

  #published(event: OutboxEvent, ended: Ended): void {
    const { environment, name } = this.#store;
    const facts = {
      type: 'outbox.relayed',
      store: name,
      table: this.#table,
      event: event.id,
      eventType: event.type,
    } as const;
    const attempt = this.#attempt;
    if (ended.type === 'threw') {
      const waitMs = waitAfter(attempt, 0, { ...retry, initialMs: Math.max(this.#everyMs, 1) }, () => 0);
      const dueAtMs = environment.node.nowMs() + waitMs;
      environment.record({ ...facts, attempt, failure: environment.failure(ended.error), dueAtMs });
      this.#attempt++;
      this.#isPublishing = false;
      this.#arm(waitMs);
      return;
    }
    environment.record({ ...facts, attempt });
    this.#attempt = 1;
    this.#onBehalf.delete(event.id);
    void this.#store.transaction(() => {
      this.#isPublishing = false;
      this.#store.table(this.#table).delete(event.id);
    });
    // Waiting for its turn, it has not been marked yet.
    if (!this.#isPublishing) this.#next();
  }
}

function publisher(to: unknown): Publish {
  if (to instanceof EventBus) return ({ type, data }) => to.emit(type, data);
  if (typeof to === 'function') return to as Publish;
  throw new TypeError(
    `outbox(store, publish): the second argument must be an event bus, or a function that publishes; it is ${kindOf(to)}.`,
  );
}
