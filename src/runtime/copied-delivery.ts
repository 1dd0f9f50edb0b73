import type { Message } from '../log/envelope';
import type { Delivery, ListenerFunction } from '../brokers/broker';

/** What a link has made of one delivery: another one, of which the broker does not know. */
export class Copy implements Delivery {
  readonly id: string;
  readonly message: Message;
  readonly broker: string;
  readonly queue = undefined;
  readonly subscription: string;
  readonly process: string;
  readonly listener: string;
  readonly attempt: number;
  readonly attempts: number;
  readonly timeoutMs: number | undefined;
  readonly replayed: boolean;
  readonly cause: number;
  readonly handle: ListenerFunction;

  constructor(of: Delivery, id: string, cause: number) {
    this.id = id;
    this.message = of.message;
    this.broker = of.broker;
    this.subscription = of.subscription;
    this.process = of.process;
    this.listener = of.listener;
    this.attempt = of.attempt;
    // What fails here is not tried again.
    this.attempts = of.attempt;
    this.timeoutMs = of.timeoutMs;
    this.replayed = of.replayed;
    this.cause = cause;
    this.handle = of.handle;
  }

  onSettled(): void {
    return;
  }
}
