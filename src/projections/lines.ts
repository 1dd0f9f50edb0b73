import type { Entry } from '../log/entry';
import { Column } from './column';

/**
 * How often each line of user code acted: the counts in the editor's gutter. Built by appending entries in order; a
 * count at a position is a search in the line's own list of entries.
 */
export class Lines {
  readonly #seqs = new Map<string, Column>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(entry: Entry): void {
    this.#length += 1;
    if (entry.where === undefined) return;
    let seqs = this.#seqs.get(entry.where);
    if (seqs === undefined) this.#seqs.set(entry.where, (seqs = Column.int32()));
    seqs.push(entry.seq);
  }

  /** By `file:line`, those that acted before the position. */
  countsAt(position: number): Map<string, number> {
    const counts = new Map<string, number>();
    for (const [where, seqs] of this.#seqs) {
      const count = seqs.firstAtLeast(position);
      if (count > 0) counts.set(where, count);
    }
    return counts;
  }

  countAt(where: string, position: number): number {
    return this.#seqs.get(where)?.firstAtLeast(position) ?? 0;
  }

  /** `seq` of the latest entry that the line caused before the position. */
  latestAt(where: string, position: number): number | undefined {
    const seqs = this.#seqs.get(where);
    const count = seqs?.firstAtLeast(position) ?? 0;
    return seqs === undefined || count === 0 ? undefined : seqs.at(count - 1);
  }
}
