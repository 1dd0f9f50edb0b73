import type { Fact, Failure } from './entry-fact';

// What processes do with their stores: tables that outlive them, and the patterns that rest on those.

interface StoreFact extends Fact {
  readonly process: string;
  /** Name of the store. Each process has its own. */
  readonly store: string;
}

/** One row as it was before a transaction and as it is after. */
export interface RowChange {
  readonly table: string;
  readonly key: string;
  /** Absent: there was no such row. */
  readonly before?: unknown;
  /** Absent: there is none any more. */
  readonly after?: unknown;
}

/** A transaction took effect, all of it; a change outside of one is a transaction of its own. Those without a change leave no entry. */
export interface StoreCommitted extends StoreFact {
  readonly type: 'store.committed';
  /** In the order in which rows were first touched, each once. */
  readonly changes: readonly RowChange[];
}

/** A transaction failed, and nothing of it took effect. */
export interface StoreRolledBack extends StoreFact {
  readonly type: 'store.rolled-back';
  /** What it would have changed. */
  readonly changes: readonly RowChange[];
  readonly failure: Failure;
}

/** The relay of an outbox published an event, or tried to. It is marked in the store by the commit that follows. */
export interface OutboxRelayed extends StoreFact {
  readonly type: 'outbox.relayed';
  readonly table: string;
  /** The event's own, which stays the same when it is published again. */
  readonly event: string;
  readonly eventType: string;
  /** From 1; those of an earlier life of the process do not count. */
  readonly attempt: number;
  /** It could not be published, and will be tried again at `dueAtMs`. */
  readonly failure?: Failure;
  readonly dueAtMs?: number;
}

/** Something came again that was done already: it was not done again, and whoever asked got the answer of the first time. */
export interface DuplicateRecognized extends StoreFact {
  readonly type: 'duplicate.recognized';
  readonly table: string;
  readonly key: string;
  /** When it was done. */
  readonly firstAtMs: number;
}
