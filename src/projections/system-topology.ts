import { unreachable } from '../kernel/assert';
import type { Entry, EntryOf, MessageRouted, PolicyRule, Settings } from '../log/entry';
import type { BrokerState, QueueState, SystemState } from './system';
import { brokerOf, queueOf } from './system-parts';

/** What a broker is made of inside, and who is connected to it. Empty for brokers that have no such thing. */
export interface TopologyState {
  /** In order of declaration. */
  exchanges: Map<string, ExchangeState>;
  /** By id, in order of binding. */
  bindings: Map<string, BindingState>;
  /** Open ones, by name. */
  connections: Map<string, ConnectionState>;
  /** The channels of Pub/Sub that were published on last, the latest one last. */
  channels: Map<string, PublishedChannel>;
  /** Policies that were set or, as undefined, removed since the broker began, by name. */
  policies: Map<string, PolicyRule | undefined>;
}

export interface ExchangeState {
  readonly exchange: string;
  /** `direct`, `fanout`, `topic` or `headers`. */
  readonly kind: string;
  readonly settings: Settings;
  /** Messages that were published to it, dead letters included. */
  readonly routed: number;
}

export interface BindingState {
  readonly binding: string;
  readonly source: string;
  readonly destination: string;
  readonly to: 'queue' | 'exchange';
  readonly key: string;
  readonly arguments: Settings;
  /** Messages that it matched. */
  readonly matched: number;
}

export interface ConnectionState {
  readonly connection: string;
  readonly process: string;
  readonly heartbeatMs: number;
  readonly openedAtMs: number;
  /** Why nothing of it is read now. */
  readonly blocked: string | undefined;
  readonly channels: readonly ChannelState[];
}

export interface ChannelState {
  readonly channel: number;
  /** Limit for all its consumers together; 0 is none. */
  readonly prefetch: number;
}

export interface GroupState {
  readonly group: string;
  readonly lastId: string;
  /** Read and not acknowledged, by consumer. */
  readonly pending: Readonly<Record<string, number>>;
  /** Entries that it has not read, where that is known. */
  readonly lag: number | undefined;
}

export interface PublishedChannel {
  readonly channel: string;
  readonly published: number;
  /** How many the last one reached. */
  readonly lastReceivers: number;
  readonly lastAtMs: number;
}

/** Channels of Pub/Sub that are kept: a program may make up a name for each message. */
export const publishedChannelsMax = 100;

export function createTopology(): TopologyState {
  return {
    exchanges: new Map(),
    bindings: new Map(),
    connections: new Map(),
    channels: new Map(),
    policies: new Map(),
  };
}

export function copyTopology({ exchanges, bindings, connections, channels, policies }: TopologyState): TopologyState {
  return {
    exchanges: new Map(exchanges),
    bindings: new Map(bindings),
    connections: new Map(connections),
    channels: new Map(channels),
    policies: new Map(policies),
  };
}

const types = [
  'exchange.declared',
  'exchange.deleted',
  'queue.declared',
  'queue.deleted',
  'binding.added',
  'binding.removed',
  'connection.opened',
  'connection.closed',
  'connection.blocked',
  'connection.unblocked',
  'channel.opened',
  'channel.limited',
  'channel.closed',
  'group.created',
  'group.moved',
  'group.destroyed',
  'policy.set',
  'policy.cleared',
] as const satisfies readonly Entry['type'][];
type TopologyEntry = EntryOf<(typeof types)[number]>;

const known: ReadonlySet<Entry['type']> = new Set(types);

export function isTopologyEntry(entry: Entry): entry is TopologyEntry {
  return known.has(entry.type);
}

