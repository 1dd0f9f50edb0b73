import type { Channel } from './channel';

/** What became of a message that was published. */
export type Outcome = 'taken' | 'refused' | 'unrouted';

/**
 * Publisher confirms in RabbitMQ's order: what reached no queue is confirmed by the channel at once, the rest by queues, which answer once
 * the channel has read what came together; the answers are summed up then (rabbit_channel:coalesce_and_send).
 */
export class Confirmations {
  readonly #channel: Channel;
  #taken: number[] = [];
  #refused: number[] = [];
  #cause = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  settle(tag: number, outcome: Outcome, cause: number): void {
    if (outcome === 'unrouted') return this.#send('ack', tag, false, cause);
    if (this.#taken.length + this.#refused.length === 0) {
      const { host } = this.#channel;
      host.wakeAt(host.nowMs, () => this.flush());
    }
    (outcome === 'taken' ? this.#taken : this.#refused).push(tag);
    this.#cause = cause;
  }

  /** Sends what is known. A method that ends the channel finds what was published before it confirmed, as was recorded. */
  flush(): void {
    const [taken, refused] = [this.#taken, this.#refused];
    this.#taken = [];
    this.#refused = [];
    if (this.#channel.isEnded) return;
    if (taken.length === 1) this.#send('ack', taken[0]!, false, this.#cause);
    else this.#sumUp('ack', taken, refused);
    this.#sumUp('nack', refused, taken);
  }

  /** One answer stands for all tags before the first that has another outcome. */
  #sumUp(type: 'ack' | 'nack', tags: readonly number[], others: readonly number[]): void {
    const before = others[0] ?? Infinity;
    const count = tags.findIndex((tag) => tag > before);
    const together = count === -1 ? tags.length : count;
    if (together > 0) this.#send(type, tags[together - 1]!, true, this.#cause);
    for (const tag of tags.slice(together)) this.#send(type, tag, false, this.#cause);
  }

  #send(type: 'ack' | 'nack', deliveryTag: number, multiple: boolean, cause: number): void {
    const requeue = type === 'nack' ? { requeue: false } : {};
    this.#channel.send(`basic.${type}`, { deliveryTag, multiple, ...requeue }, cause);
  }
}
