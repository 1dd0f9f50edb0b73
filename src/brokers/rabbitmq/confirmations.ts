import type { Channel } from './channel';

/** What became of a message that was published. `logged`: a quorum queue is among those that took it. */
export type Outcome = 'taken' | 'logged' | 'refused' | 'unrouted';

/**
 * Publisher confirms in RabbitMQ's order: what reached no queue is confirmed by the channel at once, the rest by queues, which answer once
 * the channel has read what came together; the answers are summed up then (rabbit_channel:coalesce_and_send). A quorum queue
 * writes its log first, and answers after the classic ones.
 */
export class Confirmations {
  readonly #channel: Channel;
  #taken: number[] = [];
  #refused: number[] = [];
  #logged: number[] = [];
  /** Only quorum queues have still to answer for these. */
  #late: number[] = [];
  #cause = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  settle(tag: number, outcome: Outcome, cause: number): void {
    if (outcome === 'unrouted') return this.#send('ack', tag, false, cause);
    if (this.#taken.length + this.#refused.length + this.#logged.length === 0) this.#soon(() => this.#flushFirst());
    ({ taken: this.#taken, refused: this.#refused, logged: this.#logged })[outcome].push(tag);
    this.#cause = cause;
  }

  /** Sends what all queues know. A method that ends the channel finds what was published before it confirmed, as was recorded. */
  flush(): void {
    this.#flushFirst();
    this.#flushLate();
  }

  /** Sends what classic queues know. */
  #flushFirst(): void {
    const [taken, refused, logged] = [this.#taken, this.#refused, this.#logged];
    this.#taken = [];
    this.#refused = [];
    this.#logged = [];
    if (this.#channel.isEnded) return;
    if (logged.length > 0) {
      this.#late.push(...logged);
      this.#soon(() => this.#flushLate());
    }
    this.#answer(taken, refused, this.#late[0]);
  }

  #flushLate(): void {
    const late = this.#late;
    this.#late = [];
    if (!this.#channel.isEnded) this.#answer(late, [], this.#taken[0] ?? this.#refused[0]);
  }

  /** `open`: the first tag that is not answered yet. */
  #answer(taken: readonly number[], refused: readonly number[], open = Infinity): void {
    if (taken.length === 1) this.#send('ack', taken[0]!, false, this.#cause);
    else this.#sumUp('ack', taken, Math.min(open, refused[0] ?? Infinity));
    this.#sumUp('nack', refused, Math.min(open, taken[0] ?? Infinity));
  }

  #soon(run: () => void): void {
    const { host } = this.#channel;
    host.wakeAt(host.nowMs, run);
  }

  /** One answer stands for all tags before the first that has another outcome, or none yet. */
  #sumUp(type: 'ack' | 'nack', tags: readonly number[], before: number): void {
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
