import type { Entry, EntryType } from '../../src/log/entry';
import type { Message } from '../../src/log/envelope';

export const message: Message = {
  id: 'm_1',
  source: '/shop',
  specversion: '1.0',
  type: 'order.created',
  time: '2026-01-01T00:00:00.100Z',
  datacontenttype: 'application/json',
  correlationid: 'm_1',
  data: { id: 1, email: 'u1@example.com' },
};

const failure = { name: 'TypeError', message: 'x is not a function', stack: 'at email.ts:19' };
const delivery = {
  delivery: 'd_1',
  message: 'm_1',
  broker: 'shop',
  process: 'mail',
  listener: 'sendEmail',
  attempt: 1,
} as const;

type Bare<T> = T extends unknown ? Omit<T, 'seq' | 'atMs'> : never;

/** One entry of every type, most with all their fields. A new type without its sample does not compile. */
export const samples: { readonly [T in EntryType]: Bare<Extract<Entry, { type: T }>> } = {
  'run.started': { type: 'run.started', title: 'Shop', seed: 7, durationMs: 60_000, version: 1 },
  'run.ended': { type: 'run.ended', reason: 'unresponsive', process: 'mail', listener: 'sendEmail' },
  'file.rejected': {
    type: 'file.rejected',
    file: 'a.ts',
    line: 3,
    column: 9,
    message: 'Unexpected token',
    keptPrevious: true,
  },
  'file.edited': { type: 'file.edited', file: 'a.ts' },
  'process.started': {
    type: 'process.started',
    process: 'mail#1',
    service: 'mail',
    file: 'a.ts',
    args: ['A'],
    life: 1,
  },
  'process.reloaded': { type: 'process.reloaded', process: 'mail', file: 'a.ts', life: 1 },
  'process.exited': { type: 'process.exited', process: 'mail', code: null, signal: 'SIGTERM', failure },
  'process.crashed': { type: 'process.crashed', process: 'mail', interrupted: 2 },
  'broker.declared': { type: 'broker.declared', broker: 'shop', kind: 'bus', settings: { mode: 'queue', workers: 1 } },
  'broker.changed': { type: 'broker.changed', broker: 'shop', settings: { workers: 2, durable: true } },
  'listener.subscribed': {
    type: 'listener.subscribed',
    broker: 'shop',
    subscription: 's_1',
    process: 'mail',
    listener: 'sendEmail',
    pattern: 'order.*',
    queue: 'orders',
    prefetch: 1,
    attempts: 3,
    timeoutMs: 500,
    deadLetter: 'dead',
    connection: 'c_1',
    channel: 1,
    noAck: true,
    priority: -2,
    space: 'pattern',
  },
  'exchange.declared': {
    type: 'exchange.declared',
    broker: 'rabbitmq',
    exchange: 'orders',
    kind: 'topic',
    settings: { durable: true, 'alternate-exchange': 'lost' },
  },
  'exchange.deleted': { type: 'exchange.deleted', broker: 'rabbitmq', exchange: 'orders', reason: 'unused' },
  'queue.declared': {
    type: 'queue.declared',
    broker: 'rabbitmq',
    queue: 'mail',
    settings: { durable: true, 'x-message-ttl': 30_000 },
  },
  'queue.deleted': { type: 'queue.deleted', broker: 'rabbitmq', queue: 'mail', reason: 'owner-gone' },
  'binding.added': {
    type: 'binding.added',
    broker: 'rabbitmq',
    binding: 'b_1',
    source: 'orders',
    destination: 'mail',
    to: 'queue',
    key: 'order.*',
    arguments: { 'x-match': 'any' },
  },
  'binding.removed': { type: 'binding.removed', broker: 'rabbitmq', binding: 'b_1' },
  'connection.opened': {
    type: 'connection.opened',
    broker: 'rabbitmq',
    connection: 'c_1',
    process: 'mail',
    heartbeatMs: 60_000,
  },
  'connection.closed': {
    type: 'connection.closed',
    broker: 'rabbitmq',
    connection: 'c_1',
    process: 'mail',
    reason: 'refused',
    text: '503 COMMAND_INVALID - unknown exchange type',
  },
  'channel.opened': { type: 'channel.opened', broker: 'rabbitmq', connection: 'c_1', channel: 1 },
  'channel.limited': { type: 'channel.limited', broker: 'rabbitmq', connection: 'c_1', channel: 1, prefetch: 5 },
  'channel.closed': {
    type: 'channel.closed',
    broker: 'rabbitmq',
    connection: 'c_1',
    channel: 1,
    reason: 'refused',
    text: '404 NOT_FOUND - no queue',
  },
  'group.created': { type: 'group.created', broker: 'redis', queue: 'orders', group: 'billing', lastId: '0-0' },
  'group.moved': {
    type: 'group.moved',
    broker: 'redis',
    queue: 'orders',
    group: 'billing',
    lastId: '1-0',
    pending: { one: 2 },
    lag: 1,
  },
  'group.destroyed': { type: 'group.destroyed', broker: 'redis', queue: 'orders', group: 'billing' },
  'listener.unsubscribed': {
    type: 'listener.unsubscribed',
    broker: 'shop',
    subscription: 's_1',
    process: 'mail',
    listener: 'sendEmail',
  },
  'message.published': {
    type: 'message.published',
    message,
    process: 'shop',
    broker: 'shop',
    arrivesAtMs: 104.5,
    where: 'shop.ts:7',
  },
  'message.lost': { type: 'message.lost', message: 'm_1', from: 'shop', to: 'mail' },
  'message.routed': {
    type: 'message.routed',
    message: 'm_1',
    broker: 'shop',
    subscriptions: ['s_1'],
    queues: [],
    channel: 'news',
    exchange: 'orders',
    bindings: ['b_1'],
    keys: ['order.created', 'copy'],
    alternates: ['orders'],
    properties: { deliveryMode: 2, headers: { region: 'ua' } },
  },
  'message.enqueued': { type: 'message.enqueued', message: 'm_1', broker: 'shop', queue: 'orders' },
  'message.requeued': { type: 'message.requeued', message: 'm_1', broker: 'shop', queue: 'orders', delivery: 'd_1' },
  'message.dispatched': {
    type: 'message.dispatched',
    message: 'm_1',
    broker: 'shop',
    queue: 'orders',
    delivery: 'd_1',
    subscription: 's_1',
    process: 'mail',
    listener: 'sendEmail',
    attempt: 1,
    arrivesAtMs: 109,
    replayed: true,
  },
  'message.dead-lettered': {
    type: 'message.dead-lettered',
    message: 'm_1',
    broker: 'shop',
    queue: 'dead',
    listener: 'sendEmail',
    attempts: 3,
    reason: 'attempts',
    exchange: 'dlx',
    bindings: ['b_2'],
    keys: ['dead'],
    alternates: [],
    properties: { headers: { 'x-death': [{ count: 1 }] } },
  },
  'message.dropped': {
    type: 'message.dropped',
    message: 'm_1',
    broker: 'shop',
    reason: 'queue-full',
    queue: 'orders',
    exchange: 'dlx',
  },
  'delivery.started': { type: 'delivery.started', ...delivery },
  'delivery.succeeded': { type: 'delivery.succeeded', ...delivery, tookMs: 500, replayed: true },
  'delivery.failed': {
    type: 'delivery.failed',
    ...delivery,
    tookMs: 12,
    reason: 'threw',
    failure,
    attemptsLeft: 2,
  },
  'delivery.retry-scheduled': {
    type: 'delivery.retry-scheduled',
    ...delivery,
    nextAttempt: 2,
    attempts: 3,
    dueAtMs: 212,
  },
  'delivery.stalled': { type: 'delivery.stalled', ...delivery, sinceMs: 900 },
  'replay.started': { type: 'replay.started', broker: 'shop', process: 'shop', pattern: '#', messages: 12 },
  'replay.ended': { type: 'replay.ended', broker: 'shop', process: 'shop' },
  'console.printed': { type: 'console.printed', process: 'mail', stream: 'stdout', text: 'привіт\n' },
  'process.showed': { type: 'process.showed', process: 'shop', name: 'stock', value: 'Map(1) { 7 => 2 }' },
  'invariant.declared': { type: 'invariant.declared', process: 'shop', name: 'no order twice' },
  'invariant.failed': { type: 'invariant.failed', process: 'shop', name: 'no order twice', detail: 'order 3' },
  'invariant.held': { type: 'invariant.held', process: 'shop', name: 'no order twice' },
  'limit.reached': { type: 'limit.reached', limit: 'queue-depth', max: 10_000, process: 'mail', listener: 'l' },
  'intervention.applied': {
    type: 'intervention.applied',
    intervention: { type: 'link.change', atMs: 100, from: 'shop', to: 'mail', link: { loss: 0.5, cut: false } },
  },
  'intervention.refused': {
    type: 'intervention.refused',
    intervention: { type: 'process.crash', atMs: 100, process: 'nobody' },
    reason: 'there is no such process',
  },
};

/** A log with every type of entry, `repeat` times over. */
export function sampleLog(repeat = 1): Entry[] {
  const entries: Entry[] = [];
  for (let turn = 0; turn < repeat; turn += 1) {
    for (const sample of Object.values(samples)) {
      const seq = entries.length;
      // The runtime writes what all entries have first.
      const { type, ...rest } = sample;
      const head = { type, seq, atMs: seq * 10, ...(seq > 0 ? { cause: seq - 1 } : {}) };
      entries.push({ ...head, ...rest } as Entry);
    }
  }
  return entries;
}
