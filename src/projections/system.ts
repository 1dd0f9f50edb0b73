import type { Entry, Failure, Fault, FileRejected, LimitName, LinkSettings, RunEnded, Settings } from '../log/entry';
import type { DeadLetterState } from './dead-letters';
import type { Fate } from './fate';
import { MessageBook } from './message-book';
import { applyBreakerEntry, type Breaker } from './system-breakers';
import { applyBrokerEntry, applyMessageEntry } from './system-brokers';
import { applyHttpEntry, type CallPair, type CallUnderWay } from './system-calls';
import { applyDeliveryEntry } from './system-deliveries';
import { copyBroker, copyValues, outcomesKept } from './system-parts';
import { applyProcessEntry } from './system-processes';
import { applyRunEntry } from './system-run';
import { applySagaEntry, copySagas, createSagas, isSagaEntry, type SagasState } from './system-sagas';
import { applyTopologyEntry, type GroupState, isTopologyEntry, type TopologyState } from './system-topology';

/**
 * The whole system at one position of the log: what the stage draws.
 *
 * Invariants
 * 1. It is a fold: `applyEntry` in order over entries 0 … position-1, and nothing else, gives this value.
 * 2. It holds only what is under way, plus counters. A finished message leaves no trace but numbers, so that a
 *    snapshot of a long run stays small.
 * 3. Records inside the maps and arrays are never changed, they are replaced, so that copies can share them.
 *    The exceptions are ProcessState, BrokerState and QueueState, which `copySystem` copies.
 */
export interface SystemState {
  /** How many entries were folded. */
  position: number;
  /** Instant of the last entry folded. */
  atMs: number;
  title: string;
  /** In order of first start. */
  processes: Map<string, ProcessState>;
  /** In order of declaration. */
  brokers: Map<string, BrokerState>;
  /** Messages on links now. By message id on the way to a broker, by delivery id on the way to a process. */
  flights: Map<string, Flight>;
  /** HTTP calls that their callers wait for, by id, in order of their requests. */
  calls: Map<string, CallUnderWay>;
  /** Who called whom so far; see `pairKey`. */
  pairs: Map<string, CallPair>;
  /** Attempts to come of plain subscriptions (no queue); see `retryKey`. */
  retries: Map<string, WaitingRetry>;
  /** By process and name; see `invariantKey`. */
  invariants: Map<string, InvariantState>;
  /** Links changed by hand, by `from → to`; the scenario's own network is not in the log. */
  links: Map<string, ChangedLink>;
  sagas: SagasState;
  /** What is wrong now, by name, in order of beginning. */
  faults: Map<string, Fault>;
  /** Files whose newest text did not load, and why. */
  rejected: Map<string, FileRejected>;
  /** The newest last, at least the last `outcomesKept`. The stage takes those young enough for its rings. */
  outcomes: Outcome[];
  totals: Record<Fate, number>;
  lastLimit: LimitMet | undefined;
  ended: RunEnded['reason'] | undefined;
  /** Type and instant of publication of every message so far. Append-only, hence shared by all copies. */
  readonly messages: MessageBook;
}

export type ProcessCondition = 'running' | 'crashed' | 'exited' | 'stopped';

export interface ProcessState {
  readonly name: string;
  readonly service: string;
  file: string;
  args: readonly string[];
  state: ProcessCondition;
  /** Since when it is in this state. */
  sinceMs: number;
  life: number;
  exitCode: number | null | undefined;
  /** Being handled now, by delivery id, in order of start. */
  deliveries: Map<string, DeliveryUnderWay>;
  published: number;
  succeeded: number;
  failed: number;
  /** HTTP requests that it sent, and that it answered; of those, with 5xx. */
  called: number;
  served: number;
  servedBroken: number;
  lastFailure: ProcessFailure | undefined;
  /** What it chose to show in this life, by name, in order of first showing. */
  shown: Map<string, ShownValue>;
  /** At which it takes HTTP requests, in order of opening. */
  ports: Set<number>;
  /** In order of declaration. */
  breakers: Map<string, Breaker>;
}

export interface ShownValue {
  readonly seq: number;
  readonly atMs: number;
  /** As `util.inspect` prints it. */
  readonly value: string;
  readonly where: string | undefined;
}

export interface ProcessFailure {
  readonly seq: number;
  readonly atMs: number;
  readonly failure: Failure;
  /** Absent when no listener was running: an error that nobody caught. */
  readonly listener?: string | undefined;
  readonly where?: string | undefined;
}

