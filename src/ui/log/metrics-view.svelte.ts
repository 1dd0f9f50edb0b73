import type { RouteRow } from '../../projections/call-metrics';
import type { MetricsOf, MetricsRow } from '../../projections/metrics';
import { fileNameOf } from '../download';
import type { ExportedFile } from '../services';
import type { Workbench } from '../workbench.svelte';
import { byteOrderMark, csvLine } from './csv';
import {
  eventColumns,
  processColumns,
  recentSpanMs,
  valueOf,
  type MetricsLine,
  type MetricsSort,
} from './metrics-columns';
import type { RunIndex } from './run-index.svelte';

/** The figures at the playhead, and how the reader wants to see them. */
export class MetricsView {
  readonly #workbench: Workbench;
  readonly #index: RunIndex;
  processSort: MetricsSort | undefined = $state.raw();
  eventSort: MetricsSort | undefined = $state.raw();
  /** All columns, and the table scrolls sideways; else those that fit. */
  showsAll = $state(false);

  constructor(workbench: Workbench, index: RunIndex) {
    this.#workbench = workbench;
    this.#index = index;
  }

  get processes(): readonly MetricsLine[] {
    const { position, playheadMs } = this.#workbench.playerAtEase;
    return this.#index.metrics.processesAt(position).map((row) => ({
      ...this.#withRates(row, { process: row.name }),
      busy: this.#index.busy.shareAt(row.name, position, playheadMs),
    }));
  }

  get events(): readonly MetricsLine[] {
    const { position } = this.#workbench.playerAtEase;
    return this.#index.metrics.eventTypesAt(position).map((row) => ({
      ...this.#withRates(row, { eventType: row.name }),
      busy: undefined,
    }));
  }

  /** HTTP calls by route. */
  get routes(): readonly RouteRow[] {
    const { position } = this.#workbench.playerAtEase;
    return this.#index.callMetrics.routesAt(position);
  }

  #withRates(row: MetricsRow, of: MetricsOf): Omit<MetricsLine, 'busy'> {
    const { position, playheadMs } = this.#workbench.playerAtEase;
    const recent = this.#index.metrics.deliveredSince(playheadMs - recentSpanMs, position, of);
    return {
      ...row,
      recentPerSecond: (recent * 1000) / recentSpanMs,
      ratePerSecond: playheadMs > 0 ? (row.delivered * 1000) / playheadMs : 0,
    };
  }

  /** Both tables with all columns, in the units of their names. */
  file(): ExportedFile {
    const table = (of: string, columns: typeof processColumns | typeof eventColumns, lines: readonly MetricsLine[]) =>
      csvLine([of, ...columns.map((column) => csvNames[column])]) +
      lines.map((line) => csvLine([line.name, ...columns.map((column) => rounded(valueOf(line, column)))])).join('');
    const text = `${table('process', processColumns, this.processes)}\r\n${table('event', eventColumns, this.events)}`;
    const content = new Blob([byteOrderMark + text], { type: 'text/csv;charset=utf-8' });
    return { name: `${fileNameOf(this.#workbench.playerNow.scenario.title)}-metrics.csv`, content };
  }
}

const csvNames = {
  published: 'published',
  acked: 'acked',
  recent: 'ackedPerSecondInLastSecond',
  rate: 'ackedPerSecond',
  failed: 'failed',
  retried: 'retried',
  dead: 'deadLettered',
  p50: 'p50Ms',
  p95: 'p95Ms',
  p99: 'p99Ms',
  busy: 'busyShare',
} as const;

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value.toFixed(3));
}
