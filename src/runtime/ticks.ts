import type { Context } from './context';
import type { Life } from './life';

/** What runs right after what runs now: in its context, or as nobody's in particular. */
interface Tick {
  readonly context: Context | null;
  readonly run: () => void;
}

/** The `nextTick` callbacks of one life, first in, first out. */
export class Ticks {
  readonly #life: Life;
  readonly #waiting: Tick[] = [];

  constructor(life: Life) {
    this.#life = life;
  }

  get any(): boolean {
    return this.#waiting.length > 0;
  }

  add(context: Context | null, run: () => void): void {
    const { world } = this.#life;
    world.turn.j();
    world.turn.a++;
    this.#waiting.push({ context, run });
    world.ticking(this.#life);
  }

  /** Takes the next one off. */
  next(): Tick | undefined {
    return this.#waiting.shift();
  }

  clear(): void {
    this.#waiting.length = 0;
  }
}