export interface DeliveryUnderWay {
  readonly delivery: string;
  readonly message: string;
  readonly eventType: string;
  readonly broker: string;
  readonly queue: string | undefined;
  readonly subscription: string | undefined;
  readonly listener: string;
  readonly startedMs: number;
  readonly attempt: number;
  readonly replayed: boolean;
  /** It was sent back from a dead-letter queue. */
  readonly redriven: boolean;
  /** Written at the end of the run: it will never end. */
  readonly stalled: boolean;
}

export interface BrokerState {
  readonly name: string;
  readonly kind: string;
  settings: Readonly<Record<string, string | number | boolean>>;
  /** Its operator has stopped it. */
  stopped: boolean;
  /** In order of subscription. One whose process went away stays, with `live: false`, until the process is back. */
  subscriptions: Map<string, SubscriptionState>;
  queues: Map<string, QueueState>;
  /** By name of the dead-letter queue. */
  deadLetters: Map<string, DeadLetterState>;
  topology: TopologyState;
  published: number;
  routed: number;
  dropped: number;
}

export interface SubscriptionState {
  readonly subscription: string;
  readonly process: string;
  readonly listener: string;
  readonly pattern: string;
  readonly queue: string | undefined;
  readonly prefetch: number | undefined;
  readonly attempts: number;
  readonly timeoutMs: number | undefined;
  readonly deadLetter: string | undefined;
  readonly where: string | undefined;
  readonly live: boolean;
  /** RabbitMQ: its channel. */
  readonly connection: string | undefined;
  readonly channel: number | undefined;
  readonly noAck: boolean;
  readonly priority: number;
  /** Redis: what the pattern is; undefined: the name of a channel. */
  readonly space: 'pattern' | 'shard' | undefined;
  /** Webhooks: where it is called. It is the broker's own and outlives the process. */
  readonly url: string | undefined;
  readonly compensates: boolean;
  /** Deliveries on the way to it or being handled. */
  readonly underWay: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly lastFate: Fate | undefined;
  readonly lastAtMs: number | undefined;
}

export interface QueueState {
  readonly name: string;
  /** As it was declared; undefined where queues are not declared. */
  settings: Settings | undefined;
  /** Redis: the consumer groups of a stream, by name. */
  groups: Map<string, GroupState>;
  /** Ids, the head first. */
  ready: string[];
  /** Those of `ready` that came back: their next delivery is not their first. */
  returned: Set<string>;
  /** Dispatched and not yet answered, by delivery id, oldest first. */
  unacked: Map<string, Unacked>;
  /** Failed and waiting for their next attempt, by message id. */
  retrying: Map<string, QueueRetry>;
  /** Messages that ever came in; a requeue does not count again. */
  enqueued: number;
  /** Messages that left for good: acked, given up or dead-lettered. Those whose process went away, in a queue without acks. */
  done: number;
}

export interface Unacked {
  readonly delivery: string;
  readonly message: string;
  readonly process: string;
  /** Empty: somebody fetched it without subscribing. */
  readonly subscription: string;
  readonly attempt: number;
}

export interface QueueRetry {
  readonly message: string;
  readonly dueAtMs: number;
  readonly nextAttempt: number;
  readonly attempts: number;
}

export interface Flight {
  readonly message: string;
  /** Present on the way from a broker to a process. */
  readonly delivery: string | undefined;
  readonly eventType: string;
  /** Names of a process and a broker, or of a broker and a process. `undefined`: published by hand. */
  readonly from: string | undefined;
  readonly to: string;
  readonly subscription: string | undefined;
  readonly listener: string | undefined;
  readonly queue: string | undefined;
  readonly sentAtMs: number;
  /** Equal to `sentAtMs` when the link has no latency, or loses it. */
  readonly arrivesAtMs: number;
  readonly attempt: number;
  readonly replayed: boolean;
  readonly redriven: boolean;
  readonly undoes: boolean;
  /** The link loses it; a `message.lost` follows. */
  readonly lost: boolean;
  /** `seq` of the entry that sent it. */
  readonly seq: number;
}

export interface WaitingRetry {
  readonly delivery: string;
  readonly message: string;
  readonly eventType: string;
  readonly broker: string;
  readonly process: string;
  readonly listener: string;
  readonly sinceMs: number;
  readonly dueAtMs: number;
  readonly nextAttempt: number;
  readonly attempts: number;
  /** `seq` of the entry that scheduled it. */
  readonly seq: number;
}

