import type { Draft } from '../brokers/broker';
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
    const seq = this.#next++;
    this.#waiting.push({ seq, atMs: this.#nowMs(), ...draft } as Entry);
    return seq;
  }

  /** Takes off all that was written since the last time. */
  take(): Entry[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}
