import type { Bytes } from './bytes';

export interface Scored {
  readonly member: Bytes;
  readonly score: number;
}

/** Members with a score each, in order of scores and, where these are equal, of bytes. */
export class SortedSet {
  readonly #scores = new Map<Bytes, number>();
  readonly #inOrder: Scored[] = [];

  constructor(all: Iterable<Scored> = []) {
    for (const { member, score } of all) this.set(member, score);
  }

  get size(): number {
    return this.#inOrder.length;
  }

  score(member: Bytes): number | undefined {
    return this.#scores.get(member);
  }

  /** How many stand before it. */
  rank(member: Bytes): number | undefined {
    const score = this.#scores.get(member);
    return score === undefined ? undefined : this.#placeOf(member, score);
  }

  /** A 0 below zero is kept as 0, as in Redis' small sets. */
  set(member: Bytes, given: number): void {
    const score = given + 0;
    this.delete(member);
    this.#scores.set(member, score);
    this.#inOrder.splice(this.#placeOf(member, score), 0, { member, score });
  }

  delete(member: Bytes): boolean {
    const rank = this.rank(member);
    if (rank === undefined) return false;
    this.#inOrder.splice(rank, 1);
    return this.#scores.delete(member);
  }

  /** Those from one rank to before another. */
  slice(from: number, to: number): Scored[] {
    return this.#inOrder.slice(from, to);
  }

  /** How many, from the first on, of which this is true; it is true of none behind one of which it is not. */
  countWhile(isTrue: (one: Scored) => boolean): number {
    let [from, to] = [0, this.#inOrder.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (isTrue(this.#inOrder[middle]!)) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #placeOf(member: Bytes, score: number): number {
    return this.countWhile((one) => one.score < score || (one.score === score && one.member < member));
  }
}
