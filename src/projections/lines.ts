import type { Entry } from '../log/entry';
import { Column } from './column';

/**
 * How often each line of user code acted: the counts in the editor's gutter. What acted before an edit was a line of another
 * text, and counts no longer. Built by appending entries in order; a
 * count at a position is a search in the line's own list of entries, and only the lines of one file are searched, so that
 * a gutter can follow the playhead through a long log.
 */
export class Lines {
  /** By `file:line`, as the log says it. */
  readonly #places = new Map<string, Column>();
  readonly #files = new Map<string, Map<number, Column>>();
  /** Where each file got another text. */
  readonly #edits = new Map<string, Column>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(entry: Entry): void {
    this.#length += 1;
    if (entry.type === 'file.edited') this.#editsOf(entry.file).push(entry.seq);
    if (entry.where === undefined) return;
    const seqs = this.#places.get(entry.where) ?? this.#newPlace(entry.where);
    seqs.push(entry.seq);
  }

  /** By line of the text that `file` has at the position: those that acted before it. */
  countsIn(file: string, position: number): Map<number, number> {
    const counts = new Map<number, number>();
    const edits = this.#edits.get(file);
    const edit = (edits?.firstAtLeast(position) ?? 0) - 1;
    const since = edits === undefined || edit < 0 ? 0 : edits.at(edit);
    for (const [line, seqs] of this.#files.get(file) ?? []) {
      const count = seqs.firstAtLeast(position) - seqs.firstAtLeast(since);
      if (count > 0) counts.set(line, count);
    }
    return counts;
  }

  #editsOf(file: string): Column {
    const edits = this.#edits.get(file) ?? Column.int32();
    this.#edits.set(file, edits);
    return edits;
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
