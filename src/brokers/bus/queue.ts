import type { Message } from '../../log/envelope';
import type { BrokerPort, Outcome } from '../broker';
import { appendRetry, type Attempt } from './attempt';
import { Backlog, type Waiting } from './backlog';
import { queueDepthMax } from './bus';
import { waitAfter } from './retry';
import type { Subscription } from './subscription';

/** How long a delivery from a durable queue may stay without an answer before it goes back, when a link lost it. */
export const ackTimeoutMs = 30_000;

export interface Consumer {
  readonly subscription: Subscription;
  /** Deliveries it has not answered. */
  unacked: number;
}

interface BusQueueOptions {
  readonly name: string;
  readonly broker: string;
  readonly port: BrokerPort;
  deliver(waiting: Waiting, consumer: Consumer, onSettled: (outcome: Outcome, delivery: Attempt) => void): void;
  giveUp(failed: Attempt, outcome: Extract<Outcome, { readonly type: 'failed' }>): void;
}

/**
 * A durable queue with competing consumers: first in, first out, and each message goes to the next consumer, in turn, whose
 * pattern matches it and that has room in its prefetch window. What no consumer of the moment matches waits and holds up
 * nobody else: a queue gets what any consumer it ever had asked for, as a queue keeps its bindings when consumers go.
 * A message is ready, unacked or waiting for a retry, and always exactly one of them.
 */
export class BusQueue {
  readonly name: string;
  readonly #options: BusQueueOptions;
  readonly #ready = new Backlog();
  /** The one whose turn it is comes first. */
  readonly #consumers: Consumer[] = [];
  #stopped = false;

  constructor(options: BusQueueOptions) {
    this.name = options.name;
    this.#options = options;
  }

  wants(eventName: string): boolean {
    return this.#ready.wants(eventName);
  }

  addConsumer(subscription: Subscription): void {
    this.#ready.addPattern(subscription.pattern);
    this.#consumers.push({ subscription, unacked: 0 });
    this.#pump();
  }

  removeConsumer(subscription: Subscription): void {
    const index = this.#consumers.findIndex((consumer) => consumer.subscription === subscription);
    if (index >= 0) this.#consumers.splice(index, 1);
  }

  get isFull(): boolean {
    return this.#ready.depth >= queueDepthMax;
  }

  /** `redrivenFrom`: the dead-letter queue from which it comes back. */
  enqueue(message: Message, cause: number, redrivenFrom?: string): void {
    const { port, broker } = this.#options;
    if (this.isFull) {
      port.append({
        type: 'message.dropped',
        cause,
        message: message.id,
        broker,
        queue: this.name,
        reason: 'queue-full',
      });
      return;
    }
    const seq = port.append({ type: 'message.enqueued', cause, message: message.id, broker, queue: this.name });
    this.#ready.add({ message, attempt: 1, waitedMs: 0, redrivenFrom, cause: seq });
    this.#pump();
  }

  /** Hands nothing out until it is started; what waits is kept. */
  stop(): void {
    this.#stopped = true;
  }

  start(): void {
    this.#stopped = false;
    this.#pump();
  }

  #pump(): void {
    if (this.#stopped) return;
    while (this.#consumers.some(hasRoom)) {
      const next = this.#ready.takeFor((eventName) => this.#consumerFor(eventName));
      if (next === undefined) return;
      const { taker, entry } = next;
      this.#consumers.splice(this.#consumers.indexOf(taker), 1);
      this.#consumers.push(taker);
      taker.unacked++;
      this.#options.deliver(entry, taker, (outcome, delivery) => {
        taker.unacked--;
        this.#settled(outcome, delivery);
        this.#pump();
      });
    }
  }

  #consumerFor(eventName: string): Consumer | undefined {
    return this.#consumers.find((consumer) => hasRoom(consumer) && consumer.subscription.matches(eventName));
  }

  #settled(outcome: Outcome, delivery: Attempt): void {
    const { port } = this.#options;
    switch (outcome.type) {
      case 'succeeded':
        return;
      case 'gone':
        this.#requeue(delivery, delivery.attempt, delivery.waitedMs, outcome.cause);
        return;
      case 'lost':
        port.wakeAt(port.nowMs + ackTimeoutMs, () => {
          this.#requeue(delivery, delivery.attempt, delivery.waitedMs, outcome.cause);
          this.#pump();
        });
        return;
      case 'failed': {
        if (delivery.isLast) {
          this.#options.giveUp(delivery, outcome);
          return;
        }
        const { attempt, waitedMs, to } = delivery;
        const waitMs = waitAfter(attempt, waitedMs, to.retry, () => port.chance());
        const { dueAtMs, seq } = appendRetry(port, delivery, waitMs, outcome.cause);
        port.wakeAt(dueAtMs, () => {
          this.#requeue(delivery, attempt + 1, waitMs, seq);
          this.#pump();
        });
      }
    }
  }

  #requeue(delivery: Attempt, attempt: number, waitedMs: number, cause: number): void {
    const { port, broker } = this.#options;
    const { message, redrivenFrom } = delivery;
    const seq = port.append({
      type: 'message.requeued',
      cause,
      message: message.id,
      broker,
      queue: this.name,
      delivery: delivery.id,
    });
    this.#ready.addFirst({ message, attempt, waitedMs, redrivenFrom, cause: seq });
  }
}

function hasRoom({ unacked, subscription }: Consumer): boolean {
  return unacked < subscription.prefetch;
}
