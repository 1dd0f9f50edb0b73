import type { Entry, Intervention } from '../log/entry';
import type { SystemState } from '../projections/system';
import type { Scenario } from '../scenario/scenario';

/**
 * What the screen knows of the player: types only, so that panes and their tests need no sandbox.
 *
 * `empty`: nothing was opened. `loading`: files are being compiled, nothing can be shown yet. `ready`: the playhead
 * stands still. `playing`: it moves. `failed`: the sandbox could not be started; `problem` says why.
 */
export type PlayerStatus = 'empty' | 'loading' | 'ready' | 'playing' | 'failed';

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

type Untimed<T> = T extends unknown ? Omit<T, 'atMs'> : never;
/** An intervention that happens at the playhead. */
export type InterventionRequest = Untimed<Intervention>;

export interface Player {
  /** Holds the interventions made so far and the newest text of the files. */
  readonly scenario: Scenario;
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

  /** Without `autoplay` nothing runs before it is asked for. `pauseAtMs`: playing stops there once. */
  open(scenario: Scenario, options: { readonly autoplay: boolean; readonly pauseAtMs?: number | undefined }): void;
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
  /** Happens at the playhead; the future is computed anew. */
  intervene(what: InterventionRequest): void;
  removeIntervention(index: number): void;
  moveIntervention(index: number, atMs: number): void;
  editFile(file: string, source: string): void;
  addFile(file: string, source: string): void;
  renameFile(file: string, name: string): void;
  removeFile(file: string): void;

  /** Called at most once per batch. Returns what ends the subscription. */
  onChange(listener: () => void): () => void;
}
