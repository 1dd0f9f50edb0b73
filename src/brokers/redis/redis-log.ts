import type { Message } from '../../log/envelope';
import type { BrokerPort } from '../broker';

/** What the broker writes into the log. What is returned is the `seq` of the last entry. */
export class RedisLog {
  readonly #broker: string;
  readonly #port: BrokerPort;

  constructor(broker: string, port: BrokerPort) {
    this.#broker = broker;
    this.#port = port;
  }

  /** To subscribers at once, or nobody hears it and it is lost. */
  published({ id }: Message, subscriptions: readonly string[], cause: number): number {
    const seq = this.#routed(id, { subscriptions, queues: [] }, cause);
    if (subscriptions.length > 0) return seq;
    return this.#port.append({
      type: 'message.dropped',
      cause: seq,
      message: id,
      broker: this.#broker,
      reason: 'no-subscriber',
    });
  }

  /** Into a stream, which keeps it. */
  added({ id }: Message, stream: string, cause: number): number {
    const port = this.#port;
    const routed = this.#routed(id, { subscriptions: [], queues: [stream] }, cause);
    return port.write({
      seq: port.nextSeq,
      atMs: port.nowMs,
      type: 'message.enqueued',
      cause: routed,
      message: id,
      broker: this.#broker,
      queue: stream,
    });
  }

  /** Out of a stream: trimmed, deleted, or gone with it. */
  removed({ id }: Message, queue: string, reason: 'maxlen' | 'purged' | 'queue-deleted', cause: number): void {
    this.#port.append({ type: 'message.dropped', cause, message: id, broker: this.#broker, queue, reason });
  }

  subscribed(facts: {
    subscription: string;
    process: string;
    listener: string;
    pattern: string;
    cause: number;
    where: string | undefined;
  }): void {
    this.#port.append({ type: 'listener.subscribed', ...facts, broker: this.#broker, attempts: 1 });
  }

  unsubscribed(facts: { subscription: string; process: string; listener: string; cause: number }): void {
    this.#port.append({ type: 'listener.unsubscribed', ...facts, broker: this.#broker });
  }

  #routed(message: string, to: { subscriptions: readonly string[]; queues: readonly string[] }, cause: number): number {
    const port = this.#port;
    return port.write({
      seq: port.nextSeq,
      atMs: port.nowMs,
      type: 'message.routed',
      cause,
      message,
      broker: this.#broker,
      subscriptions: to.subscriptions,
      queues: to.queues,
    });
  }
}
