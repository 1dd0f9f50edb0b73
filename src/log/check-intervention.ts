import { count, flag, isJson, isRecord, ms, oneOf, optional, text, texts } from './check-parts';
import { isPolicy } from './check-topology';
import { firstWrong, mapValues, rowsOf, type Fields, type Rows } from './check-rows';
import type { Fault, FaultKind, FaultType, Intervention, InterventionType, LinkSettings } from './entry';

/** What is done to a run from outside, and what goes wrong in it, for input that cannot be trusted. */

const share = (value: unknown): value is number => ms(value) && value <= 1;
const linkRows = rowsOf<Fields<Partial<LinkSettings>, never>>({
  latencyMs: optional(ms),
  jitterMs: optional(ms),
  loss: optional(share),
  cut: optional(flag),
  duplicated: optional(share),
  delayed: optional(share),
  reordered: optional(share),
  delayedMs: optional(ms),
});
const link = (value: unknown): value is Partial<LinkSettings> =>
  isRecord(value) && firstWrong(value, linkRows) === undefined;

type FaultOf<T extends FaultType> = Extract<FaultKind, { readonly type: T }>;
const number = (value: unknown): value is number => Number.isFinite(value);
const groups = (value: unknown): value is readonly (readonly string[])[] => Array.isArray(value) && value.every(texts);
const faultTables: { readonly [T in FaultType]: Fields<FaultOf<T>, 'type'> } = {
  crash: { process: text, every: optional(count), chance: optional(share), restartAfterMs: optional(ms) },
  slow: { process: text, factor: optional(ms), lagMs: optional(ms) },
  skew: { process: text, skewMs: number },
  outage: { broker: text },
  alarm: { broker: text, resource: oneOf({ memory: true, disk: true }) },
  partition: { groups },
  link: { from: text, to: text, link },
  poison: { broker: text, event: text, every: optional(count), times: optional(count) },
};
const faultRows = new Map<unknown, Rows>(mapValues(faultTables));

export function isFault(value: unknown): value is Fault {
  if (!isRecord(value) || !(value['name'] === undefined || text(value['name']))) return false;
  const rows = faultRows.get(value['type']);
  return rows !== undefined && firstWrong(value, rows) === undefined;
}

const receiver = { atMs: ms, process: text, receiver: text };
type InterventionOf<T extends InterventionType> = Extract<Intervention, { readonly type: T }>;
const interventionTables: { readonly [T in InterventionType]: Fields<InterventionOf<T>, 'type'> } = {
  'message.publish': { atMs: ms, broker: text, event: text, data: optional(isJson) },
  'message.resend': { atMs: ms, broker: text, message: text, queue: optional(text) },
  'endpoint.recover': {
    atMs: ms,
    broker: text,
    queue: text,
    which: oneOf<'failed' | 'missing'>({ failed: true, missing: true }),
    sinceMs: optional(ms),
  },
  'endpoint.disable': { atMs: ms, broker: text, queue: text },
  'endpoint.enable': { atMs: ms, broker: text, queue: text },
  'endpoint.rotate-secret': { atMs: ms, broker: text, queue: text, secret: optional(text) },
  'group.set-id': { atMs: ms, broker: text, queue: text, group: text, id: text },
  'policy.set': { atMs: ms, broker: text, name: text, policy: isPolicy },
  'policy.clear': { atMs: ms, broker: text, name: text },
  'replay.start': {
    atMs: ms,
    broker: text,
    process: text,
    listener: optional(text),
    pattern: optional(text),
    fromMs: optional(ms),
    toMs: optional(ms),
    correlation: optional(text),
    publisher: optional(text),
    suppressEffects: optional(flag),
  },
  'projection.rebuild': { atMs: ms, broker: text, process: text, projection: text },
  'message.redrive': {
    atMs: ms,
    broker: text,
    queue: text,
    messages: optional(texts),
    listener: optional(text),
    data: optional(isJson),
  },
  'http.request': { atMs: ms, method: text, url: text, headers: texts, body: optional(text) },
  'process.crash': { atMs: ms, process: text, restartAfterMs: optional(ms) },
  'process.stop': { atMs: ms, process: text },
  'process.restart': { atMs: ms, process: text },
  'process.scale': { atMs: ms, service: text, replicas: count },
  'broker.scale': { atMs: ms, broker: text, workers: count },
  'file.edit': { atMs: ms, file: text, source: text },
  'link.change': { atMs: ms, from: text, to: text, link },
  'broker.stop': { atMs: ms, broker: text },
  'broker.start': { atMs: ms, broker: text },
  'fault.begin': { atMs: ms, fault: isFault, forMs: optional(ms) },
  'fault.end': { atMs: ms, name: text },
  'experiment.switch': { atMs: ms, experiment: text, version: optional(text) },
  'receiver.pause': receiver,
  'receiver.resume': receiver,
  'receiver.retry': { ...receiver, events: optional(texts) },
  'receiver.issue': { ...receiver, issue: text, as: oneOf({ acknowledged: true, resolved: true }) },
};
const interventionRows = new Map<unknown, Rows>(mapValues(interventionTables));

/** Whether the value, read from JSON, is an intervention. */
export function isIntervention(value: unknown): value is Intervention {
  if (!isRecord(value)) return false;
  const rows = interventionRows.get(value['type']);
  return rows !== undefined && firstWrong(value, rows) === undefined;
}
