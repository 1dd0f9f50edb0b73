import type { Entry } from '../log/entry';

export interface Fold<S> {
  create(): S;
  /** Changes the state in place. */
  apply(state: S, entry: Entry): void;
  /** A value of its own. */
  copy(state: S): S;
}

export interface TimelineOptions {
  readonly read: (seq: number) => Entry;
  /** Default `snapshotEveryEntries`. */
  readonly everyEntries?: number;
}

export const snapshotEveryEntries = 2_000;

/**
 * The state of a fold at any position of a long log.
 *
 * Invariants
 * 1. `at(position)` equals folding entries 0 … position-1 from nothing.
 * 2. Going forward folds only what is new; a jump folds at most `everyEntries` entries, once the log was folded up to
 *    there. `extend` does that ahead of time, in pieces that the caller chooses.
 * 3. A snapshot is never handed out or changed, it is copied.
 */
export class Timeline<S> {
  readonly #fold: Fold<S>;
  readonly #read: (seq: number) => Entry;
  readonly #everyEntries: number;
  /** Number i is the state at position i * everyEntries. */
  #snapshots: S[];
  #shown: { state: S; position: number };
  /** Goes ahead of what is shown, to leave snapshots behind. */
  #scout: { state: S; position: number } | undefined;

  constructor(fold: Fold<S>, { read, everyEntries = snapshotEveryEntries }: TimelineOptions) {
    this.#fold = fold;
    this.#read = read;
    this.#everyEntries = everyEntries;
    this.#snapshots = [fold.create()];
    this.#shown = { state: fold.create(), position: 0 };
  }

  /** Up to where a jump is cheap. */
  get coveredTo(): number {
    const snapshots = (this.#snapshots.length - 1) * this.#everyEntries;
    return Math.max(snapshots, this.#shown.position, this.#scout?.position ?? 0);
  }

  /**
   * The state when `position` entries are folded. It belongs to the timeline: read it, and do not keep it, since the
   * next call changes it.
   */
  at(position: number): S {
    const nearest = this.#nearest(position);
    const { position: shownAt } = this.#shown;
    if (shownAt > position || nearest * this.#everyEntries > shownAt) {
      this.#shown = { state: this.#copy(nearest), position: nearest * this.#everyEntries };
    }
    this.#advance(this.#shown, position);
    return this.#shown.state;
  }

  /** Folds ahead, so that later jumps up to `position` are cheap. */
  extend(position: number): void {
    if (position <= this.coveredTo) return;
    const last = this.#snapshots.length - 1;
    const at = last * this.#everyEntries;
    if (this.#scout === undefined || this.#scout.position < at) {
      this.#scout = { state: this.#copy(last), position: at };
    }
    this.#advance(this.#scout, position);
  }

  /** The log from this position on has changed: what was folded of it is forgotten. */
  forget(fromPosition: number): void {
    const kept = Math.floor(fromPosition / this.#everyEntries) + 1;
    this.#snapshots = this.#snapshots.slice(0, kept);
    if (this.#scout && this.#scout.position > fromPosition) this.#scout = undefined;
    if (this.#shown.position > fromPosition) {
      const last = this.#snapshots.length - 1;
      this.#shown = { state: this.#copy(last), position: last * this.#everyEntries };
    }
  }

  #nearest(position: number): number {
    return Math.min(this.#snapshots.length - 1, Math.floor(position / this.#everyEntries));
  }

  #advance(cursor: { state: S; position: number }, to: number): void {
    while (cursor.position < to) {
      this.#fold.apply(cursor.state, this.#read(cursor.position));
      cursor.position += 1;
      if (cursor.position === this.#snapshots.length * this.#everyEntries) {
        this.#snapshots.push(this.#fold.copy(cursor.state));
      }
    }
  }

  #copy(index: number): S {
    return this.#fold.copy(this.#snapshots[index] as S);
  }
}
