import type { Message } from './envelope';
import {
  code,
  count,
  flag,
  isJson,
  isRecord,
  ms,
  one,
  oneOf,
  optional,
  properties,
  settings,
  text,
  texts,
  whole,
  yes,
} from './check-parts';
import { failure, firstWrong, mapValues, rowsOf, type Bare, type Fields, type Rows } from './check-rows';
import { isFault, isIntervention } from './check-intervention';
import { experimentTables } from './check-experiment';
import { receiverTables } from './check-receiver';
import { sagaTables } from './check-saga';
import { storeTables, streamTables } from './check-stores';
import { topologyTables } from './check-topology';
import type { Fault } from './fault';
import type { Entry, EntryOf, EntryType, HeldKind, LimitName } from './entry';

/**
 * The shape of every entry, for input that cannot be trusted: segments from the sandbox, imported logs.
 *
 * Invariants
 * 1. The tables name every field of every type of entry; a new type or field without its check does not compile.
 * 2. What passes can be read, cloned and written again without surprise: numbers are finite, nesting is bounded.
 * 3. Fields that are not in the vocabulary are kept as they are and nobody reads them.
 */
export interface EntryProblem {
  readonly type: 'problem';
  readonly fault: Fault;
}

const specversion = oneOf<Message['specversion']>({ '1.0': true });
const contentType = oneOf<Message['datacontenttype']>({ 'application/json': true });
const messageRows = rowsOf<Fields<Message, never>>({
  id: text,
  source: text,
  specversion,
  type: text,
  time: text,
  datacontenttype: contentType,
  correlationid: text,
  causationid: optional(text),
  data: optional(isJson),
});
const message = (value: unknown): value is Message => isRecord(value) && firstWrong(value, messageRows) === undefined;

const deathReasons = { rejected: true, expired: true, maxlen: true, delivery_limit: true } as const;

const whom = { process: optional(text), listener: optional(text) };
const limitName = oneOf<LimitName>({
  turns: true,
  'call-depth': true,
  'deliveries-per-instant': true,
  'wakes-per-instant': true,
  'queue-depth': true,
  'message-bytes': true,
  'console-bytes': true,
  entries: true,
});
const delivery = {
  delivery: text,
  message: text,
  broker: text,
  process: text,
  listener: text,
  attempt: count,
  replayed: optional(yes),
  redriven: optional(yes),
};
const route = {
  exchange: optional(text),
  bindings: optional(texts),
  keys: optional(texts),
  alternates: optional(texts),
};
const policy = { process: text, policy: text };
const invariant = { process: text, name: text };

