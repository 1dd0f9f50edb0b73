import { emptyQuery, isEmptyQuery, withTyped, wordsOf, type LogQuery } from '../../projections/log-query';
import type { Workbench } from '../workbench.svelte';
import { countBefore, type ConsoleLine } from './console-book';
import type { RunIndex } from './run-index.svelte';

/**
 * The rows of the console: the lines before the playhead that pass its filter. Lines are looked at once, in order; what
 * was found stays found when the playhead moves back.
 */
export class ConsoleView {
  readonly #workbench: Workbench;
  readonly #index: RunIndex;
  #scan: Scan | undefined;

  constructor(workbench: Workbench, index: RunIndex) {
    this.#workbench = workbench;
    this.#index = index;
  }

  get isFiltered(): boolean {
    return !isEmptyQuery(this.#workbench.consoleQuery);
  }

  get words(): readonly string[] {
    return wordsOf(withTyped(this.#workbench.consoleQuery).text);
  }

  clear(): void {
    this.#workbench.consoleQuery = emptyQuery;
  }

  get rows(): number {
    return countBefore(this.#lines(), this.#workbench.playerAtEase.position);
  }

  line(row: number): ConsoleLine | undefined {
    return this.#lines()[row];
  }

  /** The first row of what an entry printed. */
  rowOf(seq: number): number | undefined {
    const row = countBefore(this.#lines(), seq);
    return row < this.rows && this.line(row)?.seq === seq ? row : undefined;
  }

  #lines(): readonly ConsoleLine[] {
    const all = this.#index.console.lines(undefined);
    if (!this.isFiltered) return all;
    const { consoleQuery: query } = this.#workbench;
    if (this.#scan?.of !== all || this.#scan.query !== query) {
      this.#scan = { of: all, query, matches: matcherOf(query), length: 0, found: [] };
    }
    const scan = this.#scan;
    for (; scan.length < all.length; scan.length += 1) {
      const line = all[scan.length];
      if (line !== undefined && scan.matches(line)) scan.found.push(line);
    }
    return scan.found;
  }
}

interface Scan {
  readonly of: readonly ConsoleLine[];
  readonly query: LogQuery;
  readonly matches: (line: ConsoleLine) => boolean;
  length: number;
  readonly found: ConsoleLine[];
}

function matcherOf(query: LogQuery): (line: ConsoleLine) => boolean {
  const { process, stream, text } = withTyped(query);
  const words = wordsOf(text);
  return (line) => {
    if (process.length > 0 && !process.includes(line.process)) return false;
    if (stream.length > 0 && !stream.includes(line.stderr ? 'stderr' : 'stdout')) return false;
    if (words.length === 0) return true;
    const shown = line.text.toLowerCase();
    return words.every((word) => shown.includes(word));
  };
}
