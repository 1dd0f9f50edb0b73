import type { Frame } from '../../brokers/rabbitmq/protocol';

export type ConfirmCallback = (error: Error | null) => void;

/** What was published on a confirm channel and is not confirmed yet. */
export class Confirms {
  readonly #waiting = new Map<number, { callback: ConfirmCallback | undefined; watchers: ConfirmCallback[] }>();
  #published = 0;
  /** The channel closed while some were unconfirmed. */
  #isLost = false;

  push(callback: ConfirmCallback | undefined): void {
    this.#waiting.set(++this.#published, { callback, watchers: [] });
  }

  get unconfirmed(): number {
    return this.#waiting.size;
  }

  settle({ type, fields }: Frame): void {
    const tag = Number(fields['deliveryTag']);
    const error = type === 'basic.ack' ? null : new Error('message nacked');
    const tags = fields['multiple'] === true ? [...this.#waiting.keys()].filter((each) => each <= tag) : [tag];
    for (const each of tags) this.#settle(each, error);
  }

  closed(): void {
    this.#isLost = this.#waiting.size > 0;
    for (const tag of [...this.#waiting.keys()]) this.#settle(tag, new Error('channel closed'));
  }

  /** Tells once all that is unconfirmed now is, or that one was refused. */
  whenAll(done: ConfirmCallback): void {
    if (this.#isLost) return done(new Error('channel closed'));
    let left = this.#waiting.size;
    if (left === 0) return done(null);
    for (const { watchers } of this.#waiting.values())
      watchers.push((error) => {
        if (error !== null) done(error);
        else if (--left === 0) done(null);
      });
  }

  #settle(tag: number, error: Error | null): void {
    const known = this.#waiting.get(tag);
    this.#waiting.delete(tag);
    known?.callback?.(error);
    for (const watcher of known?.watchers ?? []) watcher(error);
  }
}
