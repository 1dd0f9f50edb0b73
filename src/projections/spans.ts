import { Column } from './column';

const blockSize = 64;

/**
 * Stretches of time in order of their start, for queries by window.
 *
 * Stretches overlap, so that a window may need one that began long before it: every block of 64 remembers the latest
 * end among them, and a query skips the blocks that end too early.
 */
export class Spans {
  readonly #startMs = Column.float64();
  readonly #endMs = Column.float64();
  readonly #blockEndMs = Column.float64();

  get length(): number {
    return this.#startMs.length;
  }

  startMs(index: number): number {
    return this.#startMs.at(index);
  }

  /** `Infinity` while open. */
  endMs(index: number): number {
    return this.#endMs.at(index);
  }

  /** How many began before `atMs`, when at least `from` did. */
  startedBefore(atMs: number, from: number): number {
    return this.#startMs.firstAtLeastFrom(atMs, from);
  }

  /** Returns the index, by which an open one is ended. */
  push(startMs: number, endMs = Infinity): number {
    const index = this.#startMs.length;
    this.#startMs.push(startMs);
    this.#endMs.push(endMs);
    const block = Math.floor(index / blockSize);
    const known = block < this.#blockEndMs.length ? this.#blockEndMs.at(block) : -Infinity;
    this.#blockEndMs.set(block, Math.max(known, endMs));
    return index;
  }

  end(index: number, endMs: number): void {
    this.#endMs.set(index, endMs);
    const block = Math.floor(index / blockSize);
    const last = Math.min(this.length, (block + 1) * blockSize);
    let latest = -Infinity;
    for (let span = block * blockSize; span < last; span += 1) latest = Math.max(latest, this.#endMs.at(span));
    this.#blockEndMs.set(block, latest);
  }

  /** Indexes of those that touch the window, both ends included, in order of start. */
  between(fromMs: number, toMs: number): number[] {
    const found: number[] = [];
    const last = this.#startMs.firstAbove(toMs);
    for (let block = 0; block * blockSize < last; block += 1) {
      if (this.#blockEndMs.at(block) < fromMs) continue;
      const end = Math.min(last, (block + 1) * blockSize);
      for (let index = block * blockSize; index < end; index += 1) {
        if (this.#endMs.at(index) >= fromMs) found.push(index);
      }
    }
    return found;
  }
}
