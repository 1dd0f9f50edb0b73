import type { QueueSettings } from './queue-settings';
import type { StoredMessage } from './stored-message';

/** Messages of a queue's own that may be ready at once; beyond it the queue is full whatever its arguments say. */
export const readyMessagesMax = 2_000_000;

/** Of a full quorum queue's limit: once it refuses, it goes on until it holds no more than this (rabbit_fifo: LOW_LIMIT). */
const quorumLowShare = 0.8;

/** What of a queue is ready, in messages and in bytes of their bodies, against what its arguments allow. */
export class QueueLimits {
  settings: QueueSettings;
  #length = 0;
  #bytes = 0;
  /** Publishers of a quorum queue, by whether they were told to stop, which happens only once one too many has come in. */
  readonly #stopped = new Map<object, boolean>();

  constructor(settings: QueueSettings) {
    this.settings = settings;
  }

  entered(message: StoredMessage): void {
    this.#length++;
    this.#bytes += message.bytes;
    if (this.isOver) this.#tell(true);
  }

  left(message: StoredMessage): void {
    this.#length--;
    this.#bytes -= message.bytes;
    const { lengthMax, bytesMax } = this.settings;
    if (this.#length <= Math.trunc(lengthMax * quorumLowShare) && this.#bytes <= Math.trunc(bytesMax * quorumLowShare))
      this.#tell(false);
  }

  get isOver(): boolean {
    return this.#length > this.settings.lengthMax || this.#bytes > this.settings.bytesMax;
  }

  /**
   * Whether one more of this size is refused. A quorum queue refuses whom it has told to stop, or who is new while it holds too
   * much; it never refuses a dead letter, which has no publisher to tell. Source: rabbit_fifo: register_enqueuer, LOW_LIMIT.
   */
  refuses(bytes: number, publisher: object | undefined): boolean {
    const { type, overflow, lengthMax, bytesMax } = this.settings;
    if (this.#length >= readyMessagesMax) return true;
    if (overflow === 'drop-head') return false;
    if (type === 'classic') return this.#length + 1 > lengthMax || this.#bytes + bytes > bytesMax;
    if (publisher === undefined) return false;
    const stopped = this.#stopped.get(publisher) ?? this.isOver;
    this.#stopped.set(publisher, stopped);
    return stopped;
  }

  #tell(stopped: boolean): void {
    for (const publisher of this.#stopped.keys()) this.#stopped.set(publisher, stopped);
  }
}
