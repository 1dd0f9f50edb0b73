import type { Fact } from './entry-fact';

// What a broker is made of inside: exchanges, queues, bindings, connections, channels, groups.

/** Values of settings and arguments, whose names are the broker's own: `x-message-ttl`. What is nested is written as JSON. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

/**
 * An exchange is there. One that the broker has from its beginning is declared when it is first named. `settings`: what is
 * not as usual, of `durable`, `auto-delete`, `internal` and `alternate-exchange`; usual is `durable: true` and nothing else.
 */
export interface ExchangeDeclared extends Fact {
  readonly type: 'exchange.declared';
  readonly broker: string;
  readonly exchange: string;
  /** `direct`, `fanout`, `topic` or `headers`. */
  readonly kind: string;
  readonly settings: Settings;
}

/** Its bindings are gone with it, in both directions. */
export interface ExchangeDeleted extends Fact {
  readonly type: 'exchange.deleted';
  readonly broker: string;
  readonly exchange: string;
  readonly reason: ExchangeEnd;
}

/** `unused`: it was auto-delete, and its last binding went. `broker-stopped`: it was transient. */
export type ExchangeEnd = 'asked' | 'unused' | 'broker-stopped';

/**
 * A queue is there, or has other settings from now on. `settings`: its arguments by their names, such as `x-message-ttl`, and
 * what of `durable`, `exclusive` and `auto-delete` is not as usual; usual is `durable: true` and nothing else.
 */
export interface QueueDeclared extends Fact {
  readonly type: 'queue.declared';
  readonly broker: string;
  readonly queue: string;
  readonly settings: Settings;
}

/** Its bindings are gone with it. What was ready in it was dropped before, with one `message.dropped` each. */
export interface QueueDeleted extends Fact {
  readonly type: 'queue.deleted';
  readonly broker: string;
  readonly queue: string;
  readonly reason: QueueEnd;
}

/**
 * `unused`: it was auto-delete, and its last consumer went. `owner-gone`: it was exclusive, and its connection ended.
 * `broker-stopped`: it was transient.
 */
export type QueueEnd = 'asked' | 'expired' | 'unused' | 'owner-gone' | 'broker-stopped';

/** The default exchange's bindings, of every queue by its own name, are never named. */
export interface BindingAdded extends Fact {
  readonly type: 'binding.added';
  readonly broker: string;
  /** Unique within its broker: `b_1`, … */
  readonly binding: string;
  /** The exchange. */
  readonly source: string;
  readonly destination: string;
  readonly to: 'queue' | 'exchange';
  readonly key: string;
  readonly arguments: Settings;
}

export interface BindingRemoved extends Fact {
  readonly type: 'binding.removed';
  readonly broker: string;
  readonly binding: string;
}

export interface ConnectionOpened extends Fact {
  readonly type: 'connection.opened';
  readonly broker: string;
  /** Unique within its broker: `c_1`, … */
  readonly connection: string;
  readonly process: string;
  /** Both sides say something this often; after twice that in silence they give the connection up. */
  readonly heartbeatMs: number;
}

/** Its channels are closed with it. */
export interface ConnectionClosed extends Fact {
  readonly type: 'connection.closed';
  readonly broker: string;
  readonly connection: string;
  readonly process: string;
  readonly reason: ConnectionEnd;
  /** With `refused`: what the broker said, `404 NOT_FOUND - no queue 'mail' in vhost '/'`. */
  readonly text?: string;
}

/**
 * `asked`: by the client. `refused`: the client did what the broker does not allow. `lost`: the client was gone without a word,
 * or nothing was heard of it for two heartbeats.
 */
export type ConnectionEnd = 'asked' | 'refused' | 'lost';

/** RabbitMQ is low on a resource, and the connection has published: nothing of it is read until it is unblocked. */
export interface ConnectionBlocked extends Fact {
  readonly type: 'connection.blocked';
  readonly broker: string;
  readonly connection: string;
  readonly process: string;
  /** In RabbitMQ's words: `low on memory`. */
  readonly reason: string;
}

/** What it has sent meanwhile is read now. */
export interface ConnectionUnblocked extends Fact {
  readonly type: 'connection.unblocked';
  readonly broker: string;
  readonly connection: string;
  readonly process: string;
}

export interface ChannelOpened extends Fact {
  readonly type: 'channel.opened';
  readonly broker: string;
  readonly connection: string;
  /** From 1, within its connection. */
  readonly channel: number;
}

/** Its consumers share a limit of unacked messages from now on: `prefetch` with `global`. 0: none. */
export interface ChannelLimited extends Fact {
  readonly type: 'channel.limited';
  readonly broker: string;
  readonly connection: string;
  readonly channel: number;
  readonly prefetch: number;
}

export interface ChannelClosed extends Fact {
  readonly type: 'channel.closed';
  readonly broker: string;
  readonly connection: string;
  readonly channel: number;
  readonly reason: 'asked' | 'refused';
  /** With `refused`: what the broker said. */
  readonly text?: string;
}

/** Redis: a consumer group reads a stream from now on. */
export interface GroupCreated extends Fact {
  readonly type: 'group.created';
  readonly broker: string;
  readonly queue: string;
  readonly group: string;
  /** What it will read begins after this id. */
  readonly lastId: string;
}

/** Redis: a consumer of the group has read, claimed or acknowledged entries, or there is one more or less. */
export interface GroupMoved extends Fact {
  readonly type: 'group.moved';
  readonly broker: string;
  readonly queue: string;
  readonly group: string;
  /** The last entry that the group has read. */
  readonly lastId: string;
  /** Entries that were read and not acknowledged, by consumer. */
  readonly pending: Readonly<Record<string, number>>;
  /** Entries that the group has not read; absent when Redis cannot tell. */
  readonly lag?: number;
}

export interface GroupDestroyed extends Fact {
  readonly type: 'group.destroyed';
  readonly broker: string;
  readonly queue: string;
  readonly group: string;
}

/** Optional arguments of queues and exchanges that are given by the names of these, as RabbitMQ has them. */
export interface PolicyRule {
  /** A regular expression; it matches anywhere in the name. */
  readonly pattern: string;
  readonly 'apply-to': PolicyTarget;
  /** `message-ttl`, `dead-letter-exchange` and so on: the names of arguments without `x-`. */
  readonly definition: Settings;
  /** Of several that match only the highest applies. */
  readonly priority: number;
}

export type PolicyTarget = 'all' | 'queues' | 'classic_queues' | 'quorum_queues' | 'streams' | 'exchanges';

/** RabbitMQ: a policy is there from now on, in place of what had its name. Those that the broker starts with are not told. */
export interface PolicySet extends Fact {
  readonly type: 'policy.set';
  readonly broker: string;
  readonly name: string;
  readonly policy: PolicyRule;
}

export interface PolicyCleared extends Fact {
  readonly type: 'policy.cleared';
  readonly broker: string;
  readonly name: string;
}
