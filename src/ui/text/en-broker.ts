import type { DropReason, EntryOf, Settings } from '../../log/entry';
import { asArguments } from './as-arguments';
import { enFormat as f } from './format';

/** Why an endpoint of webhooks gets nothing. */
const disabledReason: Readonly<Record<string, string>> = {
  asked: 'turned off',
  gone: 'it answered 410',
  failing: 'all attempts failed for too long',
};

/** What is not as usual about a queue or an exchange, short enough for a node: `TTL 30 s`, `max 100`. */
const setting: Readonly<Record<string, (value: string | number | boolean) => string>> = {
  durable: (value) => (value === true ? '' : 'transient'),
  'auto-delete': () => 'auto-delete',
  exclusive: () => 'exclusive',
  internal: () => 'internal',
  'alternate-exchange': (value) => `else to ${String(value)}`,
  'x-queue-type': (value) => String(value),
  'x-message-ttl': (value) => `TTL ${f.duration(Number(value))}`,
  'x-expires': (value) => `expires after ${f.duration(Number(value))}`,
  'x-max-length': (value) => `max ${f.number(Number(value))}`,
  'x-max-length-bytes': (value) => `max ${f.bytes(Number(value))}`,
  'x-overflow': (value) => String(value),
  'x-max-priority': (value) => `priorities 0–${f.number(Number(value))}`,
  'x-single-active-consumer': (value) => (value === true ? 'one active consumer' : ''),
  'x-delivery-limit': (value) => `limit ${f.number(Number(value))}`,
  'x-dead-letter-exchange': (value) => `dead to ${value === '' ? 'default exchange' : String(value)}`,
  'x-dead-letter-routing-key': (value) => `with key ${String(value)}`,
  // Of an endpoint of webhooks; its URL is its name already.
  endpoint: () => '',
  url: () => '',
  application: () => '',
  description: () => '',
  'refused-address': (value) => `refused: ${String(value)}`,
  'event-types': (value) => (value === '#' ? 'all types' : String(value)),
  channels: (value) => `channels ${String(value)}`,
  'rate-limit': (value) => `${f.number(Number(value))} per s`,
  disabled: (value) => `disabled: ${disabledReason[String(value)] ?? ''}`,
  secret: (value) => `new secret ${String(value)}`,
  'former-secret-until-ms': (value) => `the former signs too until ${f.instant(Number(value))}`,
};

export function enSettings(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const words = setting[name] === undefined ? `${name} ${String(value)}` : setting[name](value);
    return words === '' ? [] : [words];
  });
}

/** What a policy sets, in the words for arguments. */
export function enPolicy(definition: Settings): string[] {
  return enSettings(asArguments(definition));
}

/** What a listener is there for: an endpoint of webhooks for some types or all, everyone else for a pattern. */
function enSubscribedTo({ pattern, url }: { readonly pattern: string; readonly url?: string | undefined }): string {
  return url === undefined ? pattern : enSettings({ 'event-types': pattern }).join();
}

