import type { Entry } from '../log/entry';
import { Column } from './column';

/**
 * How often each line of user code acted: the counts in the editor's gutter. Built by appending entries in order; a
 * count at a position is a search in the line's own list of entries, and only the lines of one file are searched, so that
 * a gutter can follow the playhead through a long log.
 */
export class Lines {
  /** By `file:line`, as the log says it. */
  readonly #places = new Map<string, Column>();
  readonly #files = new Map<string, Map<number, Column>>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(entry: Entry): void {
    this.#length += 1;
    if (entry.where === undefined) return;
    const seqs = this.#places.get(entry.where) ?? this.#newPlace(entry.where);
    seqs.push(entry.seq);
  }

  /** By line of `file`: those that acted before the position. */
  countsIn(file: string, position: number): Map<number, number> {
    const counts = new Map<number, number>();
    for (const [line, seqs] of this.#files.get(file) ?? []) {
      const count = seqs.firstAtLeast(position);
      if (count > 0) counts.set(line, count);
    }
    return counts;
  }

  /** With a column or without one, a line is a line. */
  #newPlace(where: string): Column {
    const [, file = where, line = '1'] = /^(.+?):(\d+)(?::\d+)?$/.exec(where) ?? [];
    const lines = this.#files.get(file) ?? new Map<number, Column>();
    const seqs = lines.get(Number(line)) ?? Column.int32();
    lines.set(Number(line), seqs);
    this.#files.set(file, lines);
    this.#places.set(where, seqs);
    return seqs;
  }
}
