import { withDifferences, type Difference } from '../log/difference';

/** What happened to one thing, in order of the log. */
export interface Happened {
  readonly seq: number;
  readonly atMs: number;
}

/** How many of them lie before a place: `by` grows along the list. */
export function countBefore<T>(all: readonly T[], place: number, by: (one: T) => number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (by(all[middle]!) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const bySeq = ({ seq }: Happened): number => seq;

export interface StateStep extends Happened {
  /** The event that made it change; undefined where it began or was made anew. */
  readonly message: string | undefined;
  /** Version of a stream, or position in a store. */
  readonly place: number;
  readonly changes: readonly Difference[];
  /** What it is from here on, whatever it was before. */
  readonly begins?: { readonly state: unknown };
}

const everySteps = 128;

/** A state that is known by its differences. Any step's is made from the nearest one that is kept. */
export class StateHistory {
  readonly steps: StateStep[] = [];
  readonly #kept = new Map<number, unknown>();
  #last: { readonly count: number; readonly state: unknown } = { count: 0, state: undefined };

  append(step: StateStep): void {
    this.steps.push(step);
  }

  /** Steps up to a position of the log. */
  countAt(position: number): number {
    return countBefore(this.steps, position, bySeq);
  }

  /** After so many steps; undefined after none. */
  stateAfter(count: number): unknown {
    const mark = Math.floor(count / everySteps) * everySteps;
    let { count: at, state } = this.#last.count <= count && this.#last.count >= mark ? this.#last : this.#mark(mark);
    for (; at < count; at++) state = after(state, this.steps[at]!);
    this.#last = { count, state };
    return state;
  }

  #mark(mark: number): { count: number; state: unknown } {
    let from = mark;
    while (from > 0 && !this.#kept.has(from)) from -= everySteps;
    let state = from === 0 ? undefined : this.#kept.get(from);
    for (let at = from; at < mark;) {
      state = after(state, this.steps[at++]!);
      if (at % everySteps === 0) this.#kept.set(at, state);
    }
    return { count: mark, state };
  }
}

function after(state: unknown, { changes, begins }: StateStep): unknown {
  return begins === undefined ? withDifferences(state, changes) : begins.state;
}