/** `: TTL 30 s, max 100`, or nothing. */
const details = (parts: readonly string[]): string => (parts.length === 0 ? '' : `: ${parts.join(', ')}`);
const args = (values: Settings): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(', ');
const queues = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'queue', other: 'queues' })}`;

/** `orders.dlx`, `default exchange`. */
const exchange = (name: string): string => (name === '' ? 'default exchange' : name);

const queueEnd = {
  asked: '',
  expired: ': nobody used it for its time',
  unused: ': its last consumer went',
  'owner-gone': ': its connection is gone',
  'broker-stopped': ': the broker was stopped, and it was not durable',
} as const satisfies Record<EntryOf<'queue.deleted'>['reason'], string>;

const exchangeEnd = {
  asked: '',
  unused: ': its last binding went',
  'broker-stopped': queueEnd['broker-stopped'],
} as const satisfies Record<EntryOf<'exchange.deleted'>['reason'], string>;

const closed = (e: EntryOf<'connection.closed' | 'channel.closed'>): string => {
  if (e.reason === 'refused') return `: ${e.text ?? ''}`;
  return e.reason === 'lost' ? ': nothing is heard of it any more' : '';
};

const channel = (e: { readonly connection: string; readonly channel: number }): string =>
  `channel ${f.number(e.channel)} of ${e.connection}`;

/** Sentences about what is inside a broker. */
export const enBrokerSentence = {
  'exchange.declared': (e: EntryOf<'exchange.declared'>) =>
    `Exchange ${e.exchange} (${e.kind}) was declared${details(enSettings(e.settings))}`,
  'exchange.deleted': (e: EntryOf<'exchange.deleted'>) => `Exchange ${e.exchange} was deleted${exchangeEnd[e.reason]}`,
  'queue.declared': (e: EntryOf<'queue.declared'>) =>
    `${e.settings['endpoint'] === undefined ? 'Queue' : 'Endpoint'} ${e.queue} was declared${details(enSettings(e.settings))}`,
  'queue.deleted': (e: EntryOf<'queue.deleted'>) => `Queue ${e.queue} was deleted${queueEnd[e.reason]}`,
  'binding.added': (e: EntryOf<'binding.added'>) =>
    `${e.destination} was bound to ${e.source}${details([...(e.key === '' ? [] : [e.key]), ...(args(e.arguments) === '' ? [] : [args(e.arguments)])])}`,
  'binding.removed': (e: EntryOf<'binding.removed'>) => `Binding ${e.binding} of ${e.broker} was removed`,
  'connection.opened': (e: EntryOf<'connection.opened'>) =>
    `${e.process} connected to ${e.broker}: ${e.connection}, heartbeat ${f.duration(e.heartbeatMs)}`,
  'connection.closed': (e: EntryOf<'connection.closed'>) =>
    `Connection ${e.connection} of ${e.process} closed${closed(e)}`,
  'connection.blocked': (e: EntryOf<'connection.blocked'>) =>
    `${e.broker} blocked ${e.connection} of ${e.process}: ${e.reason}`,
  'connection.unblocked': (e: EntryOf<'connection.unblocked'>) =>
    `${e.broker} reads ${e.connection} of ${e.process} again`,
  'channel.opened': (e: EntryOf<'channel.opened'>) => `${e.broker} opened ${channel(e)}`,
  'channel.limited': (e: EntryOf<'channel.limited'>) =>
    `All consumers of ${channel(e)} together: prefetch ${f.number(e.prefetch)}`,
  'channel.closed': (e: EntryOf<'channel.closed'>) => `${e.broker} closed ${channel(e)}${closed(e)}`,
  'group.created': (e: EntryOf<'group.created'>) => `Group ${e.group} reads ${e.queue} from ${e.lastId} on`,
  'group.moved': (e: EntryOf<'group.moved'>) =>
    `Group ${e.group} of ${e.queue}: read to ${e.lastId}, ${f.number(Object.values(e.pending).reduce((sum, n) => sum + n, 0))} pending${e.lag === undefined ? '' : `, lag ${f.number(e.lag)}`}`,
  'group.destroyed': (e: EntryOf<'group.destroyed'>) => `Group ${e.group} of ${e.queue} is gone`,
  'policy.set': ({ name, policy }: EntryOf<'policy.set'>) =>
    `Policy ${name} counts for ${policy.pattern}${details(enPolicy(policy.definition))}`,
  'policy.cleared': ({ name }: EntryOf<'policy.cleared'>) => `Policy ${name} is gone`,
};

const dropReason = {
  'no-subscriber': 'nobody listens to it',
  'consumer-gone': 'its consumer is gone',
  'queue-full': 'the queue is full',
  unroutable: 'no binding leads to a queue',
  returned: 'no binding leads to a queue; it went back to its publisher',
  purged: 'the queue was purged',
  'queue-deleted': 'the queue was deleted',
  'queue-expired': 'the queue expired',
  'broker-stopped': 'the broker was stopped, and it was not on disk',
  rejected: 'it was rejected',
  expired: 'its time was over',
  maxlen: 'the queue was over its limit',
  delivery_limit: 'it came back too often',
  duplicate: 'one with its id was there already',
  refused: 'it was not taken in',
  'endpoint-disabled': 'the endpoint is disabled',
} as const satisfies Record<DropReason, string>;

/** `to 6 queues`, `to email`. */
function routedTo(names: readonly string[]): string {
  return `to ${names.length > 3 ? queues(names.length) : names.join(', ')}`;
}

export const enBroker = {
  settings: enSettings,
  subscribedTo: enSubscribedTo,
  arguments: args,
  exchange,
  dropReason,
  routedTo,
  /** After what dropped it: its dead-letter exchange did not take it either. */
  deadNowhere: (name: string) => `; ${exchange(name)} led nowhere`,
  noMatch: 'no match',
  more: (count: number) => `+${f.number(count)} more`,
  exchangeLabel: (name: string, kind: string, routed: number) =>
    `Exchange ${name}, ${kind}, ${f.number(routed)} ${f.plural(routed, { one: 'message', other: 'messages' })}`,
  bindingLabel: (source: string, key: string, destination: string) =>
    `Binding ${key === '' ? '' : `${key} `}from ${source} to ${destination}`,
  /** On the way of dead letters. */
  deadPath: { rejected: 'rejected', expired: 'TTL', maxlen: 'max', delivery_limit: 'limit' },
  prefetch: 'prefetch',
  prefetchOf: (held: number, limit: number) => `prefetch ${f.number(held)} of ${f.number(limit)}`,
  noPrefetch: (held: number) => `${f.number(held)} unacked, no prefetch`,
  lastPublish: (receivers: number) => `last PUBLISH → ${f.number(receivers)}`,
  subscribers: (count: number) => `${f.number(count)} ${f.plural(count, { one: 'subscriber', other: 'subscribers' })}`,
  group: (name: string, pending: number, lag: number | undefined) =>
    `${name} · ${f.number(pending)} pending${lag === undefined ? '' : ` · lag ${f.number(lag)}`}`,
  groupMove: {
    open: (group: string, stream: string) => `Have ${group} read ${stream} again…`,
    after: 'Go on after the entry',
    help: '0: all of it again. $: only what comes from now on. What is pending stays pending.',
    wrongId: 'An entry has an id such as 1767225600000-0; 0 and $ stand for the ends.',
    send: 'Set',
  },
  /** How far the consumer groups of a stream are. */
  groups: (count: number, pending: number) => `${f.number(count)} groups · ${f.number(pending)} pending`,
  pending: (count: number) => `${f.number(count)} pending`,
  lag: (count: number) => `lag ${f.number(count)}`,
  route: {
    title: 'Route',
    /** The message came to the exchange with this key. */
    to: (name: string, kind: string, key: string) =>
      `${exchange(name)}${kind === '' ? '' : ` (${kind})`}${key === '' ? '' : ` with key ${key}`}`,
    died: (queue: string, reason: string) => `Died in ${queue}: ${reason}`,
    why: {
      default: (queue: string) => `the key is the name of ${queue}`,
      fanout: 'fanout: every binding matches',
      direct: (key: string) => `the key is ${key}`,
      topic: (pattern: string, key: string) => `${pattern} matches ${key}`,
      all: (pairs: string) => (pairs === '' ? 'it asks for no header' : `all headers are there: ${pairs}`),
      any: (pairs: string) => `one header at least is there: ${pairs}`,
    },
    alternate: (from: string, to: string) => `Nothing in ${from} matched: on to its alternate ${to}`,
    nowhere: 'No binding matched',
    unmatched: (count: number) =>
      `${f.number(count)} other ${f.plural(count, { one: 'binding', other: 'bindings' })} did not match`,
    again: 'reached already',
    published: 'published',
  },
  properties: 'Properties and headers',
  deaths: {
    title: 'x-death',
    row: (times: number, reason: string, queue: string) => `${f.number(times)} × ${reason} in ${queue}`,
    since: (time: string, exchangeName: string, keys: string) =>
      `first at ${time}, published to ${exchange(exchangeName)}${keys === '' ? '' : ` with ${keys}`}`,
  },
  inspector: {
    policy: 'By policy',
    policies: {
      title: 'Policies',
      none: 'None. A policy gives arguments to all queues and exchanges whose names match.',
      set: 'Set a policy…',
      change: (name: string) => `Change policy ${name}…`,
      clear: (name: string) => `Remove policy ${name}`,
      name: 'Name',
      pattern: 'Names that match (regular expression)',
      target: 'Applies to',
      targets: {
        all: 'queues and exchanges',
        queues: 'queues',
        classic_queues: 'classic queues',
        quorum_queues: 'quorum queues',
        streams: 'streams',
        exchanges: 'exchanges',
      },
      priority: 'Priority',
      definition: 'What it sets (JSON)',
      known: (keys: string) => `One or more of ${keys}.`,
      noName: 'A policy needs a name.',
      noJson: 'This is no JSON object such as {"message-ttl": 5000}.',
      noPriority: 'A priority is a whole number.',
      send: 'Set',
      words: enPolicy,
    },
    exchanges: 'Exchanges',
    exchangeKind: (kind: string) => `${kind} exchange`,
    bindingKind: 'binding',
    bindingsOf: 'Bindings from here',
    bindingsTo: 'Bindings to here',
    noBindings: 'Nothing is bound',
    routed: (count: number) => `${f.number(count)} ${f.plural(count, { one: 'message', other: 'messages' })} came here`,
    matched: (count: number) => `matched ${f.number(count)}`,
    settings: 'Settings',
    deadTo: 'Dead letters go to',
    connections: 'Connections',
    noConnections: 'Nobody is connected',
    connection: (name: string, heartbeat: string, blocked: string | undefined) =>
      `${name}, heartbeat ${heartbeat}${blocked === undefined ? '' : `, blocked: ${blocked}`}`,
    channel: (number: number, unacked: number, prefetch: string) =>
      `channel ${f.number(number)}: ${f.number(unacked)} unacked${prefetch === '' ? '' : `, ${prefetch}`}`,
    sharedPrefetch: (limit: number) => `prefetch ${f.number(limit)} for all`,
    consumerPrefetch: (limits: string) => `prefetch ${limits}`,
    groups: 'Consumer groups',
    channels: 'Channels of Pub/Sub',
    noAck: 'no ack',
    priority: (priority: number) => `priority ${f.number(priority)}`,
    gone: (name: string) => `${name} is not there at this instant`,
    from: 'from',
    to: 'to',
    key: 'key',
    arguments: 'arguments',
  },
};

export const enPolicyIntervention = {
  'policy.set': (name: string) => `Set policy ${name}`,
  'policy.clear': (name: string) => `Remove policy ${name}`,
};