export function applyTopologyEntry(state: SystemState, entry: TopologyEntry): void {
  const broker = brokerOf(state, entry.broker);
  const { exchanges, bindings, connections } = broker.topology;
  switch (entry.type) {
    case 'exchange.declared': {
      const { exchange, kind, settings } = entry;
      exchanges.set(exchange, { exchange, kind, settings, routed: exchanges.get(exchange)?.routed ?? 0 });
      return;
    }
    case 'exchange.deleted':
      exchanges.delete(entry.exchange);
      return unbindAll(broker, 'exchange', entry.exchange);
    case 'queue.declared':
      queueOf(broker, entry.queue).settings = entry.settings;
      return;
    case 'queue.deleted':
      broker.queues.delete(entry.queue);
      return unbindAll(broker, 'queue', entry.queue);
    case 'binding.added': {
      const { binding, source, destination, to, key } = entry;
      bindings.set(binding, { binding, source, destination, to, key, arguments: entry.arguments, matched: 0 });
      return;
    }
    case 'binding.removed':
      bindings.delete(entry.binding);
      return;
    case 'connection.opened': {
      const { connection, process, heartbeatMs, atMs } = entry;
      connections.set(connection, {
        connection,
        process,
        heartbeatMs,
        openedAtMs: atMs,
        blocked: undefined,
        channels: [],
      });
      return;
    }
    case 'connection.closed':
      connections.delete(entry.connection);
      return;
    case 'connection.blocked':
    case 'connection.unblocked': {
      const known = connections.get(entry.connection);
      const blocked = entry.type === 'connection.blocked' ? entry.reason : undefined;
      if (known) connections.set(entry.connection, { ...known, blocked });
      return;
    }
    case 'channel.opened':
    case 'channel.limited':
    case 'channel.closed':
      return changeChannel(broker, entry);
    case 'group.created':
    case 'group.moved':
    case 'group.destroyed':
      return changeGroup(queueOf(broker, entry.queue), entry);
    case 'policy.set':
    case 'policy.cleared':
      broker.topology.policies.set(entry.name, entry.type === 'policy.set' ? entry.policy : undefined);
      return;
    default:
      return unreachable(entry);
  }
}

/** Its message has come to an exchange, or to a channel of Pub/Sub, and followed these bindings. */
export function followRoute(topology: TopologyState, entry: EntryOf<'message.routed' | 'message.dead-lettered'>): void {
  const { exchange, bindings } = entry;
  if (exchange !== undefined) {
    const known = topology.exchanges.get(exchange);
    if (known) topology.exchanges.set(exchange, { ...known, routed: known.routed + 1 });
  }
  for (const id of bindings ?? []) {
    const binding = topology.bindings.get(id);
    if (binding) topology.bindings.set(id, { ...binding, matched: binding.matched + 1 });
  }
  if (entry.type === 'message.routed' && entry.channel !== undefined) published(topology, entry, entry.channel);
}

function published({ channels }: TopologyState, { subscriptions, atMs }: MessageRouted, channel: string): void {
  const before = channels.get(channel)?.published ?? 0;
  channels.delete(channel);
  channels.set(channel, { channel, published: before + 1, lastReceivers: subscriptions.length, lastAtMs: atMs });
  if (channels.size <= publishedChannelsMax) return;
  for (const oldest of channels.keys()) {
    channels.delete(oldest);
    return;
  }
}

function unbindAll({ topology: { bindings } }: BrokerState, kind: 'queue' | 'exchange', name: string): void {
  for (const [id, { source, destination, to }] of bindings)
    if ((to === kind && destination === name) || (kind === 'exchange' && source === name)) bindings.delete(id);
}

function changeChannel(
  { topology: { connections } }: BrokerState,
  entry: EntryOf<'channel.opened' | 'channel.limited' | 'channel.closed'>,
): void {
  const connection = connections.get(entry.connection);
  if (connection === undefined) return;
  const others = connection.channels.filter(({ channel }) => channel !== entry.channel);
  const { channel } = entry;
  const changed: ChannelState[] =
    entry.type === 'channel.closed'
      ? []
      : [{ channel, prefetch: entry.type === 'channel.limited' ? entry.prefetch : 0 }];
  const channels = [...others, ...changed].sort((one, other) => one.channel - other.channel);
  connections.set(entry.connection, { ...connection, channels });
}

/** One entry more, which no group has read yet. */
export function fallBehind({ groups }: QueueState): void {
  for (const [name, group] of groups) if (group.lag !== undefined) groups.set(name, { ...group, lag: group.lag + 1 });
}

function changeGroup(stream: QueueState, entry: EntryOf<'group.created' | 'group.moved' | 'group.destroyed'>): void {
  const { group } = entry;
  if (entry.type === 'group.destroyed') stream.groups.delete(group);
  else {
    const moved = entry.type === 'group.moved' ? entry : { pending: {}, lag: undefined };
    stream.groups.set(group, { group, lastId: entry.lastId, pending: moved.pending, lag: moved.lag });
  }
}
