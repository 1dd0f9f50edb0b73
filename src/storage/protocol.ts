import type { Scenario } from '../scenario/scenario';

/**
 * All that passes between the page and the storage worker, in two unions made from one table of calls. Every call
 * carries an id and is answered once, with its value or with a problem; events come without being asked for.
 */
export interface Calls {
  /** Begins to record a run; the answer is its id. */
  'run.create': { readonly ask: { readonly scenario: Scenario }; readonly answer: number };
  /** Answered when the segment would survive the end of the browser. Segments follow one another without a gap. */
  'run.append': { readonly ask: { readonly run: number; readonly segment: Segment }; readonly answer: null };
  /** It is on show in this tab, and only here it is changed. False: another tab has it. */
  'run.hold': { readonly ask: { readonly run: number }; readonly answer: boolean };
  /** The run is computed to its end and no longer recorded. The tab goes on holding it. */
  'run.finish': { readonly ask: { readonly run: number; readonly digest: string | null }; readonly answer: null };
  /** Drops the entries from `fromSeq` on and records the run on from there, as `scenario`. */
  'run.truncate': {
    readonly ask: { readonly run: number; readonly fromSeq: number; readonly scenario: Scenario };
    readonly answer: null;
  };
  /** Keeps this scenario with the run, whose log it does not change. */
  'run.define': { readonly ask: { readonly run: number; readonly scenario: Scenario }; readonly answer: null };
  'run.release': { readonly ask: { readonly run: number }; readonly answer: null };
  'run.rename': { readonly ask: { readonly run: number; readonly title: string }; readonly answer: null };
  'run.pin': { readonly ask: { readonly run: number; readonly pinned: boolean }; readonly answer: null };
  'run.delete': { readonly ask: { readonly run: number }; readonly answer: DeletedRun };
  'run.undelete': { readonly ask: { readonly run: number }; readonly answer: null };
  'run.read': {
    readonly ask: { readonly run: number };
    readonly answer: {
      readonly info: RunInfo;
      readonly scenario: Scenario;
      readonly branches: KeptBranches | undefined;
    };
  };
  /** Keeps the definitions of a run's branches beside it. */
  'run.branches': { readonly ask: { readonly run: number; readonly branches: KeptBranches }; readonly answer: null };
  /** The next few segments of those that begin at `fromSeq` or later; none when there are no more. */
  'run.segments': {
    readonly ask: { readonly run: number; readonly fromSeq: number };
    readonly answer: readonly Segment[];
  };
  'runs.list': { readonly ask: object; readonly answer: History };
  'runs.limit': { readonly ask: { readonly limitBytes: number }; readonly answer: null };
  /** The answer is its row in the list. `updatedAtMs`: as it was before, when a deletion is taken back; else now. */
  'scenario.save': {
    readonly ask: { readonly name: string; readonly scenario: Scenario; readonly updatedAtMs?: number | undefined };
    readonly answer: ScenarioInfo;
  };
  'scenario.read': { readonly ask: { readonly name: string }; readonly answer: Scenario };
  'scenario.delete': { readonly ask: { readonly name: string }; readonly answer: null };
  'visit.save': { readonly ask: { readonly visit: Visit }; readonly answer: null };
  'visit.read': { readonly ask: object; readonly answer: Visit | undefined };
  'scenarios.list': { readonly ask: object; readonly answer: readonly ScenarioInfo[] };
}

export type CallType = keyof Calls;
export type Ask<T extends CallType> = Calls[T]['ask'];
export type Answer<T extends CallType> = Calls[T]['answer'];

export type ToStorage = {
  [T in CallType]: { readonly type: T; readonly id: number; readonly ask: Ask<T> };
}[CallType];

export type FromStorage =
  | { readonly type: 'answer'; readonly id: number; readonly value: Answer<CallType> }
  | { readonly type: 'refused'; readonly id: number; readonly problem: StorageProblem }
  | StorageEvent;

export type StorageEvent =
  /** Here or in another tab. At most a few a second. */
  | { readonly type: 'history-changed'; readonly history: History }
  /** Here or in another tab. */
  | { readonly type: 'scenarios-changed'; readonly scenarios: readonly ScenarioInfo[] }
  /** Recording has stopped; what was acknowledged is kept. `limit`: our own, `quota`: the browser's or the disk's. */
  | { readonly type: 'storage-full'; readonly run: number; readonly reason: 'limit' | 'quota' }
  /** Nothing is kept and nothing kept can be read; the page goes on in memory. Comes at most once. */
  | { readonly type: 'storage-unavailable'; readonly message: string };

/** Why a call was not carried out. */
export type StorageProblem =
  | { readonly type: 'full'; readonly reason: 'limit' | 'quota' }
  | { readonly type: 'unavailable'; readonly message: string }
  /** Another tab records the run, or has it on show. */
  | { readonly type: 'busy' }
  | { readonly type: 'not-found' }
  | { readonly type: 'failed'; readonly message: string };

/** A piece of a run's log: whole lines of NDJSON, in UTF-8. */
export interface Segment {
  readonly firstSeq: number;
  readonly count: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly ndjson: Uint8Array<ArrayBuffer>;
}

export interface RunInfo {
  readonly id: number;
  readonly title: string;
  /** Real time, in milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Virtual time of the last entry. */
  readonly lengthMs: number;
  readonly entries: number;
  readonly bytes: number;
  readonly seed: number;
  /** Kept by retention, whatever its age. */
  readonly pinned: boolean;
  /** Whether it was computed to its end. */
  readonly ended: boolean;
  readonly digest: string | null;
  /** Whether some tab records it at this moment. One that neither ended nor is being recorded was interrupted. */
  readonly recording: boolean;
}

export interface History {
  /** Newest first. */
  readonly runs: readonly RunInfo[];
  readonly usedBytes: number;
  /** Beyond it the oldest runs go, but not pinned ones and not one that is being recorded. */
  readonly limitBytes: number;
}

export interface DeletedRun {
  readonly run: number;
  /** Real milliseconds during which it can be taken back. */
  readonly undoMs: number;
}

/** The courses that a run has taken besides the one that is recorded, which is among them. */
export interface KeptBranches {
  readonly current: number;
  readonly branches: readonly KeptBranch[];
}

export interface KeptBranch {
  readonly id: number;
  readonly name: string | null;
  readonly forkMs: number;
  readonly definition: Scenario;
}

/** What was on show last, in whatever tab. */
export interface Visit {
  /** The recorded run. */
  readonly run: number;
  readonly atMs: number;
  /** The fragment of the address that it stands for. */
  readonly opened: string | undefined;
  /** The file in the editor. */
  readonly file?: string | undefined;
}

export interface ScenarioInfo {
  readonly name: string;
  readonly title: string;
  readonly updatedAtMs: number;
}

export const limitBytesDefault = 512_000_000;
