import type { Entry, Intervention } from '../log/entry';
import type { Fate } from './fate';

/** One attempt of one listener: from its start to its outcome. */
export interface Bar {
  readonly startMs: number;
  /** Absent while it is open. */
  readonly endMs: number | undefined;
  /** The outcome, or how it stands. */
  readonly fate: Fate;
  readonly delivery: string;
  readonly message: string;
  readonly listener: string;
  readonly attempt: number;
  readonly seqStart: number;
  /** Absent while it is open. */
  readonly seqEnd: number | undefined;
}

export type MarkType = 'published' | 'console-error' | 'failure';

export interface Mark {
  readonly type: MarkType;
  readonly atMs: number;
  readonly seq: number;
}

/** A retry's wait: the dotted thread between two bars. */
export interface Thread {
  readonly fromMs: number;
  readonly toMs: number;
  readonly message: string;
  readonly seq: number;
}

/** A stretch in which the process was not running. */
export interface Outage {
  readonly type: 'crashed' | 'exited' | 'stopped';
  readonly fromMs: number;
  /** Absent while it lasts. */
  readonly toMs: number | undefined;
  readonly seq: number;
}

export interface InterventionMark {
  /** Its place among the run's interventions, which is its index in the scenario. */
  readonly index: number;
  readonly seq: number;
  readonly atMs: number;
  readonly intervention: Intervention;
  /** Why it was not carried out. */
  readonly refused: string | undefined;
}

/** A stretch of the whole run in which nothing happened but retries waiting. */
export interface Wait {
  readonly fromMs: number;
  readonly toMs: number;
  /** How many retries waited. */
  readonly waiting: number;
}

export interface Overview {
  readonly fromMs: number;
  readonly toMs: number;
  readonly published: Uint32Array;
  /** Failed attempts and dead letters. */
  readonly failed: Uint32Array;
}

/** One process's row. */
export interface Lane {
  readonly process: string;
  readonly service: string;
  readonly startedMs: number;
  readonly barCount: number;
  barsBetween(fromMs: number, toMs: number): Bar[];
  marksBetween(fromMs: number, toMs: number): Mark[];
  threadsBetween(fromMs: number, toMs: number): Thread[];
  readonly outages: readonly Outage[];
}

/** To be made with `new Lanes()`. */
export interface Lanes {
  /** Appends the next entry of the log. */
  append(entry: Entry): void;
  /** How many entries were taken in. */
  readonly length: number;
  /** In order of first start, replicas of a service side by side. */
  readonly lanes: readonly Lane[];
  readonly interventions: readonly InterventionMark[];
  overview(bins: number, fromMs: number, toMs: number): Overview;
  waits(minMs: number): Wait[];
}
