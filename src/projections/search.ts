import type { Entry, EntryOf, EntryType, ExperimentEntry, ReceiverEntry, SagaEntry } from '../log/entry';
import { messageIdOf, requestIdOf } from './causes';
import { Column } from './column';
import { fateOfEntry, type Fate } from './fate';

/** What the log list is filtered by. */
export const entryGroups = [
  'messages',
  'deliveries',
  'http',
  'stores',
  'failures',
  'console',
  'processes',
  'interventions',
  'run',
] as const;
export type EntryGroup = (typeof entryGroups)[number];

type HttpEntry = EntryOf<'http.requested' | 'http.received' | 'http.answered' | 'http.completed' | 'http.failed'>;

function isHttp(entry: Entry): entry is HttpEntry {
  return entry.type.startsWith('http.');
}

/** Answers of 5xx and calls without an answer stand with the failures. */
function groupOfCall(entry: HttpEntry): EntryGroup {
  if (entry.type === 'http.failed') return 'failures';
  return 'status' in entry && entry.status >= 500 ? 'failures' : 'http';
}

type StoreEntry = EntryOf<
  Extract<
    EntryType,
    `${'store' | 'outbox' | 'duplicate' | 'stream' | 'aggregate' | 'snapshot' | 'projection'}.${string}`
  >
>;

function isStore(entry: Entry): entry is StoreEntry {
  return /^(?:store|outbox|duplicate|stream|aggregate|snapshot|projection)\./.test(entry.type);
}

function groupOfStore(entry: StoreEntry): EntryGroup {
  return 'failure' in entry || entry.type === 'stream.conflicted' ? 'failures' : 'stores';
}

function isReplay(entry: Entry): entry is EntryOf<'replay.started' | 'replay.ended' | 'effect.held'> {
  return entry.type.startsWith('replay.') || entry.type === 'effect.held';
}

function isSaga(entry: Entry): entry is SagaEntry {
  return entry.type.startsWith('saga.');
}

function isExperiment(entry: Entry): entry is ExperimentEntry {
  return entry.type.startsWith('experiment.');
}

function isReceiver(entry: Entry): entry is ReceiverEntry {
  return entry.type.startsWith('receiver.');
}

function groupOfReceiver(entry: ReceiverEntry): EntryGroup {
  switch (entry.type) {
    case 'receiver.declared':
    case 'receiver.paused':
    case 'receiver.resumed':
    case 'receiver.recovered':
    case 'receiver.issue-acknowledged':
    case 'receiver.issue-resolved':
      return 'processes';
    default:
      return 'failure' in entry ? 'failures' : 'deliveries';
  }
}

type PatternEntry = StoreEntry | SagaEntry | ExperimentEntry | ReceiverEntry | EntryOf<'breaker.changed'>;

function isPattern(entry: Entry): entry is PatternEntry {
  return (
    isStore(entry) || isSaga(entry) || isExperiment(entry) || isReceiver(entry) || entry.type === 'breaker.changed'
  );
}

function groupOfPattern(entry: PatternEntry): EntryGroup {
  if (isStore(entry)) return groupOfStore(entry);
  if (isReceiver(entry)) return groupOfReceiver(entry);
  switch (entry.type) {
    case 'experiment.declared':
    case 'experiment.switched':
      return 'processes';
    case 'experiment.version-failed':
      return 'failures';
    case 'breaker.changed':
      return entry.state === 'open' ? 'failures' : 'processes';
    case 'saga.declared':
      return 'processes';
    case 'saga.step-failed':
    case 'saga.compensation-failed':
      return 'failures';
    case 'saga.ended':
      return entry.outcome === 'stuck' || entry.outcome === 'failed' ? 'failures' : 'deliveries';
    default:
      return 'deliveries';
  }
}

type FaultType =
  | 'broker.stopped'
  | 'broker.started'
  | 'connection.blocked'
  | 'connection.unblocked'
  | 'fault.began'
  | 'fault.struck'
  | 'fault.ended'
  | 'message.duplicated';
