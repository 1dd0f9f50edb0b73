import { compareIds, type StreamId } from './stream-id';

const chunkMax = 128;

/** Things in the order of their ids, in chunks, so that coming and going costs the same however many there are. */
export class PendingList<T extends { readonly id: StreamId }> {
  readonly #chunks: T[][] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): T | undefined {
    return this.#chunks[0]?.[0];
  }

  get last(): T | undefined {
    return this.#chunks.at(-1)?.at(-1);
  }

  get(id: StreamId): T | undefined {
    const chunk = this.#chunks[this.#chunkFor(id)];
    const item = chunk?.[placeIn(chunk, id)];
    return item !== undefined && compareIds(item.id, id) === 0 ? item : undefined;
  }

  /** There must be none of this id yet. */
  add(item: T): void {
    this.#size += 1;
    // After the last chunk belongs into it.
    const index = Math.min(this.#chunkFor(item.id), Math.max(0, this.#chunks.length - 1));
    const chunk = this.#chunks[index];
    if (chunk === undefined) {
      this.#chunks.push([item]);
      return;
    }
    const isAtEnd = index === this.#chunks.length - 1 && compareIds(chunk.at(-1)!.id, item.id) < 0;
    if (isAtEnd && chunk.length >= chunkMax) {
      this.#chunks.push([item]);
      return;
    }
    chunk.splice(placeIn(chunk, item.id), 0, item);
    if (chunk.length > chunkMax) this.#chunks.splice(index + 1, 0, chunk.splice(chunkMax / 2));
  }

  delete(id: StreamId): T | undefined {
    const index = this.#chunkFor(id);
    const chunk = this.#chunks[index];
    if (chunk === undefined) return undefined;
    const at = placeIn(chunk, id);
    const item = chunk[at];
    if (item === undefined || compareIds(item.id, id) !== 0) return undefined;
    chunk.splice(at, 1);
    if (chunk.length === 0) this.#chunks.splice(index, 1);
    this.#size -= 1;
    return item;
  }

  /** From `start` on, in order. While one goes through it, nothing may come or go. */
  *from(start: StreamId): Generator<T> {
    for (let index = this.#chunkFor(start); index < this.#chunks.length; index += 1) {
      const chunk = this.#chunks[index]!;
      for (let at = placeIn(chunk, start); at < chunk.length; at += 1) yield chunk[at]!;
    }
  }

  /** The first chunk that ends at this id or after it. */
  #chunkFor(id: StreamId): number {
    let [low, high] = [0, this.#chunks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareIds(this.#chunks[middle]!.at(-1)!.id, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Where the first one stands that is at this id or after it. */
export function placeIn(items: readonly { readonly id: StreamId }[], id: StreamId): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds(items[middle]!.id, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