const entryTables: { readonly [T in EntryType]: Fields<EntryOf<T>, Bare> } = {
  'run.started': { title: text, seed: count, durationMs: ms, version: one },
  'run.ended': {
    reason: oneOf<EntryOf<'run.ended'>['reason']>({ duration: true, idle: true, limit: true, unresponsive: true }),
    process: optional(text),
    listener: optional(text),
  },
  'file.rejected': { file: text, line: count, column: count, message: text, keptPrevious: flag },
  'file.edited': { file: text },
  'process.started': { process: text, service: text, file: text, args: texts, life: count },
  'process.reloaded': { process: text, file: text, life: count },
  'process.exited': {
    process: text,
    code,
    signal: optional(oneOf<'SIGTERM'>({ SIGTERM: true })),
    failure: optional(failure),
  },
  'process.crashed': { process: text, interrupted: count },
  'broker.declared': { broker: text, kind: text, settings },
  'broker.changed': { broker: text, settings },
  'listener.subscribed': {
    broker: text,
    subscription: text,
    process: text,
    listener: text,
    pattern: text,
    queue: optional(text),
    prefetch: optional(count),
    attempts: count,
    timeoutMs: optional(ms),
    deadLetter: optional(text),
    connection: optional(text),
    channel: optional(count),
    noAck: optional(yes),
    priority: optional(whole),
    group: optional(text),
    space: optional(oneOf<'pattern' | 'shard'>({ pattern: true, shard: true })),
    url: optional(text),
    compensates: optional(text),
  },
  'listener.unsubscribed': { broker: text, subscription: text, process: text, listener: text },
  'broker.stopped': { broker: text },
  'broker.started': { broker: text },
  'fault.began': { name: text, fault: isFault },
  'fault.ended': { name: text },
  'fault.struck': { name: text, process: optional(text), message: optional(text) },
  'message.duplicated': { message: text, from: text, to: text, arrivesAtMs: ms },
  ...topologyTables,
  ...sagaTables,
  ...experimentTables,
  ...receiverTables,
  'message.published': { message, process: optional(text), broker: text, arrivesAtMs: optional(ms) },
  'message.lost': { message: text, from: text, to: text },
  'message.routed': {
    message: text,
    broker: text,
    subscriptions: texts,
    queues: texts,
    channel: optional(text),
    kept: optional(yes),
    ...route,
    properties: optional(properties),
  },
  'message.enqueued': { message: text, broker: text, queue: text },
  'message.requeued': { message: text, broker: text, queue: text, delivery: text },
  'message.dispatched': {
    message: text,
    broker: text,
    queue: optional(text),
    delivery: text,
    subscription: text,
    process: text,
    listener: text,
    attempt: count,
    arrivesAtMs: optional(ms),
    replayed: optional(yes),
    redriven: optional(yes),
    trigger: optional(oneOf<'manual'>({ manual: true })),
  },
  'message.dead-lettered': {
    message: text,
    broker: text,
    queue: text,
    from: optional(text),
    listener: text,
    attempts: count,
    reason: oneOf<EntryOf<'message.dead-lettered'>['reason']>({
      attempts: true,
      budget: true,
      unanswered: true,
      ...deathReasons,
    }),
    ...route,
    properties: optional(properties),
  },
  'message.redriven': {
    message: text,
    broker: text,
    queue: text,
    to: optional(text),
    process: optional(text),
    listener: text,
    data: optional(isJson),
  },
  'message.dropped': {
    message: text,
    broker: text,
    reason: oneOf<EntryOf<'message.dropped'>['reason']>({
      ...deathReasons,
      unroutable: true,
      returned: true,
      purged: true,
      'queue-deleted': true,
      'queue-expired': true,
      'broker-stopped': true,
      'no-subscriber': true,
      'consumer-gone': true,
      'queue-full': true,
      duplicate: true,
      refused: true,
      'endpoint-disabled': true,
    }),
    queue: optional(text),
    exchange: optional(text),
  },
  'delivery.started': delivery,
  'delivery.succeeded': { ...delivery, tookMs: ms, status: optional(count) },
  'delivery.failed': {
    ...delivery,
    tookMs: ms,
    reason: oneOf<EntryOf<'delivery.failed'>['reason']>({
      threw: true,
      timeout: true,
      limit: true,
      refused: true,
      status: true,
      unreachable: true,
      policy: true,
    }),
    status: optional(count),
    failure,
    attemptsLeft: count,
    overBudget: optional(yes),
  },
  'delivery.retry-scheduled': { ...delivery, nextAttempt: count, attempts: count, dueAtMs: ms },
  'delivery.stalled': { ...delivery, sinceMs: ms },
  'port.opened': { process: text, port: count, host: text },
  'port.closed': { process: text, port: count },
  'http.requested': {
    request: text,
    process: optional(text),
    delivery: optional(text),
    to: optional(text),
    meant: optional(text),
    host: text,
    method: text,
    path: text,
    headers: texts,
    body: optional(text),
    arrivesAtMs: optional(ms),
  },
  'http.received': { request: text, process: text, from: optional(text) },
  'http.answered': {
    request: text,
    process: text,
    to: optional(text),
    status: count,
    statusText: text,
    headers: texts,
    body: optional(text),
    bytes: count,
    tookMs: ms,
    arrivesAtMs: optional(ms),
  },
  'http.completed': { request: text, process: optional(text), to: text, status: count, tookMs: ms },
  'http.failed': { request: text, process: optional(text), to: optional(text), code: text, tookMs: ms },
  'breaker.declared': policy,
  'breaker.changed': {
    ...policy,
    state: oneOf<EntryOf<'breaker.changed'>['state']>({ closed: true, open: true, 'half-open': true, isolated: true }),
    halfOpenAtMs: optional(ms),
    failure: optional(failure),
  },
  'retry.scheduled': { ...policy, attempt: count, delayMs: ms, failure: optional(failure) },
  'retry.given-up': { ...policy, failure: optional(failure) },
  ...storeTables,
  ...streamTables,
  'replay.started': {
    broker: text,
    process: text,
    pattern: text,
    messages: count,
    fromMs: optional(ms),
    toMs: optional(ms),
    correlation: optional(text),
    publisher: optional(text),
    listener: optional(text),
    suppressEffects: optional(yes),
  },
  'replay.ended': { broker: text, process: text, failed: optional(count) },
  'effect.held': {
    process: text,
    listener: optional(text),
    effect: optional(oneOf<HeldKind>({ request: true, answer: true, command: true, append: true, write: true })),
    broker: text,
    event: text,
    place: optional(text),
    data: optional(isJson),
  },
  'console.printed': {
    process: text,
    stream: oneOf<EntryOf<'console.printed'>['stream']>({ stdout: true, stderr: true }),
    text,
  },
  'process.showed': { process: text, name: text, value: text },
  'invariant.declared': invariant,
  'invariant.failed': { ...invariant, detail: optional(text) },
  'invariant.held': invariant,
  'limit.reached': { limit: limitName, max: ms, ...whom, broker: optional(text) },
  'intervention.applied': { intervention: isIntervention },
  'intervention.refused': { intervention: isIntervention, reason: text },
};
const entryRows = new Map<unknown, Rows>(mapValues(entryTables));

/** The value, read from JSON, as an entry, or what is wrong with it. Looks at one entry only, not at its neighbours. */
export function checkEntry(value: unknown): Entry | EntryProblem {
  if (!isRecord(value)) return problem({ type: 'not-an-object' });
  const type = value['type'];
  const rows = entryRows.get(type);
  if (rows === undefined)
    return problem(type === undefined ? { type: 'no-type' } : { type: 'unknown-type', name: quote(type) });
  const { seq, atMs, cause, where } = value;
  const bad = (field: string): EntryProblem => problem({ type: 'bad-field', field, entry: String(type) });
  if (!count(seq)) return bad('seq');
  if (!ms(atMs)) return bad('atMs');
  if (cause !== undefined && !(count(cause) && cause < seq)) return problem({ type: 'cause-not-earlier' });
  if (where !== undefined && !text(where)) return bad('where');
  const wrong = firstWrong(value, rows);
  if (wrong !== undefined) return bad(wrong);
  return value as unknown as Entry;
}

function problem(fault: Fault): EntryProblem {
  return { type: 'problem', fault };
}

function quote(value: unknown): string {
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  return value === null ? 'null' : typeof value;
}
