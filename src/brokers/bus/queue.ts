import type { Message } from '../../log/envelope';
import type { BrokerPort, Delivery, Outcome } from '../broker';
import { appendRetry, queueDepthMax, type Subscription } from './bus';
import { waitAfter } from './retry';

/** How long a delivery from a durable queue may stay without an answer before it goes back, when a link lost it. */
export const ackTimeoutMs = 30_000;

export interface Consumer {
  readonly subscription: Subscription;
  /** Deliveries it has not answered. */
  unacked: number;
}

interface Waiting {
  readonly message: Message;
  readonly attempt: number;
  readonly cause: number;
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
 * A durable queue with competing consumers: first in, first out; the next message goes to the next consumer, in turn,
 * that has room in its prefetch window. A message is ready, unacked or waiting for a retry, and always exactly one of them.
 */
export class BusQueue {
  readonly name: string;
  readonly #options: BusQueueOptions;
  #ready: Waiting[] = [];
  #head = 0;
  readonly #consumers: Consumer[] = [];
  readonly #patterns = new Map<string, (eventName: string) => boolean>();
  #turn = 0;

  constructor(options: BusQueueOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get depth(): number {
    return this.#ready.length - this.#head;
  }

  wants(eventName: string): boolean {
    for (const matches of this.#patterns.values()) if (matches(eventName)) return true;
    return false;
  }

  addConsumer(subscription: Subscription): void {
    this.#patterns.set(subscription.pattern, subscription.matches);
    this.#consumers.push({ subscription, unacked: 0 });
    this.#pump();
  }

  removeConsumer(subscription: Subscription): void {
    const index = this.#consumers.findIndex((consumer) => consumer.subscription === subscription);
    if (index >= 0) this.#consumers.splice(index, 1);
    if (this.#turn > index) this.#turn--;
  }

  enqueue(message: Message, cause: number): void {
    const { port, broker } = this.#options;
    if (this.depth >= queueDepthMax) {
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
    this.#ready.push({ message, attempt: 1, cause: seq });
    this.#pump();
  }

  #pump(): void {
    while (this.depth > 0) {
      const consumer = this.#nextConsumer();
      if (consumer === undefined) return;
      const waiting = this.#ready[this.#head++] as Waiting;
      if (this.#head > 1_024 && this.#head * 2 > this.#ready.length) {
        this.#ready = this.#ready.slice(this.#head);
        this.#head = 0;
      }
      consumer.unacked++;
      this.#options.deliver(waiting.message, consumer, waiting.attempt, waiting.cause, (outcome, delivery) => {
        consumer.unacked--;
        this.#settled(outcome, delivery, consumer);
        this.#pump();
      });
    }
  }

  /** In turn, skipping whoever has a full window. */
  #nextConsumer(): Consumer | undefined {
    for (let tried = 0; tried < this.#consumers.length; tried++) {
      const consumer = this.#consumers[this.#turn % this.#consumers.length] as Consumer;
      this.#turn = (this.#turn + 1) % this.#consumers.length;
      if (consumer.unacked < consumer.subscription.prefetch) return consumer;
    }
    return undefined;
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
        const dueAtMs = port.nowMs + waitAfter(delivery.attempt, consumer.subscription.retry, () => port.chance());
        const seq = appendRetry(port, delivery, dueAtMs, outcome.cause);
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
    const waiting = { message: delivery.message, attempt, cause: seq };
    if (this.#head > 0) this.#ready[--this.#head] = waiting;
    else this.#ready.unshift(waiting);
  }
}
