import type { Channel } from './channel';
import type { Queue } from './queue';

export interface ConsumerSpec {
  readonly tag: string;
  readonly channel: Channel;
  readonly queue: Queue;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly priority: number;
  /** Unacked messages that it may have at once; 0 is no limit. */
  readonly prefetch: number;
  readonly listener: string;
  readonly subscription: string;
}

/** What a quorum queue hands out at once to a consumer without prefetch (rabbit_quorum_queue: UNLIMITED_PREFETCH_COUNT). */
const quorumPrefetchMax = 2_000;

/** A consumer of a queue. Cancelled, it gets nothing more, while what it holds stays with its channel. */
export class Consumer implements ConsumerSpec {
  readonly tag: string;
  readonly channel: Channel;
  readonly queue: Queue;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly priority: number;
  readonly prefetch: number;
  readonly listener: string;
  readonly subscription: string;
  unacked = 0;
  /** What it may have beyond its limit. */
  surplus = 0;
  cancelled = false;

  constructor(spec: ConsumerSpec) {
    this.tag = spec.tag;
    this.channel = spec.channel;
    this.queue = spec.queue;
    this.noAck = spec.noAck;
    this.exclusive = spec.exclusive;
    this.priority = spec.priority;
    this.prefetch = spec.prefetch;
    this.listener = spec.listener;
    this.subscription = spec.subscription;
  }

  /**
   * Whether it may have one more. With automatic acks it adds to no limit, but waits as the others do while the limit that its
   * channel shares is reached (rabbit_limiter: can_send).
   */
  get hasRoom(): boolean {
    const isQuorum = this.queue.settings.type === 'quorum';
    // Quorum queues know no limit that a channel shares.
    if (!isQuorum && !this.channel.hasRoom) return false;
    if (this.noAck) return true;
    const limit = this.prefetch === 0 && isQuorum ? quorumPrefetchMax : this.prefetch;
    return limit === 0 || this.unacked < limit + this.surplus;
  }
}
