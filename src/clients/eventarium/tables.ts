import type { RowChange } from '../../log/entry';
import { clonePlain } from '../../log/plain';

/** Tables by name, their rows by key in order of insertion. Plain data: it outlives processes. */
export type Tables = Map<string, Map<string, unknown>>;

/** Rows that one table has. */
export const rowsMax = 100_000;

type Changes = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/**
 * What a transaction sees: the committed tables under its own changes. Rows are plain values that nobody else holds; `undefined`
 * is a row that is not there.
 */
export class Draft {
  readonly #committed: Tables;
  #changes = new Map<string, Map<string, unknown>>();

  constructor(committed: Tables) {
    this.#committed = committed;
  }

  get(table: string, key: string): unknown {
    const changed = this.#changes.get(table);
    return changed?.has(key) ? changed.get(key) : this.#committed.get(table)?.get(key);
  }

  set(table: string, key: string, row: unknown): void {
    let changed = this.#changes.get(table);
    if (changed === undefined) this.#changes.set(table, (changed = new Map<string, unknown>()));
    changed.set(key, row);
  }

  /** In order of insertion. */
  rows(table: string): readonly (readonly [key: string, row: unknown])[] {
    const committed = this.#committed.get(table) ?? new Map<string, unknown>();
    const changed = this.#changes.get(table);
    if (changed === undefined) return [...committed];
    const kept = [...committed].map(([key, row]) => [key, changed.has(key) ? changed.get(key) : row] as const);
    const added = [...changed].filter(([key]) => !committed.has(key));
    return [...kept, ...added].filter(([, row]) => row !== undefined);
  }

  count(table: string): number {
    let count = this.#committed.get(table)?.size ?? 0;
    for (const [key, row] of this.#changes.get(table) ?? [])
      count += Number(row !== undefined) - Number(this.#committed.get(table)?.has(key) ?? false);
    return count;
  }

  /** What has changed so far, to come back to. */
  savepoint(): Changes {
    return new Map([...this.#changes].map(([table, rows]) => [table, new Map(rows)]));
  }

  backTo(savepoint: Changes): void {
    this.#changes = new Map([...savepoint].map(([table, rows]) => [table, new Map(rows)]));
  }

  /** Copies for the log. Rows that are as they were are not among them. */
  changes(): readonly RowChange[] {
    return [...this.#changes].flatMap(([table, rows]) =>
      [...rows].flatMap(([key, after]): RowChange[] => {
        const before = this.#committed.get(table)?.get(key);
        if (JSON.stringify(before) === JSON.stringify(after)) return [];
        return [
          {
            table,
            key,
            ...(before !== undefined && { before: clonePlain(before) }),
            ...(after !== undefined && { after: clonePlain(after) }),
          },
        ];
      }),
    );
  }

  commit(): void {
    for (const [table, rows] of this.#changes) {
      let committed = this.#committed.get(table);
      if (committed === undefined) this.#committed.set(table, (committed = new Map<string, unknown>()));
      for (const [key, row] of rows) {
        if (row === undefined) committed.delete(key);
        else committed.set(key, row);
      }
    }
    this.#changes = new Map();
  }
}
