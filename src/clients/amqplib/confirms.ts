import type { Frame } from '../../brokers/rabbitmq/protocol';

export type ConfirmCallback = (error: Error | null) => void;

/**
 * What was published on a confirm channel and is not confirmed yet.
 * Follows amqplib 2.3, `lib/channel.js` (MIT, copyright Michael Bridgen and contributors).
 */
export class Confirms {
  /** From the delivery tag `lwm` on; `false` has no callback, `null` is confirmed while one before it is not. */
  readonly unconfirmed: (ConfirmCallback | false | null)[] = [];
  /** The lowest delivery tag that is not confirmed. */
  lwm = 1;
  closedWithUnconfirmed = false;

  push(callback: ConfirmCallback | undefined): void {
    this.unconfirmed.push(callback ?? false);
  }

  settle({ type, fields }: Frame): void {
    const tag = Number(fields['deliveryTag']);
    const isAck = type === 'basic.ack';
    for (const callback of fields['multiple'] === true ? this.#takeUpTo(tag) : [this.#take(tag)])
      if (callback) callback(isAck ? null : new Error('message nacked'));
  }

  closed(): void {
    const error = new Error('channel closed');
    for (const callback of this.unconfirmed) if (callback) callback(error);
    // So that whoever asks later hears that some were lost.
    this.closedWithUnconfirmed = this.unconfirmed.some((callback) => callback !== null);
    this.unconfirmed.length = 0;
  }

  /** Tells once all that is unconfirmed now is, or that one was refused. */
  whenAll(done: ConfirmCallback): void {
    if (this.closedWithUnconfirmed) return done(new Error('channel closed'));
    let left = 0;
    for (const [at, callback] of this.unconfirmed.entries()) {
      if (callback === null) continue;
      left += 1;
      this.unconfirmed[at] = (error) => {
        if (callback) callback(error);
        if (error !== null) done(error);
        else if (--left === 0) done(null);
      };
    }
    if (left === 0) done(null);
  }

  #takeUpTo(tag: number): (ConfirmCallback | false | null)[] {
    const taken = this.unconfirmed.splice(0, tag - this.lwm + 1);
    this.lwm = tag + 1;
    return taken;
  }

  #take(tag: number): ConfirmCallback | false | null | undefined {
    if (tag !== this.lwm) {
      const taken = this.unconfirmed[tag - this.lwm];
      this.unconfirmed[tag - this.lwm] = null;
      return taken;
    }
    const taken = this.unconfirmed.shift();
    this.lwm += 1;
    while (this.unconfirmed[0] === null) {
      this.unconfirmed.shift();
      this.lwm += 1;
    }
    return taken;
  }
}
