import type { Context } from './context';
import type { Life } from './life';

/** What runs right after what runs now: in its context, or as nobody's in particular. */
export interface Tick {
  readonly context: Context | null;
  readonly run: (subject: never) => void;
  readonly subject: unknown;
}

/** The `nextTick` callbacks of one life, first in, first out. */
export class Ticks {
  readonly #life: Life;
  /** Places are used again once all have run: most of what runs asks for few. */
  #places: (Tick | undefined)[] = [];
  #next = 0;
  #end = 0;

  constructor(life: Life) {
    this.#life = life;
  }

  get any(): boolean {
    return this.#next < this.#end;
  }

  add<T>(context: Context | null, run: (subject: T) => void, subject: T): void {
    const { world } = this.#life;
    world.turn.j();
    this.#places[this.#end++] = { context, run, subject };
    if (this.#end === this.#next + 1) world.ticking(this.#life);
  }

  /** Takes the next one off. */
  next(): Tick | undefined {
    if (this.#next === this.#end) return undefined;
    const tick = this.#places[this.#next];
    this.#places[this.#next++] = undefined;
    if (this.#next === this.#end) this.clear();
    return tick;
  }

  clear(): void {
    if (this.#end > placesMax) this.#places = [];
    this.#next = 0;
    this.#end = 0;
  }
}

/** Places that are kept. */
const placesMax = 1_024;
