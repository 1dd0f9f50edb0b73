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

/** One attempt of a bus to hand a message to a listener. There are many: what the subscription knows is asked of it. */
export class Attempt implements Delivery {
  readonly id: string;
  readonly message: Message;
  readonly broker: string;
  readonly queue: string | undefined;
  readonly attempt: number;
  readonly cause: number;
  /** The subscription itself, where `subscription` is its id. */
  readonly to: Subscription;
  readonly #onSettled: (attempt: Attempt, outcome: Outcome) => void;

  constructor(id: string, broker: string, options: AttemptOptions) {
    this.id = id;
    this.message = options.message;
    this.broker = broker;
    this.queue = options.queue;
    this.attempt = options.attempt;
    this.cause = options.cause;
    this.to = options.subscription;
    this.#onSettled = options.onSettled;
  }

  get subscription(): string {
    return this.to.id;
  }

  get process(): string {
    return this.to.process;
  }

  get listener(): string {
    return this.to.listener;
  }

  get attempts(): number {
    return this.to.retry.attempts;
  }

  get timeoutMs(): number | undefined {
    return this.to.timeoutMs;
  }

  get handle(): ListenerFunction {
    return this.to.handle;
  }

  get replayed(): boolean {
    return false;
  }

  onSettled(outcome: Outcome): void {
    this.#onSettled(this, outcome);
  }
}