export interface InvariantState {
  readonly process: string;
  readonly name: string;
  readonly ok: boolean;
  readonly failures: number;
  readonly firstFailedSeq: number | undefined;
  readonly firstFailedAtMs: number | undefined;
  /** Of the latest failure. */
  readonly detail: string | undefined;
}

export interface ChangedLink {
  readonly from: string;
  readonly to: string;
  readonly link: Partial<LinkSettings>;
}

/** Something ended or took a turn: the stage grows a ring of the fate's colour there. */
export interface Outcome {
  readonly seq: number;
  readonly atMs: number;
  readonly fate: Fate;
  readonly message: string;
  readonly broker: string | undefined;
  readonly process: string | undefined;
  readonly queue: string | undefined;
}

export interface LimitMet {
  readonly seq: number;
  readonly atMs: number;
  readonly limit: LimitName;
  readonly max: number;
  readonly process: string | undefined;
  readonly listener: string | undefined;
  readonly where: string | undefined;
}

export function createSystem(): SystemState {
  return {
    position: 0,
    atMs: 0,
    title: '',
    processes: new Map(),
    brokers: new Map(),
    flights: new Map(),
    calls: new Map(),
    pairs: new Map(),
    retries: new Map(),
    invariants: new Map(),
    links: new Map(),
    sagas: createSagas(),
    faults: new Map(),
    rejected: new Map(),
    outcomes: [],
    totals: { flight: 0, delivered: 0, retried: 0, failed: 0, dead: 0, replayed: 0, comp: 0, dropped: 0 },
    lastLimit: undefined,
    ended: undefined,
    messages: new MessageBook(),
  };
}

/** A value of its own for a snapshot. */
export function copySystem(state: SystemState): SystemState {
  return {
    ...state,
    processes: copyValues(state.processes, (process) => ({
      ...process,
      deliveries: new Map(process.deliveries),
      shown: new Map(process.shown),
      ports: new Set(process.ports),
      breakers: new Map(process.breakers),
    })),
    brokers: copyValues(state.brokers, copyBroker),
    flights: new Map(state.flights),
    calls: new Map(state.calls),
    pairs: new Map(state.pairs),
    retries: new Map(state.retries),
    invariants: new Map(state.invariants),
    links: new Map(state.links),
    sagas: copySagas(state.sagas),
    faults: new Map(state.faults),
    rejected: new Map(state.rejected),
    outcomes: state.outcomes.slice(-outcomesKept),
    totals: { ...state.totals },
  };
}

/** Folds one entry into the state, in place. Entries come in order of `seq`, from 0, without a gap. */
export function applyEntry(state: SystemState, entry: Entry): void {
  state.position = entry.seq + 1;
  state.atMs = entry.atMs;
  switch (entry.type) {
    case 'process.started':
    case 'process.reloaded':
    case 'process.exited':
    case 'process.crashed':
    case 'process.showed':
    case 'port.opened':
    case 'port.closed':
      return applyProcessEntry(state, entry);
    case 'breaker.declared':
    case 'breaker.changed':
      return applyBreakerEntry(state, entry);
    case 'broker.declared':
    case 'broker.changed':
    case 'broker.stopped':
    case 'broker.started':
    case 'listener.subscribed':
    case 'listener.unsubscribed':
      return applyBrokerEntry(state, entry);
    case 'message.published':
    case 'message.lost':
    case 'message.routed':
    case 'message.enqueued':
    case 'message.requeued':
    case 'message.dispatched':
    case 'message.dead-lettered':
    case 'message.redriven':
    case 'message.dropped':
      return applyMessageEntry(state, entry);
    case 'delivery.started':
    case 'delivery.succeeded':
    case 'delivery.failed':
    case 'delivery.retry-scheduled':
    case 'delivery.stalled':
      return applyDeliveryEntry(state, entry);
    case 'http.requested':
    case 'http.received':
    case 'http.answered':
    case 'http.completed':
    case 'http.failed':
      return applyHttpEntry(state, entry);
    default:
      if (isTopologyEntry(entry)) return applyTopologyEntry(state, entry);
      return isSagaEntry(entry) ? applySagaEntry(state, entry) : applyRunEntry(state, entry);
  }
}
