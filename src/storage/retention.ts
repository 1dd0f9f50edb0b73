import type { RunRow } from './database';

/**
 * Which runs go so that the rest fits into `limitBytes`: deleted ones first, then the oldest. Pinned runs, runs that
 * are being recorded and empty ones stay, so that the rest may be too large all the same: then `fits` is false.
 */
export function chooseForRemoval(
  rows: readonly RunRow[],
  { limitBytes, live }: { readonly limitBytes: number; readonly live: ReadonlySet<number> },
): { readonly runs: readonly number[]; readonly fits: boolean } {
  let usedBytes = sumOfBytes(rows);
  const runs: number[] = [];
  const isDeleted = ({ deletedAtMs }: RunRow): boolean => deletedAtMs !== undefined;
  const inOrder = [...rows.filter(isDeleted), ...rows.filter((row) => !isDeleted(row))];
  for (const row of inOrder) {
    if (usedBytes <= limitBytes) break;
    if (row.bytes === 0 || live.has(row.id)) continue;
    if (row.pinned && !isDeleted(row)) continue;
    runs.push(row.id);
    usedBytes -= row.bytes;
  }
  return { runs, fits: usedBytes <= limitBytes };
}

export function sumOfBytes(rows: readonly { readonly bytes: number }[]): number {
  return rows.reduce((sum, { bytes }) => sum + bytes, 0);
}
