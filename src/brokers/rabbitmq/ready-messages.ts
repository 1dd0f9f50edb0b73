import { Deque } from './deque';
import type { QueueSettings } from './queue-settings';
import type { StoredMessage } from './stored-message';
import { quorumPriorities, type Version } from './version';

/**
 * The messages of a queue that wait for a consumer, in the order in which they go out. Nothing here costs more when more
 * messages wait.
 */
export interface ReadyMessages {
  readonly length: number;
  readonly first: StoredMessage | undefined;
  push(message: StoredMessage): void;
  shift(): StoredMessage | undefined;
  /** Puts back what was delivered and not acked. `dropped`: its consumer went away without a word. */
  giveBack(messages: readonly StoredMessage[], why: 'asked' | 'dropped'): void;
  clear(): void;
}

/** For a queue with these settings. */
export function readyMessages({ type, priorityMax, deliveryLimit }: QueueSettings, version: Version): ReadyMessages {
  if (type === 'classic') return priorityMax === undefined ? new ClassicMessages() : new PriorityMessages(priorityMax);
  const isLimited = deliveryLimit !== undefined;
  if (priorityMax !== undefined) return new QuorumMessages(isLimited, new PriorityMessages(priorityMax));
  return new QuorumMessages(isLimited, quorumPriorities(version) === 'two-levels' ? new TwoLevels() : undefined);
}

/** A classic queue: what is given back goes to its original place. */
export class ClassicMessages implements ReadyMessages {
  readonly #fresh = new Deque<StoredMessage>();
  /** Given back, by position, the first last. Whatever was never delivered comes after all of these. */
  readonly #returned: StoredMessage[] = [];

  get length(): number {
    return this.#fresh.length + this.#returned.length;
  }

  get first(): StoredMessage | undefined {
    return this.#returned.at(-1) ?? this.#fresh.first;
  }

  push(message: StoredMessage): void {
    this.#fresh.push(message);
  }

  shift(): StoredMessage | undefined {
    return this.#returned.pop() ?? this.#fresh.shift();
  }

  giveBack(messages: readonly StoredMessage[]): void {
    // From the back of the queue to its front, so that most find their place at the end.
    for (const message of [...messages].sort((one, other) => other.position - one.position)) this.#insert(message);
  }

  clear(): void {
    this.#fresh.clear();
    this.#returned.length = 0;
  }

  #insert(message: StoredMessage): void {
    const returned = this.#returned;
    let low = 0;
    let high = returned.length;
    const last = returned.at(-1);
    if (last === undefined || message.position < last.position) low = high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((returned[middle] as StoredMessage).position > message.position) low = middle + 1;
      else high = middle;
    }
    if (low === returned.length) returned.push(message);
    else returned.splice(low, 0, message);
  }
}

/** A queue with `x-max-priority`: a classic queue for each priority, the highest first. */
export class PriorityMessages implements ReadyMessages {
  readonly #levels: readonly ClassicMessages[];
  #length = 0;

  constructor(highest: number) {
    this.#levels = Array.from({ length: highest + 1 }, () => new ClassicMessages());
  }

  get length(): number {
    return this.#length;
  }

  get first(): StoredMessage | undefined {
    return this.#highest()?.first;
  }

  push(message: StoredMessage): void {
    this.#length++;
    this.#level(message).push(message);
  }

  shift(): StoredMessage | undefined {
    const message = this.#highest()?.shift();
    if (message) this.#length--;
    return message;
  }

  giveBack(messages: readonly StoredMessage[]): void {
    this.#length += messages.length;
    for (const message of messages) this.#level(message).giveBack([message]);
  }

  clear(): void {
    for (const level of this.#levels) level.clear();
    this.#length = 0;
  }

  #highest(): ClassicMessages | undefined {
    for (let priority = this.#levels.length - 1; priority >= 0; priority--) {
      const level = this.#levels[priority];
      if (level && level.length > 0) return level;
    }
    return undefined;
  }

  #level(message: StoredMessage): ClassicMessages {
    return this.#levels[Math.min(message.priority, this.#levels.length - 1)] as ClassicMessages;
  }
}

/**
 * A quorum queue: what a consumer asks to be requeued goes to the back, or, when the queue has a delivery limit, before
 * what was never delivered; what is left by a consumer that went away always comes first.
 * As RabbitMQ 3.10 was recorded.
 */
export class QuorumMessages implements ReadyMessages {
  /** Never delivered. */
  readonly #fresh: Line;
  readonly #returned = new Deque<StoredMessage>();
  readonly #limited: boolean;

  constructor(hasDeliveryLimit: boolean, fresh: Line = new Deque<StoredMessage>()) {
    this.#limited = hasDeliveryLimit;
    this.#fresh = fresh;
  }

  get length(): number {
    return this.#fresh.length + this.#returned.length;
  }

  get first(): StoredMessage | undefined {
    return this.#returned.first ?? this.#fresh.first;
  }

  push(message: StoredMessage): void {
    this.#fresh.push(message);
  }

  shift(): StoredMessage | undefined {
    return this.#returned.shift() ?? this.#fresh.shift();
  }

  giveBack(messages: readonly StoredMessage[], why: 'asked' | 'dropped'): void {
    const line = this.#limited || why === 'dropped' ? this.#returned : this.#fresh;
    for (const message of messages) line.push(message);
  }

  clear(): void {
    this.#fresh.clear();
    this.#returned.clear();
  }
}

/** Messages in the order in which they go out, into which nothing is given back. */
export type Line = Omit<ReadyMessages, 'giveBack'>;

/**
 * Two lines: of the one for priorities above 4 two messages go out for each of the other. Source: rabbit_fifo_q of
 * RabbitMQ 4.0.
 */
export class TwoLevels implements Line {
  readonly #high = new Deque<StoredMessage>();
  readonly #normal = new Deque<StoredMessage>();
  /** Counts to `highPerNormal` and begins anew. */
  #turn = 0;

  get length(): number {
    return this.#high.length + this.#normal.length;
  }

  get first(): StoredMessage | undefined {
    return this.#next.first;
  }

  push(message: StoredMessage): void {
    (message.priority > 4 ? this.#high : this.#normal).push(message);
  }

  shift(): StoredMessage | undefined {
    const message = this.#next.shift();
    if (message) this.#turn = this.#turn === highPerNormal ? 0 : this.#turn + 1;
    return message;
  }

  clear(): void {
    this.#high.clear();
    this.#normal.clear();
  }

  get #next(): Deque<StoredMessage> {
    if (this.#high.length === 0) return this.#normal;
    return this.#turn === highPerNormal && this.#normal.length > 0 ? this.#normal : this.#high;
  }
}

const highPerNormal = 2;
