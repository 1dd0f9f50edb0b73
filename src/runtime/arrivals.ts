import { assert } from '../kernel/assert';
import type { Carriage } from './carriage';

/** What arrives at one instant: a list whose places are used again, since there is one for nearly every instant. */
export class Arrivals {
  count = 0;
  readonly #places: (Carriage | undefined)[] = [];

  /** Returns how many there are now. */
  add(carriage: Carriage): number {
    this.#places[this.count++] = carriage;
    return this.count;
  }

  take(index: number): Carriage {
    const carriage = this.#places[index];
    assert(carriage !== undefined, 'an arrival is taken once');
    this.#places[index] = undefined;
    return carriage;
  }

  /** Those that were not taken yet. */
  rest(): Carriage[] {
    return this.#places.slice(0, this.count).filter((carriage) => carriage !== undefined);
  }
}
