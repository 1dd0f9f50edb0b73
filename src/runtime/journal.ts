import { assert } from '../kernel/assert';
import type { Draft, PlacedDraft } from '../brokers/broker';
import type { Entry } from '../log/entry';

/** Entries handed over at once. */
export const batchEntries = 2_000;

/** Where entries are written while a run is computed; whoever drives the run takes them from here in batches. */
export class Journal {
  readonly #nowMs: () => number;
  #next = 0;
  /** `seq` of the first entry that was not taken yet. */
  #taken = 0;
  /** Batches that are full, and the one that is written to: it has its size from the start, so that it need not grow. */
  readonly #full: Entry[][] = [];
  #open: Entry[] = new Array<Entry>(batchEntries);
  #filled = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Entries written so far, those taken included: the next one's `seq`. */
  get length(): number {
    return this.#next;
  }

  get waiting(): number {
    return this.#full.length * batchEntries + this.#filled;
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
    this.#open[this.#filled++] = entry as Entry;
    if (this.#filled === batchEntries) {
      this.#full.push(this.#open);
      this.#open = new Array<Entry>(batchEntries);
      this.#filled = 0;
    }
    return this.#next++;
  }

  /** Takes off what was written since the last time, the oldest first and at most a batch. */
  take(): Entry[] {
    const batch = this.#full.shift() ?? this.#takeOpen();
    // Looked at here and not as each is written: entries have many shapes, and to ask all of them takes its time.
    if (batch.length > 0) {
      assert(batch[0]?.seq === this.#taken, 'entries are written in order');
      this.#taken += batch.length;
      assert(batch.at(-1)?.seq === this.#taken - 1, 'entries are written without a gap');
    }
    return batch;
  }

  #takeOpen(): Entry[] {
    const open = this.#open;
    open.length = this.#filled;
    this.#open = new Array<Entry>(batchEntries);
    this.#filled = 0;
    return open;
  }
}
