import type { Fate } from '../../projections/fate';
import type { MetricsRow } from '../../projections/metrics';

/** What a table of metrics may show beside the name. */
export type MetricsColumn =
  | 'published'
  | 'acked'
  | 'recent'
  | 'rate'
  | 'failed'
  | 'retried'
  | 'dead'
  | 'p50'
  | 'p95'
  | 'p99'
  | 'busy';

export interface MetricsLine extends MetricsRow {
  /** Acked per virtual second, over the last `recentSpanMs` before the playhead. */
  readonly recentPerSecond: number;
  /** The same since the run began. */
  readonly ratePerSecond: number;
  /** 0 to 1; of processes. */
  readonly busy: number | undefined;
}

/** How far back from the playhead the rate of the present is measured: it is named in the column's header. */
export const recentSpanMs = 1_000;

/** In the order in which they stand. */
export const processColumns = [
  'published',
  'acked',
  'recent',
  'rate',
  'failed',
  'retried',
  'p50',
  'p95',
  'p99',
  'busy',
] as const satisfies readonly MetricsColumn[];

export const eventColumns = [
  'published',
  'acked',
  'recent',
  'rate',
  'failed',
  'retried',
  'dead',
  'p50',
  'p95',
  'p99',
] as const satisfies readonly MetricsColumn[];

/** Their headers are the fate's shape. */
export const fateOfColumn: { readonly [C in MetricsColumn]?: Fate } = {
  failed: 'failed',
  retried: 'retried',
  dead: 'dead',
};

/** Where there is no room for all, the first ones stay. */
const byPriority: readonly MetricsColumn[] = [
  'acked',
  'p95',
  'failed',
  'retried',
  'dead',
  'busy',
  'p50',
  'recent',
  'rate',
  'published',
  'p99',
];

/** Of a name, and of each column with the longest of what usually stands in it. */
const namePx = 96;
const columnPx: Readonly<Record<MetricsColumn, number>> = {
  published: 62,
  acked: 46,
  recent: 50,
  rate: 56,
  failed: 28,
  retried: 28,
  dead: 28,
  p50: 52,
  p95: 52,
  p99: 52,
  busy: 46,
};

/** Those that fit beside the name, in their order. */
export function fittingColumns(columns: readonly MetricsColumn[], widthPx: number): MetricsColumn[] {
  const fitting = new Set<MetricsColumn>();
  let left = widthPx - namePx;
  for (const column of byPriority) {
    if (!columns.includes(column)) continue;
    left -= columnPx[column];
    if (left < 0) break;
    fitting.add(column);
  }
  return columns.filter((column) => fitting.has(column));
}

export function valueOf(line: MetricsLine, column: MetricsColumn): number | undefined {
  switch (column) {
    case 'published':
    case 'failed':
    case 'retried':
      return line[column];
    case 'acked':
      return line.delivered;
    case 'dead':
      return line.deadLettered;
    case 'recent':
      return line.recentPerSecond;
    case 'rate':
      return line.ratePerSecond;
    case 'p50':
      return line.latency?.p50Ms;
    case 'p95':
      return line.latency?.p95Ms;
    case 'p99':
      return line.latency?.p99Ms;
    case 'busy':
      return line.busy;
  }
}

export interface MetricsSort {
  readonly by: MetricsColumn | 'name';
  readonly descending: boolean;
}

/** What a press on a column's header makes of the order: figures begin with the largest, names with the first letter. */
export function nextSort(sort: MetricsSort | undefined, by: MetricsSort['by']): MetricsSort {
  return sort?.by === by ? { by, descending: !sort.descending } : { by, descending: by !== 'name' };
}

/** Without an order, as they first appeared. What has no value stands last either way. */
export function sortedLines(lines: readonly MetricsLine[], sort: MetricsSort | undefined): readonly MetricsLine[] {
  if (sort === undefined) return lines;
  const { by } = sort;
  const sign = sort.descending ? -1 : 1;
  return lines.toSorted((one, other) => {
    if (by === 'name') return sign * one.name.localeCompare(other.name, 'en', { numeric: true });
    const [a, b] = [valueOf(one, by), valueOf(other, by)];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return sign * (a - b);
  });
}