/** Whether it says that something is well again. */
const faultTypes: Readonly<Record<FaultType, boolean>> = {
  'broker.stopped': false,
  'broker.started': true,
  'connection.blocked': false,
  'connection.unblocked': true,
  'fault.began': false,
  'fault.struck': false,
  'fault.ended': true,
  'message.duplicated': false,
};
const isFault = (entry: Entry): entry is Extract<Entry, { readonly type: FaultType }> =>
  Object.hasOwn(faultTypes, entry.type);

type PolicyType = 'policy.set' | 'policy.cleared';
const isPolicy = (entry: Entry): entry is Extract<Entry, { readonly type: PolicyType }> =>
  entry.type.startsWith('policy.');

/**
 * The group that an entry belongs to; what went wrong stands with the failures, whatever it is about. That nobody listens to an
 * event is a fact about it, and often meant.
 */
export function groupOf(entry: Entry): EntryGroup {
  if (isReplay(entry)) return 'messages';
  if (entry.type === 'intervention.applied' || entry.type === 'intervention.refused') return 'interventions';
  if (isHttp(entry)) return groupOfCall(entry);
  if (isPolicy(entry)) return 'interventions';
  if (isFault(entry)) return faultTypes[entry.type] ? 'processes' : 'failures';
  if (isPattern(entry)) return groupOfPattern(entry);
  switch (entry.type) {
    case 'message.published':
    case 'message.routed':
    case 'message.enqueued':
    case 'message.requeued':
    case 'message.redriven':
    case 'message.dispatched':
      return 'messages';
    case 'group.moved':
    case 'retry.scheduled':
    case 'delivery.started':
    case 'delivery.succeeded':
    case 'delivery.retry-scheduled':
      return 'deliveries';
    case 'retry.given-up':
    case 'delivery.failed':
    case 'delivery.stalled':
    case 'message.dead-lettered':
    case 'message.lost':
    case 'process.crashed':
    case 'invariant.failed':
    case 'limit.reached':
    case 'file.rejected':
      return 'failures';
    case 'message.dropped':
      return entry.reason === 'no-subscriber' ? 'messages' : 'failures';
    case 'process.exited':
      return entry.failure ? 'failures' : 'processes';
    case 'console.printed':
    case 'process.showed':
      return 'console';
    case 'port.opened':
    case 'port.closed':
    case 'breaker.declared':
    case 'process.started':
    case 'process.reloaded':
    case 'listener.subscribed':
    case 'listener.unsubscribed':
    case 'broker.declared':
    case 'broker.changed':
    case 'exchange.declared':
    case 'exchange.deleted':
    case 'queue.declared':
    case 'queue.deleted':
    case 'binding.added':
    case 'binding.removed':
    case 'connection.opened':
    case 'channel.opened':
    case 'channel.limited':
    case 'group.created':
    case 'group.destroyed':
      return 'processes';
    case 'connection.closed':
    case 'channel.closed':
      return entry.reason === 'refused' ? 'failures' : 'processes';
    case 'run.started':
    case 'run.ended':
    case 'file.edited':
    case 'invariant.declared':
    case 'invariant.held':
      return 'run';
  }
}

export interface LogFilter {
  /** Undefined: all of them. So with the others. */
  readonly groups?: ReadonlySet<EntryGroup> | undefined;
  readonly processes?: ReadonlySet<string> | undefined;
  /** Event types of messages. */
  readonly events?: ReadonlySet<string> | undefined;
  readonly fates?: ReadonlySet<Fate> | undefined;
  /** Ids of messages and calls. */
  readonly messages?: ReadonlySet<string> | undefined;
  /** Of answers: `503`, or a class of them, `5xx`. */
  readonly statuses?: ReadonlySet<string> | undefined;
  /** Of experiments. */
  readonly versions?: ReadonlySet<string> | undefined;
  readonly streams?: ReadonlySet<'stdout' | 'stderr'> | undefined;
  /** In lower case; every one must occur, whatever its case in the text. */
  readonly words?: readonly string[] | undefined;
}

