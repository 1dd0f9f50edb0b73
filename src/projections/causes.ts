import type { Entry } from '../log/entry';
import type { DeliveryPhase, Fate } from './fate';

/** One listener's delivery of a message, over all its attempts, as it stands at a position. */
export interface DeliverySummary {
  /** Of the latest attempt; absent while it waits in a queue for its first. */
  readonly delivery: string | undefined;
  /** Absent in a queue that no consumer has taken it from. */
  readonly listener: string | undefined;
  readonly process: string | undefined;
  readonly broker: string;
  readonly queue: string | undefined;
  readonly state: DeliveryPhase;
  readonly fate: Fate;
  /** The latest one, or with `retry` the one to come. From 1. */
  readonly attempt: number;
  /** Attempts in all. */
  readonly attempts: number;
  /** With `on the way`: when it arrives. With `retry`: when it is tried again. */
  readonly dueAtMs: number | undefined;
  /** Of the latest attempt that ended. */
  readonly tookMs: number | undefined;
  /** Since when it stands like this. */
  readonly sinceMs: number;
  readonly replayed: boolean;
  /** Of the latest failed attempt. */
  readonly failure: { readonly name: string; readonly message: string } | undefined;
  /** The latest entry about it. */
  readonly seq: number;
}

export interface MessageSummary {
  readonly message: string;
  readonly eventType: string;
  /** Absent when it was published by hand. */
  readonly process: string | undefined;
  readonly broker: string;
  readonly where: string | undefined;
  readonly publishedSeq: number;
  readonly publishedAtMs: number;
  readonly correlation: string;
  readonly causation: string | undefined;
  readonly children: readonly string[];
  readonly fate: Fate;
  readonly deliveries: readonly DeliverySummary[];
}

export interface CauseNode {
  readonly message: string;
  readonly eventType: string;
  /** The process that published it; absent when it was published by hand. */
  readonly who: string | undefined;
  readonly seq: number;
  readonly atMs: number;
  /** Since its cause was published; absent for the root. */
  readonly sinceCauseMs: number | undefined;
  readonly fate: Fate;
  /** 0 for the root. */
  readonly depth: number;
  /** Whether it is the last child of its parent: its guide line ends here. */
  readonly last: boolean;
}

export interface CauseTree {
  /** In display order: depth first, children in order of publication. */
  readonly nodes: readonly CauseNode[];
  /** Further messages of the same correlation that were left out. */
  readonly rest: number;
  /** From the root's publication to the latest publication in the tree. */
  readonly spanMs: number;
}

/** To be made with `new Causes(readEntry)`. */
export interface Causes {
  append(entry: Entry): void;
  readonly length: number;
  messageAt(id: string, position: number): MessageSummary | undefined;
  causeTree(id: string, position: number, nodesMax?: number): CauseTree;
  causeOf(seq: number): Entry[];
}
