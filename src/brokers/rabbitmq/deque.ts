/** First in, first out, at a cost that does not depend on how much is in it. */
export class Deque<T> {
  #places: (T | undefined)[] = new Array<T | undefined>(16);
  #first = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get first(): T | undefined {
    return this.#length === 0 ? undefined : this.#places[this.#first];
  }

  push(item: T): void {
    if (this.#length === this.#places.length) this.#resize(this.#length * 2);
    this.#places[(this.#first + this.#length) & (this.#places.length - 1)] = item;
    this.#length++;
  }

  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#places[this.#first];
    this.#places[this.#first] = undefined;
    this.#first = (this.#first + 1) & (this.#places.length - 1);
    this.#length--;
    if (this.#places.length > 64 && this.#length < this.#places.length / 8) this.#resize(this.#places.length / 4);
    return item;
  }

  clear(): void {
    this.#places = new Array<T | undefined>(16);
    this.#first = 0;
    this.#length = 0;
  }

  /** Sizes are powers of two. */
  #resize(size: number): void {
    const places = new Array<T | undefined>(size);
    for (let at = 0; at < this.#length; at++) places[at] = this.#places[(this.#first + at) & (this.#places.length - 1)];
    this.#places = places;
    this.#first = 0;
  }
}
