import { count, counts, isRecord, ms, oneOf, optional, settings, text } from './check-parts';
import { firstWrong, rowsOf, type Fields } from './check-rows';
import type { PolicyRule, PolicyTarget } from './entry-topology';

const channel = { broker: text, connection: text, channel: count };
const group = { broker: text, queue: text, group: text };

const targets: Readonly<Record<PolicyTarget, true>> = {
  all: true,
  queues: true,
  classic_queues: true,
  quorum_queues: true,
  streams: true,
  exchanges: true,
};
const policyRows = rowsOf<Fields<PolicyRule, never>>({
  pattern: text,
  'apply-to': oneOf(targets),
  definition: settings,
  priority: (value: unknown): value is number => Number.isFinite(value),
});

export const isPolicy = (value: unknown): value is PolicyRule =>
  isRecord(value) && firstWrong(value, policyRows) === undefined;

/** What a broker is made of inside. */
export const topologyTables = {
  'exchange.declared': { broker: text, exchange: text, kind: text, settings },
  'exchange.deleted': {
    broker: text,
    exchange: text,
    reason: oneOf({ asked: true, unused: true, 'broker-stopped': true }),
  },
  'queue.declared': { broker: text, queue: text, settings },
  'queue.deleted': {
    broker: text,
    queue: text,
    reason: oneOf({ asked: true, expired: true, unused: true, 'owner-gone': true, 'broker-stopped': true }),
  },
  'binding.added': {
    broker: text,
    binding: text,
    source: text,
    destination: text,
    to: oneOf({ queue: true, exchange: true }),
    key: text,
    arguments: settings,
  },
  'binding.removed': { broker: text, binding: text },
  'connection.opened': { broker: text, connection: text, process: text, heartbeatMs: ms },
  'connection.closed': {
    broker: text,
    connection: text,
    process: text,
    reason: oneOf({ asked: true, refused: true, lost: true }),
    text: optional(text),
  },
  'connection.blocked': { broker: text, connection: text, process: text, reason: text },
  'connection.unblocked': { broker: text, connection: text, process: text },
  'channel.opened': channel,
  'channel.limited': { ...channel, prefetch: count },
  'channel.closed': { ...channel, reason: oneOf({ asked: true, refused: true }), text: optional(text) },
  'group.created': { ...group, lastId: text },
  'group.moved': {
    ...group,
    lastId: text,
    pending: counts,
    lag: optional(count),
  },
  'group.destroyed': group,
  'policy.set': { broker: text, name: text, policy: isPolicy },
  'policy.cleared': { broker: text, name: text },
} as const;
