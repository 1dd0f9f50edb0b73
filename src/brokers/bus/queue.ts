import type { Message } from '../../log/envelope';
import type { BrokerPort, Delivery, Outcome } from '../broker';
import { Backlog } from './backlog';
import { appendRetry, queueDepthMax, type Subscription } from './bus';
import { waitAfter } from './retry';

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
  deliver(
    message: Message,
    consumer: Consumer,
    attempt: number,
    cause: number,
    onSettled: (outcome: Outcome, delivery: Delivery) => void,
  ): void;
  giveUp(message: Message, consumer: Consumer, attempts: number, cause: number): void;
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

  enqueue(message: Message, cause: number): void {
    const { port, broker } = this.#options;
    if (this.#ready.depth >= queueDepthMax) {
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
    this.#ready.add({ message, attempt: 1, cause: seq });
    this.#pump();
  }

  #pump(): void {
    while (this.#consumers.some(hasRoom)) {
      const next = this.#ready.takeFor((eventName) => this.#consumerFor(eventName));
      if (next === undefined) return;
      const { taker, entry } = next;
      this.#consumers.splice(this.#consumers.indexOf(taker), 1);
      this.#consumers.push(taker);
      taker.unacked++;
      this.#options.deliver(entry.message, taker, entry.attempt, entry.cause, (outcome, delivery) => {
        taker.unacked--;
        this.#settled(outcome, delivery, taker);
        this.#pump();
      });
    }
  }

  #consumerFor(eventName: string): Consumer | undefined {
    return this.#consumers.find((consumer) => hasRoom(consumer) && consumer.subscription.matches(eventName));
  }

  #settled(outcome: Outcome, delivery: Delivery, consumer: Consumer): void {
    const { port } = this.#options;
    switch (outcome.type) {
      case 'succeeded':
        return;
      case 'gone':
        this.#requeue(delivery, delivery.attempt, outcome.cause);
        return;
      case 'lost':
        port.wakeAt(port.nowMs + ackTimeoutMs, () => {
          this.#requeue(delivery, delivery.attempt, outcome.cause);
          this.#pump();
        });
        return;
      case 'failed': {
        if (delivery.attempt >= delivery.attempts) {
          this.#options.giveUp(delivery.message, consumer, delivery.attempt, outcome.cause);
          return;
        }
        const waitMs = waitAfter(delivery.attempt, consumer.subscription.retry, () => port.chance());
        const { dueAtMs, seq } = appendRetry(port, delivery, waitMs, outcome.cause);
        port.wakeAt(dueAtMs, () => {
          this.#requeue(delivery, delivery.attempt + 1, seq);
          this.#pump();
        });
      }
    }
  }

  #requeue(delivery: Delivery, attempt: number, cause: number): void {
    const { port, broker } = this.#options;
    const seq = port.append({
      type: 'message.requeued',
      cause,
      message: delivery.message.id,
      broker,
      queue: this.name,
      delivery: delivery.id,
    });
    this.#ready.addFirst({ message: delivery.message, attempt, cause: seq });
  }
}

function hasRoom({ unacked, subscription }: Consumer): boolean {
  return unacked < subscription.prefetch;
}
