import type { Fact, Failure } from './entry-fact';
import type { Message } from './envelope';

// What an experiment of the module `eventarium` does: two versions of a listener on the same traffic.

export type ExperimentEntry =
  | ExperimentDeclared
  | ExperimentVersionStarted
  | ExperimentVersionSucceeded
  | ExperimentVersionFailed
  | ExperimentSwitched;

interface ExperimentFact extends Fact {
  readonly process: string;
  readonly experiment: string;
}

/**
 * How messages are shared out. `share`: each by chance. `key`: all of one key the same way. `shadow`: the first version handles every
 * one, and the second is given a copy whose effects are held back.
 */
export type ExperimentSplit = 'share' | 'key' | 'shadow';

/** A process has defined an experiment, in each of its lives anew. */
export interface ExperimentDeclared extends ExperimentFact {
  readonly type: 'experiment.declared';
  /** Two: what runs today, and what is tried. */
  readonly versions: readonly string[];
  readonly split: ExperimentSplit;
  /** Of messages or keys that the second version gets, 0 to 1; not with `shadow`. */
  readonly share?: number;
}

/** One call of one version. What it does is caused by its beginning. */
interface VersionFact extends ExperimentFact {
  readonly version: string;
  /** The message that is handled; absent when it was called for none. */
  readonly message?: Message['id'];
  /** It is given a copy: how it ends changes nothing, and what it emits is held back. */
  readonly shadow?: true;
}

export interface ExperimentVersionStarted extends VersionFact {
  readonly type: 'experiment.version-started';
  /** With `key`: what decided. */
  readonly key?: string;
}

export interface ExperimentVersionSucceeded extends VersionFact {
  readonly type: 'experiment.version-succeeded';
  readonly tookMs: number;
}

export interface ExperimentVersionFailed extends VersionFact {
  readonly type: 'experiment.version-failed';
  readonly tookMs: number;
  readonly failure: Failure;
}

/** By hand or by code: from now on one version handles everything, in every process. */
export interface ExperimentSwitched extends Fact {
  readonly type: 'experiment.switched';
  readonly experiment: string;
  /** Absent: messages are shared out again. */
  readonly version?: string;
  /** Whose code did it; absent when it was done by hand. */
  readonly process?: string;
}
