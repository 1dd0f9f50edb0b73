import type { Bytes } from './bytes';

/** A list that grows and shrinks at both ends at the same cost, however long it is. */
export class List {
  /** What stands first, backwards. */
  #front: Bytes[] = [];
  #back: Bytes[] = [];

  get length(): number {
    return this.#front.length + this.#back.length;
  }

  push(end: 'left' | 'right', value: Bytes): void {
    (end === 'left' ? this.#front : this.#back).push(value);
  }

  pop(end: 'left' | 'right'): Bytes | undefined {
    const [near, far] = end === 'left' ? [this.#front, this.#back] : [this.#back, this.#front];
    if (near.length === 0 && far.length > 0) {
      // Half of what is at the other end, so that the next ones cost nothing.
      near.push(...far.splice(0, (far.length + 1) >> 1).reverse());
    }
    return near.pop();
  }

  at(index: number): Bytes | undefined {
    const place = index < 0 ? this.length + index : index;
    const inFront = this.#front.length;
    return place < inFront ? this.#front[inFront - 1 - place] : this.#back[place - inFront];
  }

  set(index: number, value: Bytes): void {
    const inFront = this.#front.length;
    if (index < inFront) this.#front[inFront - 1 - index] = value;
    else this.#back[index - inFront] = value;
  }

  all(): Bytes[] {
    return [...this.#front].reverse().concat(this.#back);
  }

  replace(values: readonly Bytes[]): void {
    this.#front = [];
    this.#back = [...values];
  }
}
