import type { QueueSettings } from './queue-settings';
import type { StoredMessage } from './stored-message';

/** Messages of a queue's own that may be ready at once; beyond it the queue is full whatever its arguments say. */
export const readyMessagesMax = 2_000_000;

/** Of a full quorum queue's limit: once it refuses, it goes on until it holds no more than this (rabbit_fifo: LOW_LIMIT). */
const quorumLowShare = 0.8;

/** What of a queue is ready, in messages and in bytes of their bodies, against what its arguments allow. */
export class QueueLimits {
  readonly #settings: QueueSettings;
  #length = 0;
  #bytes = 0;
  /** A quorum queue tells publishers to stop only after one too many has come in. As recorded. */
  #refusing = false;

  constructor(settings: QueueSettings) {
    this.#settings = settings;
  }

  entered(message: StoredMessage): void {
    this.#length++;
    this.#bytes += message.bytes;
    if (this.isOver) this.#refusing = true;
  }

  left(message: StoredMessage): void {
    this.#length--;
    this.#bytes -= message.bytes;
    const { lengthMax, bytesMax } = this.#settings;
    if (
      this.#refusing &&
      this.#length <= Math.trunc(lengthMax * quorumLowShare) &&
      this.#bytes <= Math.trunc(bytesMax * quorumLowShare)
    )
      this.#refusing = false;
  }

  get isOver(): boolean {
    return this.#length > this.#settings.lengthMax || this.#bytes > this.#settings.bytesMax;
  }

  /** Whether one more of this size is refused. */
  refuses(bytes: number): boolean {
    const { type, overflow, lengthMax, bytesMax } = this.#settings;
    if (this.#length >= readyMessagesMax) return true;
    if (overflow === 'drop-head') return false;
    if (type === 'quorum') return this.#refusing;
    return this.#length + 1 > lengthMax || this.#bytes + bytes > bytesMax;
  }
}
