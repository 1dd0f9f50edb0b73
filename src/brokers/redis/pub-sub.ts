import type { Message } from '../../log/envelope';
import type { Line } from '../broker';
import { textOf, type Bytes } from './bytes';
import { globMatches } from './glob';
import type { Outbox } from './outbox';
import type { Frame } from './protocol';
import type { RedisLog } from './redis-log';

/** Plain channels, patterns, and the channels of `SSUBSCRIBE`, which are a world of their own. */
export type SubscriptionSpace = 'channel' | 'pattern' | 'shard';

export interface Subscription {
  readonly id: string;
  readonly line: Line;
  readonly listener: string;
}

type Subscribers = Map<Line, Subscription>;

/** Who listens to what. Nothing is kept: what nobody hears is lost. */
export class PubSub {
  readonly #log: RedisLog;
  readonly #outbox: Outbox;
  readonly #nextId: () => string;
  readonly #spaces: Readonly<Record<SubscriptionSpace, Map<Bytes, Subscribers>>> = {
    channel: new Map(),
    pattern: new Map(),
    shard: new Map(),
  };

  constructor(log: RedisLog, outbox: Outbox, nextId: () => string) {
    this.#log = log;
    this.#outbox = outbox;
    this.#nextId = nextId;
  }

  subscribe(
    space: SubscriptionSpace,
    name: Bytes,
    by: { line: Line; listener: string; where: string | undefined },
    cause: number,
  ): void {
    const names = this.#spaces[space];
    let subscribers = names.get(name);
    if (subscribers === undefined) names.set(name, (subscribers = new Map<Line, Subscription>()));
    const { line, listener, where } = by;
    if (subscribers.has(line)) return;
    const id = this.#nextId();
    subscribers.set(line, { id, line, listener });
    const pattern = textOf(name);
    this.#log.subscribed({ subscription: id, process: line.process, listener, pattern, space, cause, where });
  }

  unsubscribe(space: SubscriptionSpace, name: Bytes, line: Line, cause: number): void {
    const names = this.#spaces[space];
    const subscribers = names.get(name);
    const subscription = subscribers?.get(line);
    if (subscribers === undefined || subscription === undefined) return;
    subscribers.delete(line);
    if (subscribers.size === 0) names.delete(name);
    const { id, listener } = subscription;
    this.#log.unsubscribed({ subscription: id, process: line.process, listener, cause });
  }

  /** Returns how many copies went out: a client that listens by channel and by pattern gets two. */
  publish(
    space: 'channel' | 'shard',
    published: { readonly channel: Bytes; readonly body: Bytes; readonly message: Message | undefined },
    cause: number,
  ): number {
    const { channel, message } = published;
    const receivers: { subscription: Subscription; pattern: Bytes | undefined }[] = [];
    const add = (subscribers: Subscribers | undefined, pattern: Bytes | undefined): void => {
      for (const subscription of subscribers?.values() ?? []) receivers.push({ subscription, pattern });
    };
    add(this.#spaces[space].get(channel), undefined);
    if (space === 'channel')
      for (const [pattern, subscribers] of this.#spaces.pattern)
        if (globMatches(pattern, channel)) add(subscribers, pattern);
    const subscriptions = receivers.map(({ subscription }) => subscription.id);
    const seq = message === undefined ? cause : this.#log.published(message, { channel, subscriptions }, cause);
    for (const { subscription, pattern } of receivers)
      this.#outbox.put(subscription.line, () => {
        send(subscription, frameOf(space, pattern, published), message, seq);
      });
    return receivers.length;
  }

  /** Channels that somebody listens to. */
  channels(space: 'channel' | 'shard', pattern: Bytes | undefined): Bytes[] {
    return [...this.#spaces[space].keys()].filter((name) => pattern === undefined || globMatches(pattern, name));
  }

  subscriberCount(space: 'channel' | 'shard', name: Bytes): number {
    return this.#spaces[space].get(name)?.size ?? 0;
  }

  get patternCount(): number {
    return this.#spaces.pattern.size;
  }
}

function frameOf(
  space: 'channel' | 'shard',
  pattern: Bytes | undefined,
  { channel, body }: { readonly channel: Bytes; readonly body: Bytes },
): Frame {
  const kind = pattern !== undefined ? 'pmessage' : space === 'shard' ? 'smessage' : 'message';
  return { type: 'message', kind, pattern, channel, body };
}

function send({ id, line, listener }: Subscription, frame: Frame, message: Message | undefined, cause: number): void {
  if (message === undefined) line.send(frame, cause);
  else
    line.deliver(frame, {
      message,
      queue: undefined,
      subscription: id,
      listener,
      attempt: 1,
      cause,
      settledOnReturn: true,
    });
}
