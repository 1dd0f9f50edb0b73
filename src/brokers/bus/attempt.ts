import { wholeMicroseconds } from '../../kernel/instant';
import type { Message } from '../../log/envelope';
import type { BrokerPort, Delivery, ListenerFunction, Outcome } from '../broker';
import type { Subscription } from './subscription';

export interface AttemptOptions {
  readonly message: Message;
  readonly subscription: Subscription;
  readonly queue: string | undefined;
  readonly attempt: number;
  /** How long it waited after the attempt before it. */
  readonly waitedMs: number;
  /** The dead-letter queue from which it was sent back. */
  readonly redrivenFrom: string | undefined;
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
  readonly waitedMs: number;
  readonly redrivenFrom: string | undefined;
  readonly cause: number;
  /** The subscription itself, where `subscription` is its id. */
  readonly to: Subscription;
  /** It failed, and no attempt follows. */
  isLast: boolean;
  readonly #onSettled: (attempt: Attempt, outcome: Outcome) => void;

  constructor(id: string, broker: string, options: AttemptOptions) {
    this.id = id;
    this.message = options.message;
    this.broker = broker;
    this.queue = options.queue;
    this.attempt = options.attempt;
    this.waitedMs = options.waitedMs;
    this.redrivenFrom = options.redrivenFrom;
    this.cause = options.cause;
    this.to = options.subscription;
    this.isLast = options.attempt >= options.subscription.retry.attempts;
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

  get redriven(): boolean {
    return this.redrivenFrom !== undefined;
  }

  /** Takes a retry out of the budget; when there is none left, this was the last attempt all the same. */
  isOverBudget(nowMs: number): boolean {
    if (this.isLast || this.to.budget === undefined || this.to.budget.withdraw(nowMs)) return false;
    this.isLast = true;
    return true;
  }

  onSettled(outcome: Outcome): void {
    this.#onSettled(this, outcome);
  }
}

export function firstAttempt(
  message: Message,
  subscription: Subscription,
  queue: string | undefined,
  cause: number,
  onSettled: AttemptOptions['onSettled'],
): AttemptOptions {
  return { message, subscription, queue, attempt: 1, waitedMs: 0, redrivenFrom: undefined, cause, onSettled };
}

/** Writes that a failed delivery will be tried again, and returns when that is and the entry's `seq`. */
export function appendRetry(
  port: BrokerPort,
  failed: Attempt,
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
