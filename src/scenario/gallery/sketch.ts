import type { Fate } from '../../projections/fate';

/**
 * A scenario at work in a few shapes, those of the stage: what the gallery draws before it is opened. Columns stand from
 * left to right, and messages go from each column to the next.
 */
export interface Sketch {
  readonly columns: readonly (readonly SketchNode[])[];
}

export interface SketchNode {
  /** `box`: a process. `hub`: a broker. `queue`: its head at the right. `tape`: a log, oldest at the left. */
  readonly shape: 'box' | 'hub' | 'queue' | 'tape';
  /** `later`: it joins while the rest runs. `broken`: it has crashed. */
  readonly look?: 'later' | 'broken';
  /** Messages in it. */
  readonly holds?: readonly Fate[];
  /** A message on the edge that leads here. */
  readonly arriving?: Fate;
  /** How much of its work is done, 0 to 1. */
  readonly work?: number;
  /** Rows of the column before that lead here. Default: the same row when both columns are as long, or else all. */
  readonly from?: readonly number[];
}