/** How a filter sees an entry beyond its fields. */
export interface EntryReader {
  /** The entry as the list shows it, so that what is found is what is seen. */
  textOf(entry: Entry): string;
  eventTypeOf(message: string): string;
}

/** The processes that an entry is about; a message on its way to one counts as well, and what is done to it by hand. */
export function processesOf(entry: Entry): readonly string[] {
  switch (entry.type) {
    case 'message.lost':
      return [entry.from, entry.to];
    case 'http.requested':
    case 'http.answered':
    case 'http.completed':
    case 'http.failed':
      return [entry.process, entry.to].filter((name) => name !== undefined);
    case 'http.received':
      return entry.from === undefined ? [entry.process] : [entry.process, entry.from];
    case 'intervention.applied':
    case 'intervention.refused':
      return 'process' in entry.intervention ? [entry.intervention.process] : [];
    default: {
      const { process } = entry as { readonly process?: string };
      return process === undefined ? [] : [process];
    }
  }
}

/** Is asked about each entry of a log in turn. */
export function createMatcher(filter: LogFilter, reader: EntryReader): (entry: Entry) => boolean {
  const { groups, processes, events, fates, messages, statuses, versions, streams, words = [] } = filter;
  const isOfVersion = versions && versionMatcher(versions);
  return (entry) => {
    if (isOfVersion?.(entry) === false) return false;
    if (groups && !groups.has(groupOf(entry))) return false;
    if (processes && !processesOf(entry).some((process) => processes.has(process))) return false;
    if (fates && !has(fates, fateOfEntry(entry))) return false;
    if (streams && !(entry.type === 'console.printed' && streams.has(entry.stream))) return false;
    if (statuses && !hasStatus(statuses, entry)) return false;
    const message = messages || events ? messageIdOf(entry) : undefined;
    if (messages && !has(messages, message ?? requestIdOf(entry))) return false;
    if (events && !(message !== undefined && events.has(reader.eventTypeOf(message)))) return false;
    if (words.length === 0) return true;
    const text = reader.textOf(entry).toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** It names the version, or is what a call of it did itself. */
function versionMatcher(versions: ReadonlySet<string>): (entry: Entry) => boolean {
  const calls = new Set<number>();
  return (entry) => {
    if ('version' in entry && isExperiment(entry)) {
      if (!has(versions, entry.version)) return false;
      if (entry.type === 'experiment.version-started') calls.add(entry.seq);
      return true;
    }
    return entry.cause !== undefined && calls.has(entry.cause);
  };
}

/** The call has it, as its answer says. */
function hasStatus(statuses: ReadonlySet<string>, entry: Entry): boolean {
  if (entry.type !== 'http.answered' && entry.type !== 'http.completed') return false;
  return statuses.has(String(entry.status)) || statuses.has(`${String(Math.floor(entry.status / 100))}xx`);
}

function has<V>(values: ReadonlySet<V>, value: V | undefined): boolean {
  return value !== undefined && values.has(value);
}

/** The entries of a log that match a filter, found as the log comes in. */
export class FilteredLog {
  readonly #matches: (entry: Entry) => boolean;
  readonly #seqs = Column.int32();
  #length = 0;

  constructor(matches: (entry: Entry) => boolean) {
    this.#matches = matches;
  }

  /** How many entries were taken in. */
  get length(): number {
    return this.#length;
  }

  get matchCount(): number {
    return this.#seqs.length;
  }

  append(entry: Entry): void {
    this.#length += 1;
    if (this.#matches(entry)) this.#seqs.push(entry.seq);
  }

  /** `seq` of match number `index`. */
  seqAt(index: number): number {
    return this.#seqs.at(index);
  }

  /** How many matches lie before the position: their indexes are 0 … count-1. */
  countAt(position: number): number {
    return this.#seqs.firstAtLeast(position);
  }
}
