import type { Channel } from './channel';
import type { Consumer } from './consumer';

interface Line {
  readonly priority: number;
  /** The one whose turn it is comes first. */
  readonly consumers: Consumer[];
}

/**
 * Whose turn it is among a queue's consumers: the highest priority first, in turn within one priority. Who has no room is put
 * aside and comes back at the end of its line. A classic queue notices that only when the turn is at it
 * (rabbit_queue_consumers), a quorum queue at once (rabbit_fifo), which decides who is next after several acks.
 */
export class Rotation {
  /** From the highest priority down. */
  readonly #lines: Line[] = [];
  readonly #aside = new Set<Consumer>();
  readonly #prompt: boolean;

  constructor(type: 'classic' | 'quorum') {
    this.#prompt = type === 'quorum';
  }

  add(consumer: Consumer): void {
    let at = this.#lines.findIndex(({ priority }) => priority <= consumer.priority);
    if (at < 0) at = this.#lines.length;
    const line = this.#lines[at];
    if (line?.priority === consumer.priority) line.consumers.push(consumer);
    else this.#lines.splice(at, 0, { priority: consumer.priority, consumers: [consumer] });
  }

  remove(consumer: Consumer): void {
    this.#aside.delete(consumer);
    for (const { consumers } of this.#lines) {
      const at = consumers.indexOf(consumer);
      if (at >= 0) consumers.splice(at, 1);
    }
  }

  /** Takes the consumer whose turn it is; it goes to the end of its line. */
  next(): Consumer | undefined {
    for (const { consumers } of this.#lines) {
      const [only] = consumers;
      if (consumers.length === 1 && only?.hasRoom === true) return only;
      for (let consumer = consumers.shift(); consumer !== undefined; consumer = consumers.shift()) {
        if (consumer.hasRoom) {
          consumers.push(consumer);
          return consumer;
        }
        this.#aside.add(consumer);
      }
    }
    return undefined;
  }

  /** It has got a message. */
  served(consumer: Consumer): void {
    if (!this.#prompt || consumer.hasRoom) return;
    this.remove(consumer);
    this.#aside.add(consumer);
  }

  /** It may have room again. */
  recall(consumer: Consumer): void {
    this.#comeBack(consumer);
  }

  /** All consumers of a channel may have room again: they come back in the order in which they were put aside. */
  recallAll(channel: Channel): void {
    for (const consumer of [...this.#aside]) if (consumer.channel === channel) this.#comeBack(consumer);
  }

  #comeBack(consumer: Consumer): void {
    if (this.#aside.size > 0 && consumer.hasRoom && this.#aside.delete(consumer)) this.add(consumer);
  }
}
