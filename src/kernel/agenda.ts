import { assert } from './assert';
import { wholeMicroseconds } from './instant';

/**
 * What is still to be done, ordered by (instant, phase, order of scheduling).
 *
 * Invariants
 * 1. Virtual time never goes back, and moves only when nothing is left to do at this instant.
 * 2. Two things due in the same phase of the same instant run in the order in which they were scheduled.
 * 3. A cancelled task never runs.
 * 4. Every instant is a whole number of microseconds.
 */
export interface Task {
  readonly atMs: number;
  /** Phase within the instant; a later phase waits until every earlier one is empty. */
  readonly phase: Phase;
  readonly run: () => void;
  /** @internal order of scheduling */
  readonly order: number;
  cancelled: boolean;
}

/** `work`: arrivals and timers. `check`: what wanted to run after them. `close`: the end of the instant. */
export const Phase = { work: 0, check: 1, close: 2 } as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

/** Places for tasks of the present instant that are kept when it is over. */
const presentKept = 1_024;

export class Agenda {
  #nowMs = 0;
  #order = 0;
  readonly #heap: Task[] = [];
  /** Work scheduled for the present instant: first in, first out, after all that the heap holds for it. */
  #present: (Task | undefined)[] = [];
  #presentHead = 0;
  #presentEnd = 0;

  get nowMs(): number {
    return this.#nowMs;
  }

  schedule(atMs: number, run: () => void, phase: Phase = Phase.work): Task {
    // The text costs more than the task, so it is made only when it is needed.
    if (!(atMs >= this.#nowMs)) assert(false, `a task at ${atMs} ms, before now (${this.#nowMs} ms)`);
    const dueMs = wholeMicroseconds(atMs);
    const task: Task = { atMs: dueMs, phase, run, order: this.#order++, cancelled: false };
    if (dueMs === this.#nowMs && phase === Phase.work) this.#present[this.#presentEnd++] = task;
    else this.#push(task);
    return task;
  }

  cancel(task: Task): void {
    task.cancelled = true;
  }

  /** The next task, left where it is; undefined when there is none. */
  peek(): Task | undefined {
    return this.#peek();
  }

  /** Takes the next task off and moves time to it. Whoever has just looked hands in what `peek` has told. */
  take(task = this.#peek()): Task | undefined {
    if (task === undefined) return undefined;
    if (task === this.#heap[0]) this.#pop();
    else this.#shift();
    this.#nowMs = task.atMs;
    return task;
  }

  /** The end: moves time on and gives up whatever was still due. */
  close(atMs: number): void {
    assert(atMs >= this.#nowMs, 'time would go back');
    this.#heap.length = 0;
    this.#present = [];
    this.#presentHead = 0;
    this.#presentEnd = 0;
    this.#nowMs = atMs;
  }

  #peek(): Task | undefined {
    let present = this.#present[this.#presentHead];
    while (present?.cancelled === true) {
      this.#shift();
      present = this.#present[this.#presentHead];
    }
    let first = this.#heap[0];
    while (first?.cancelled === true) {
      this.#pop();
      first = this.#heap[0];
    }
    if (present === undefined) return first;
    if (first === undefined) return present;
    return before(first, present) ? first : present;
  }

  /** The places are used again: most instants have few tasks, and there are many instants. */
  #shift(): void {
    this.#present[this.#presentHead++] = undefined;
    if (this.#presentHead < this.#presentEnd) return;
    this.#presentHead = 0;
    this.#presentEnd = 0;
    if (this.#present.length > presentKept) this.#present.length = presentKept;
  }

  #push(task: Task): void {
    const heap = this.#heap;
    let hole = heap.length;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !before(task, above)) break;
      heap[hole] = above;
      hole = parent;
    }
    heap[hole] = task;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let hole = 0;
    for (;;) {
      let child = hole * 2 + 1;
      let least = heap[child];
      if (least === undefined) break;
      const right = heap[child + 1];
      if (right !== undefined && before(right, least)) {
        child += 1;
        least = right;
      }
      if (!before(least, last)) break;
      heap[hole] = least;
      hole = child;
    }
    heap[hole] = last;
  }
}

function before(one: Task, other: Task): boolean {
  if (one.atMs !== other.atMs) return one.atMs < other.atMs;
  if (one.phase !== other.phase) return one.phase < other.phase;
  return one.order < other.order;
}
