import type { Entry, Intervention } from '../log/entry';
import type { SystemState } from '../projections/system';
import type { Scenario } from '../scenario/scenario';
import type { KeptBranches, Segment } from '../storage/protocol';

/**
 * What the screen knows of the player: types only, so that panes and their tests need no sandbox.
 *
 * `empty`: nothing was opened. `waiting`: nothing of what is open has run, or will before the reader presses Run. `loading`: files
 * are being compiled, nothing can be shown yet. `ready`: the playhead stands still. `playing`: it moves. `failed`: the sandbox
 * could not be started; `problem` says why.
 */
export type PlayerStatus = 'empty' | 'waiting' | 'loading' | 'ready' | 'playing' | 'failed';

/** The whole computed log of the run on show, future included. */
export interface RunLog {
  readonly length: number;
  /** Parses lazily. */
  entry(seq: number): Entry;
  /** `toSeq` exclusive. */
  range(fromSeq: number, toSeq: number): readonly Entry[];
  /** How many entries have `atMs` at or below it. */
  countAt(atMs: number): number;
}

export type PlayerProblem =
  | {
      /** One turn of user code never gave the thread back; the sandbox was replaced, the log so far is kept. */
      readonly type: 'unresponsive';
      readonly process?: string;
      readonly listener?: string;
      readonly where?: string;
    }
  | {
      readonly type: 'sandbox';
      readonly message: string;
    };

/**
 * One course of the run. The first is where it began; another is kept whenever a change in the past gives up a future that
 * had been on show.
 */
export interface Branch {
  readonly id: number;
  /** As the reader named it. */
  readonly name: string | undefined;
  /** Up to here it is the same as the branch that it left; 0 for the first. */
  readonly forkMs: number;
  /** Whether it is on show. */
  readonly current: boolean;
}

type Untimed<T> = T extends unknown ? Omit<T, 'atMs'> : never;
/** An intervention that happens at the playhead. */
export type InterventionRequest = Untimed<Intervention>;

/** A run that was computed another time. It is shown without being computed; any change to it computes it as usual. */
export interface RecordedRun {
  readonly scenario: Scenario;
  readonly segments: readonly Segment[];
  readonly ended: boolean;
  readonly digest: string | undefined;
  readonly branches?: KeptBranches | undefined;
  /** Whether all of it counts as having been on show: a change in it then keeps what it gives up as a branch. */
  readonly seen: boolean;
}

/**
 * Without `autoplay` nothing of the scenario runs before `run`, so that code of somebody else's can be read first. With `atMs` it is
 * computed all the same, and stands there. `pauseAtMs`: playing stops there once.
 */
export interface Opening {
  readonly autoplay: boolean;
  readonly atMs?: number | undefined;
  readonly pauseAtMs?: number | undefined;
}

export interface Player {
  /** Holds the interventions made so far and the newest text of the files. */
  readonly scenario: Scenario;
  /** What the run is defined by. The same object until it is changed, and again once the change is taken back. */
  readonly definition: Scenario;
  readonly status: PlayerStatus;
  readonly log: RunLog;
  /** Number of entries shown: the playhead lies between entry `position - 1` and entry `position`. */
  readonly position: number;
  readonly playheadMs: number;
  readonly computedToMs: number;
  /** The whole run is computed. */
  readonly ended: boolean;
  readonly digest: string | undefined;
  /** Virtual seconds per real second. */
  readonly speed: number;
  /** Folded to `position`. */
  readonly system: SystemState;
  readonly problem: PlayerProblem | undefined;

  open(scenario: Scenario, opening: Opening): void;
  run(): void;
  pause(): void;
  restart(): void;
  runToEnd(): void;
  stepForward(): void;
  stepBack(): void;
  seek(atMs: number): void;
  seekTo(position: number): void;
  setSpeed(speed: number): void;
  setSeed(seed: number): void;
  /** All of it happens at the playhead, in this order, as one change; the future is computed anew. */
  intervene(what: InterventionRequest, ...more: readonly InterventionRequest[]): void;
  removeIntervention(index: number): void;
  moveIntervention(index: number, atMs: number): void;
  /** One that is disabled keeps its place and does not happen. */
  setInterventionEnabled(index: number, enabled: boolean): void;
  /** New texts, as one change. */
  editFiles(sources: Readonly<Record<string, string>>): void;
  addFile(file: string, source: string): void;
  renameFile(file: string, name: string): void;
  removeFile(file: string): void;
  /**
   * The scenario on show, changed in any way. What cannot differ stays; the rest is computed anew, and the playhead goes
   * back to where it was. A change that makes no difference to the run (a note, places on the stage) computes nothing.
   */
  define(scenario: Scenario): void;

  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Takes back the last change of the branch on show: intervention, file, seed, settings. Edits of one text are one change. */
  undo(): void;
  redo(): void;

  /** In the order in which they came to be; the one on show is among them. */
  readonly branches: readonly Branch[];
  switchBranch(id: number): void;
  /** Without a name it is called by its number again. */
  renameBranch(id: number, name: string | undefined): void;
  /** Not the one on show. */
  removeBranch(id: number): void;

  /** Called at most once per batch. Returns what ends the subscription. */
  onChange(listener: () => void): () => void;
  /** Called whenever something was asked for that only `run` may begin. */
  onRefused(listener: () => void): () => void;
}
