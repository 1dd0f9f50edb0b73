import type { Entry } from '../log/entry';
import { Column } from './column';

export interface ProcessEnd {
  readonly seq: number;
  readonly atMs: number;
}

/** When processes went away: what they had in hand ends with them without a word. Built by appending entries in order. */
export class ProcessEnds {
  readonly #ends = new Map<string, { readonly seq: Column; readonly atMs: Column }>();

  append(entry: Entry): void {
    if (entry.type !== 'process.crashed' && entry.type !== 'process.exited') return;
    let ends = this.#ends.get(entry.process);
    if (ends === undefined) this.#ends.set(entry.process, (ends = { seq: Column.int32(), atMs: Column.float64() }));
    ends.seq.push(entry.seq);
    ends.atMs.push(entry.atMs);
  }

  /** The first end of the process between two positions. */
  firstBetween(process: string, fromSeq: number, toSeq: number): ProcessEnd | undefined {
    const ends = this.#ends.get(process);
    if (ends === undefined) return undefined;
    const index = ends.seq.firstAbove(fromSeq);
    if (index >= ends.seq.length || ends.seq.at(index) >= toSeq) return undefined;
    return { seq: ends.seq.at(index), atMs: ends.atMs.at(index) };
  }
}
