import type { Fact } from './entry-fact';
import type {
  BrokerStarted,
  BrokerStopped,
  FaultBegan,
  FaultEnded,
  FaultStruck,
  MessageDuplicated,
} from './entry-fault';
import type {
  HttpRequested,
  HttpReceived,
  HttpAnswered,
  HttpCompleted,
  HttpFailed,
  PortOpened,
  PortClosed,
} from './entry-http';
import type {
  MessagePublished,
  MessageLost,
  MessageRouted,
  MessageEnqueued,
  MessageRequeued,
  MessageDispatched,
  MessageDeadLettered,
  MessageRedriven,
  MessageDropped,
  DeliveryStarted,
  DeliverySucceeded,
  DeliveryFailed,
  DeliveryRetryScheduled,
  DeliveryStalled,
} from './entry-message';
import type { BreakerDeclared, BreakerChanged, RetryScheduled, RetryGivenUp } from './entry-policy';
import type {
  FileRejected,
  FileEdited,
  ProcessStarted,
  ProcessReloaded,
  ProcessExited,
  ProcessCrashed,
  ConsolePrinted,
  ProcessShowed,
} from './entry-process';
import type { ExperimentEntry } from './entry-experiment';
import type { ReceiverEntry } from './entry-receiver';
import type { EffectHeld, ReplayEnded, ReplayStarted } from './entry-replay';
import type { SagaEntry } from './entry-saga';
import type { DuplicateRecognized, OutboxRelayed, StoreCommitted, StoreRolledBack } from './entry-store';
import type {
  StreamAppended,
  StreamConflicted,
  AggregateChanged,
  AggregateRebuilt,
  SnapshotTaken,
  ProjectionStarted,
  ProjectionAdvanced,
  ProjectionFailed,
  ProjectionRebuildStarted,
  ProjectionRebuilt,
} from './entry-stream';
import type {
  ExchangeDeclared,
  ExchangeDeleted,
  QueueDeclared,
  QueueDeleted,
  BindingAdded,
  BindingRemoved,
  ConnectionOpened,
  ConnectionClosed,
  ConnectionBlocked,
  ConnectionUnblocked,
  ChannelOpened,
  ChannelLimited,
  ChannelClosed,
  GroupCreated,
  GroupMoved,
  GroupDestroyed,
  PolicySet,
  PolicyCleared,
  Settings,
} from './entry-topology';
import type { Intervention } from './intervention';

/**
 * The vocabulary of the log: one discriminated union of facts in the past tense.
 *
 * Invariants
 * 1. `seq` counts from 0 without a gap; `atMs` never decreases.
 * 2. An entry names its cause by `seq`, and the cause is always earlier.
 * 3. Whatever is shown on the screen can be folded from a prefix of entries, in order, and nothing else.
 * 4. Fields listed in `volatileFields` may differ between engines; they are shown but stay out of the digest.
 */
export type Entry =
  | RunStarted
  | RunEnded
  | FileRejected
  | FileEdited
  | ProcessStarted
  | ProcessReloaded
  | ProcessExited
  | ProcessCrashed
  | BrokerDeclared
  | BrokerChanged
  | BrokerStopped
  | BrokerStarted
  | FaultBegan
  | FaultEnded
  | FaultStruck
  | ListenerSubscribed
  | ListenerUnsubscribed
  | ExchangeDeclared
  | ExchangeDeleted
  | QueueDeclared
  | QueueDeleted
  | BindingAdded
  | BindingRemoved
  | ConnectionOpened
  | ConnectionClosed
  | ConnectionBlocked
  | ConnectionUnblocked
  | ChannelOpened
  | ChannelLimited
  | ChannelClosed
  | GroupCreated
  | GroupMoved
  | GroupDestroyed
  | PolicySet
  | PolicyCleared
  | MessagePublished
  | MessageLost
  | MessageDuplicated
  | MessageRouted
  | MessageEnqueued
  | MessageRequeued
  | MessageDispatched
  | MessageDeadLettered
  | MessageRedriven
  | MessageDropped
  | DeliveryStarted
  | DeliverySucceeded
  | DeliveryFailed
  | DeliveryRetryScheduled
  | DeliveryStalled
  | PortOpened
  | PortClosed
  | HttpRequested
  | HttpReceived
  | HttpAnswered
  | HttpCompleted
  | HttpFailed
  | BreakerDeclared
  | BreakerChanged
  | RetryScheduled
  | RetryGivenUp
  | SagaEntry
  | ExperimentEntry
  | ReceiverEntry
  | StoreCommitted
  | StoreRolledBack
  | OutboxRelayed
  | DuplicateRecognized
  | StreamAppended
  | StreamConflicted
  | AggregateChanged
  | AggregateRebuilt
  | SnapshotTaken
  | ProjectionStarted
  | ProjectionAdvanced
  | ProjectionFailed
  | ProjectionRebuildStarted
  | ProjectionRebuilt
  | ReplayStarted
  | ReplayEnded
  | EffectHeld
  | ConsolePrinted
  | ProcessShowed
  | InvariantDeclared
  | InvariantFailed
  | InvariantHeld
  | LimitReached
  | InterventionApplied
  | InterventionRefused;

