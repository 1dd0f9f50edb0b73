import type { Message } from '../../log/envelope';
import type { Delivery, ListenerFunction, Outcome } from '../broker';
import type { Subscription } from './bus';

export interface AttemptOptions {
  readonly message: Message;
  readonly subscription: Subscription;
  readonly queue: string | undefined;
  readonly attempt: number;
  readonly cause: number;
  readonly onSettled: (attempt: Attempt, outcome: Outcome) => void;
}

/** One attempt of a bus to hand a message to a listener. */
export class Attempt implements Delivery {
  readonly id: string;
  readonly message: Message;
  readonly broker: string;
  readonly queue: string | undefined;
  readonly subscription: string;
  readonly process: string;
  readonly listener: string;
  readonly attempt: number;
  readonly attempts: number;
  readonly timeoutMs: number | undefined;
  readonly replayed = false;
  readonly cause: number;
  readonly handle: ListenerFunction;
  /** The subscription itself, where `subscription` is its id. */
  readonly to: Subscription;
  readonly #onSettled: (attempt: Attempt, outcome: Outcome) => void;

  constructor(id: string, broker: string, options: AttemptOptions) {
    const { message, subscription, queue, attempt, cause, onSettled } = options;
    this.id = id;
    this.message = message;
    this.broker = broker;
    this.queue = queue;
    this.subscription = subscription.id;
    this.process = subscription.process;
    this.listener = subscription.listener;
    this.attempt = attempt;
    this.attempts = subscription.retry.attempts;
    this.timeoutMs = subscription.timeoutMs;
    this.cause = cause;
    this.handle = subscription.handle;
    this.to = subscription;
    this.#onSettled = onSettled;
  }

  onSettled(outcome: Outcome): void {
    this.#onSettled(this, outcome);
  }
}
