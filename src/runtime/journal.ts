import { assert } from '../kernel/assert';
import type { Draft, PlacedDraft } from '../brokers/broker';
import type { Entry } from '../log/entry';

/** Where entries are written while a run is computed; whoever drives the run takes them from here in batches. */
export class Journal {
  readonly #nowMs: () => number;
  #next = 0;
  #waiting: Entry[] = [];

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Entries written so far, those taken included: the next one's `seq`. */
  get length(): number {
    return this.#next;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Returns the entry's `seq`. */
  append(draft: Draft): number {
    return this.write({ seq: this.#next, atMs: this.#nowMs(), ...draft });
  }

  /**
   * As `append`, for whoever has put `seq: length` and the instant in front: to copy a draft into an entry takes several
   * times as long as to write one, which counts for the entries of every delivery.
   */
  write(entry: PlacedDraft): number {
    assert(entry.seq === this.#next, 'entries are written in order');
    this.#waiting.push(entry as Entry);
    return this.#next++;
  }

  /** Takes off what was written since the last time, the oldest first and at most so many. */
  take(entriesMax: number): Entry[] {
    const taken = this.#waiting;
    this.#waiting = taken.length > entriesMax ? taken.splice(entriesMax) : [];
    return taken;
  }
}