export type { Failure } from './entry-fact';
export type {
  BrokerStarted,
  BrokerStopped,
  Fault,
  FaultBegan,
  FaultEnded,
  FaultKind,
  FaultStruck,
  FaultType,
  MessageDuplicated,
} from './entry-fault';
export type * from './entry-experiment';
export type * from './entry-http';
export type * from './entry-message';
export type * from './entry-policy';
export type * from './entry-receiver';
export type * from './entry-process';
export type * from './entry-replay';
export type * from './entry-saga';
export type * from './entry-store';
export type * from './entry-stream';
export type * from './entry-topology';
export type * from './intervention';

export type EntryType = Entry['type'];
export type EntryOf<T extends EntryType> = Extract<Entry, { readonly type: T }>;

export interface RunStarted extends Fact {
  readonly type: 'run.started';
  readonly title: string;
  readonly seed: number;
  readonly durationMs: number;
  /** Version of the log's vocabulary. */
  readonly version: 1;
}

export interface RunEnded extends Fact {
  readonly type: 'run.ended';
  /**
   * `duration`: the scenario's time is over. `idle`: nothing could ever happen again. `limit`: a quota was met.
   * `unresponsive`: the sandbox stopped answering inside one turn and was replaced; written by the host.
   */
  readonly reason: 'duration' | 'idle' | 'limit' | 'unresponsive';
  /** For `unresponsive`: the process and listener that were running. */
  readonly process?: string;
  readonly listener?: string;
}

export interface BrokerDeclared extends Fact {
  readonly type: 'broker.declared';
  readonly broker: string;
  /** `bus` for the playground's own; later `rabbitmq`, `kafka`, … */
  readonly kind: string;
  /** Declared settings, for example `{ mode: 'queue', workers: 1 }`. */
  readonly settings: Settings;
}

export interface BrokerChanged extends Fact {
  readonly type: 'broker.changed';
  readonly broker: string;
  readonly settings: Settings;
}

export interface ListenerSubscribed extends Fact {
  readonly type: 'listener.subscribed';
  readonly broker: string;
  /** Unique within a run: `s_1`, … */
  readonly subscription: string;
  readonly process: string;
  readonly listener: string;
  /** `order.created`, or with `*` (one word) and `#` (any number of words). */
  readonly pattern: string;
  /** Name of the durable queue it consumes from, when it does. */
  readonly queue?: string;
  /** How many deliveries it takes at once from that queue. */
  readonly prefetch?: number;
  /** Attempts in all, 1 when there is no retry. */
  readonly attempts: number;
  readonly timeoutMs?: number;
  readonly deadLetter?: string;
  /** RabbitMQ: connection and channel, as in `channel.opened`. */
  readonly connection?: string;
  readonly channel?: number;
  /** RabbitMQ: what it gets counts as settled at once, and no prefetch holds it back. */
  readonly noAck?: true;
  /** RabbitMQ: its `x-priority`, when that is not 0. */
  readonly priority?: number;
  /** Redis: the consumer group as which it reads the stream `queue`. */
  readonly group?: string;
  /** Redis: what the pattern is. Absent: the name of a channel. */
  readonly space?: 'pattern' | 'shard';
  /** Webhooks: where it is called. It is the broker's own and stays when the process ends. */
  readonly url?: string;
  /** Event bus: it undoes the step that published this event. */
  readonly compensates?: string;
}

export interface ListenerUnsubscribed extends Fact {
  readonly type: 'listener.unsubscribed';
  readonly broker: string;
  readonly subscription: string;
  readonly process: string;
  readonly listener: string;
}

export interface InvariantDeclared extends Fact {
  readonly type: 'invariant.declared';
  readonly process: string;
  readonly name: string;
}

export interface InvariantFailed extends Fact {
  readonly type: 'invariant.failed';
  readonly process: string;
  readonly name: string;
  readonly detail?: string;
}

/** It held again after it had failed. */
export interface InvariantHeld extends Fact {
  readonly type: 'invariant.held';
  readonly process: string;
  readonly name: string;
}

export interface LimitReached extends Fact {
  readonly type: 'limit.reached';
  readonly limit: LimitName;
  /** The limit's value, in the unit that its name ends in. */
  readonly max: number;
  readonly process?: string;
  readonly listener?: string;
  /** With `wakes-per-instant`. */
  readonly broker?: string;
}

export type LimitName =
  /** Loop turns and calls in one invocation, or the promise jobs that it asks for at one instant: `max` tells which. */
  | 'turns'
  /** Calls inside calls. */
  | 'call-depth'
  /** Deliveries at one virtual instant: an event that keeps emitting itself. */
  | 'deliveries-per-instant'
  /** Times that a broker has itself woken at the very instant: it goes round without an end. */
  | 'wakes-per-instant'
  | 'queue-depth'
  | 'message-bytes'
  | 'console-bytes'
  | 'entries';

export interface InterventionApplied extends Fact {
  readonly type: 'intervention.applied';
  readonly intervention: Intervention;
}

/** It could not be carried out, and nothing was changed. */
export interface InterventionRefused extends Fact {
  readonly type: 'intervention.refused';
  readonly intervention: Intervention;
  readonly reason: string;
}
