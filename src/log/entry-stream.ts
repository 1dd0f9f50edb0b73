import type { Difference } from './difference';
import type { Fact, Failure } from './entry-fact';

// Event stores: what they keep, and the aggregates and projections that are made of it. An event is a message published to the store,
// which has its type and data.

/** The store took an event in. */
export interface StreamAppended extends Fact {
  readonly type: 'stream.appended';
  readonly broker: string;
  readonly message: string;
  readonly stream: string;
  /** Place in the stream, from 1. */
  readonly version: number;
  /** Place among all events of the store, from 1. */
  readonly position: number;
}

/** The store refused what was to be appended: the stream is at another version than the writer expected. */
export interface StreamConflicted extends Fact {
  readonly type: 'stream.conflicted';
  readonly broker: string;
  readonly process: string;
  readonly stream: string;
  readonly expected: number;
  readonly actual: number;
  /** Ids of the events that were refused. */
  readonly messages: readonly string[];
}

interface AggregateFact extends Fact {
  readonly process: string;
  readonly broker: string;
  /** The name of its kind: `account`. */
  readonly aggregate: string;
  /** Its stream: `account-UA-1`. */
  readonly stream: string;
  readonly version: number;
}

/** An aggregate took an event of its own in: a command was handled. */
export interface AggregateChanged extends AggregateFact {
  readonly type: 'aggregate.changed';
  readonly message: string;
  /** Of its state, from the version before. The first one is from nothing. */
  readonly changes: readonly Difference[];
}

/** An aggregate was made anew out of its stream. */
export interface AggregateRebuilt extends AggregateFact {
  readonly type: 'aggregate.rebuilt';
  /** How many events were read for it. */
  readonly events: number;
  /** The version of the snapshot that it began with. */
  readonly snapshot?: number;
  readonly state: unknown;
}

/** The state of an aggregate was kept, so that it need not be made of all its events again. */
export interface SnapshotTaken extends AggregateFact {
  readonly type: 'snapshot.taken';
}

interface ProjectionFact extends Fact {
  readonly process: string;
  readonly projection: string;
  /** The event store that it follows. */
  readonly broker: string;
  /** The last event that it has taken in, by its position in the store; 0: none. */
  readonly position: number;
}

/** A projection begins to follow, with what it has from an earlier life of its process, or with its first state. */
export interface ProjectionStarted extends ProjectionFact {
  readonly type: 'projection.started';
  readonly head: number;
  readonly state: unknown;
}

/** It has taken an event in, or passed one that it is not interested in. */
export interface ProjectionAdvanced extends ProjectionFact {
  readonly type: 'projection.advanced';
  /** The store's newest event at that moment. */
  readonly head: number;
  readonly message: string;
  readonly changes: readonly Difference[];
  /** It is being rebuilt: the state that is shown is still the old one. */
  readonly rebuilding?: true;
}

/** It threw on an event. It stands before it, or has passed it by. */
export interface ProjectionFailed extends ProjectionFact {
  readonly type: 'projection.failed';
  readonly message: string;
  readonly skipped: boolean;
  readonly rebuilding?: true;
  readonly failure: Failure;
}

export interface ProjectionRebuildStarted extends ProjectionFact {
  readonly type: 'projection.rebuild-started';
  readonly head: number;
}

/** The rebuilt state has caught up and takes the place of the old one. */
export interface ProjectionRebuilt extends ProjectionFact {
  readonly type: 'projection.rebuilt';
  /** Against the old state. */
  readonly changes: readonly Difference[];
}
